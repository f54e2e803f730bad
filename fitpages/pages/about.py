"""Who keeps the site, how and why, and what may be done with it."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.pairs import count_pairs
from fitpages.pages.common.contact import report_link
from fitpages.pages.common.page import Page
from fitpages.site import Link, site
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class AboutPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/about.html"

    catalog_date: str
    gpus: str
    models: str
    pairs: str
    report: Link | None


def build(snapshot: Snapshot) -> AboutPage:
    """The page, with the size of the catalog of this snapshot."""
    return AboutPage(
        title="About this site, its data and its licence",
        description="Who keeps this site and why, where its data comes from, how to report a wrong number, and what "
        "you may do with the code and the data.",
        heading="About this site",
        address=addresses.ABOUT,
        crumb="About",
        catalog_date=figures.day(snapshot.revision.changed_at),
        gpus=f"{len(snapshot.gpus):,}",
        models=f"{len(snapshot.models):,}",
        pairs=f"{count_pairs(snapshot):,}",
        report=report_link(site().contact),
    )
