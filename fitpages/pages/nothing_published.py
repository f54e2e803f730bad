"""The one page of a catalog without quantizations: there is nothing to compute yet."""

from dataclasses import dataclass
from typing import ClassVar

from fitpages.pages.common.page import Page


@dataclass(frozen=True, kw_only=True)
class NothingPublishedPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/nothing_published.html"


def build() -> NothingPublishedPage:
    return NothingPublishedPage(
        title="Nothing is published yet",
        description="This site has no published quantization, so there is nothing to compute yet.",
        heading="Nothing is published yet",
        address="",
        crumb="",
        way=(),
        indexable=False,
    )
