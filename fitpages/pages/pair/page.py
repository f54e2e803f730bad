"""The page of a pair: can this GPU run this model, at which level, how fast, and if not, what would."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.changed import Subject
from fitpages.matching.indexing import worth_indexing
from fitpages.matching.pairs import Pair
from fitpages.pages.common.answer_words import Headline, description, headline, title
from fitpages.pages.common.data_changed import data_changed
from fitpages.pages.common.level_table import LevelTable, level_table
from fitpages.pages.common.page import Page
from fitpages.pages.pair import gains
from fitpages.pages.pair.about_gpu import AboutGpu
from fitpages.pages.pair.about_model import AboutModel
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.by_context import Curve, curve
from fitpages.pages.pair.compare import Compared, compared
from fitpages.pages.pair.context import ExactSection, exact_section
from fitpages.pages.pair.folded import FoldedLevels, folded_levels
from fitpages.pages.pair.gains import Gain
from fitpages.pages.pair.opening import facts, why
from fitpages.pages.pair.pieces import Piece
from fitpages.pages.pair.provenance import Measurements, catalog_day, measurements, twins
from fitpages.pages.pair.ram_table import RamTable, ram_table
from fitpages.pages.pair.reason import Reason, can_it, reason
from fitpages.pages.pair.run_it import Run, run
from fitpages.pages.pair.uses import UseShown, uses_shown
from fitpages.site import Link


@dataclass(frozen=True, kw_only=True)
class PairPage(Page):
    """What its template shows, in its order."""

    template: ClassVar[str] = "fitpages/pair/page.html"

    says_yes: bool
    answer: Headline
    why: tuple[Piece, ...]
    facts: tuple[tuple[str, str], ...]
    uses: tuple[UseShown, ...]
    run: Run | None
    ram: RamTable | None
    levels: LevelTable
    folded: FoldedLevels | None
    curve: Curve | None
    exact: ExactSection
    gains_heading: str
    gains: tuple[Gain, ...]
    reason: Reason
    model: AboutModel
    gpu: AboutGpu
    can_it: tuple[str, str]
    compare: tuple[Compared, ...]
    twins: tuple[Piece, ...]
    measured: Measurements | None
    catalog_date: str
    changed: Link

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        return self.can_it, self.model.question


def build(snapshot: Snapshot, pair: Pair) -> PairPage:
    """The page of `pair`; the snapshot has at least one quantization."""
    assessed = assessed_pair(snapshot, pair)
    model, gpu = pair.model, pair.gpu
    return PairPage(
        title=title(assessed.answer),
        title_with_site=False,
        description=description(assessed.answer),
        heading=f"Run {model.name} on {gpu.name}",
        address=pair.address,
        crumb=gpu.name,
        way=(Link("Models", addresses.MODELS), Link(model.name, addresses.model(model.slug))),
        indexable=worth_indexing(snapshot, pair),
        says_yes=assessed.verdict.says_yes,
        answer=headline(assessed.answer),
        why=why(assessed),
        facts=facts(assessed),
        uses=uses_shown(assessed),
        run=run(assessed),
        ram=ram_table(assessed),
        levels=level_table(assessed),
        folded=folded_levels(snapshot, assessed),
        curve=curve(assessed),
        exact=exact_section(snapshot, assessed),
        gains_heading=gains.heading(assessed),
        gains=gains.gains(assessed),
        reason=reason(assessed),
        can_it=can_it(assessed),
        model=assessed.about_model,
        gpu=assessed.about_gpu,
        compare=compared(snapshot, pair),
        twins=twins(snapshot, pair),
        measured=measurements(snapshot, pair),
        catalog_date=catalog_day(snapshot),
        changed=data_changed(snapshot, Subject(model.slug, gpu.slug)),
    )
