"""The first page: what can I run, what do I need, good choices by memory and use, how far to trust it."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.pages.common.page import Page
from fitpages.pages.home.forms import Forms, forms
from fitpages.pages.home.machine_plot import MachinePlot, machine_plot
from fitpages.pages.home.often import often_asked
from fitpages.pages.home.picks_table import PicksTable, picks_table
from fitpages.pages.home.trust import Trust, trust
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """What its template shows, in its order."""

    template: ClassVar[str] = "fitpages/home/page.html"

    forms: Forms
    picks: PicksTable | None
    often: tuple[Link, ...]
    machines: MachinePlot | None
    trust: Trust
    models: str
    gpus: str


@per_snapshot
def build(snapshot: Snapshot) -> HomePage:
    """The first page; without models or machines it has the forms alone. Nothing of it is a visitor's."""
    return HomePage(
        title="What can I run? Models for your machine",
        description=(
            f"Say what machine you have, or which of {len(snapshot.models)} language models you want: what runs, at "
            "which quantization, how fast, what it takes. Every figure with its source."
        ),
        heading="What can I run?",
        address=addresses.HOME,
        crumb="Home",
        way=(),
        forms=forms(snapshot),
        picks=picks_table(snapshot),
        often=often_asked(snapshot),
        machines=machine_plot(snapshot),
        trust=trust(snapshot),
        models=f"{len(snapshot.models):,}",
        gpus=f"{len(snapshot.gpus):,}",
    )
