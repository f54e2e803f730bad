"""The page of an address that has none: what comes nearest."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fitpages.pages.common.nearest import nearest
from fitpages.pages.common.page import Page
from fitpages.site import Link


@dataclass(frozen=True, kw_only=True)
class NotFoundPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "404.html"

    nearest: tuple[Link, ...]


def build(snapshot: Snapshot | None, path: str) -> NotFoundPage:
    """What to offer instead of `path`, whose last part may name a pair, a model or a GPU."""
    folder, _, name = path.rstrip("/").rpartition("/")
    return NotFoundPage(
        title="Page not found",
        description="There is no page at this address.",
        heading="There is no page at this address",
        address="",
        crumb="",
        way=(),
        indexable=False,
        nearest=nearest(snapshot, f"{folder}/", name.lower()) if snapshot and name else (),
    )
