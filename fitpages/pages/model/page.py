"""One model: what one needs for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone
from django.utils.safestring import SafeString

from catalog.snapshot import PublishedModel, Snapshot
from fitpages import addresses
from fitpages.matching.changed import Subject
from fitpages.matching.ladder import field, ladder
from fitpages.matching.twins import Twin, model_twins
from fitpages.pages.common.answer_words import Headline
from fitpages.pages.common.data_changed import data_changed
from fitpages.pages.common.link_choices import LinkChoices
from fitpages.pages.common.page import Page
from fitpages.pages.common.pager import Pager
from fitpages.pages.common.record_facts import Facts, model_facts
from fitpages.pages.common.sources import Source, as_sources
from fitpages.pages.model import opening
from fitpages.pages.model.asked import Asked, asked
from fitpages.pages.model.counted import how_many
from fitpages.pages.model.files import FileLine, file_lines
from fitpages.pages.model.ladder import RungShown, rungs
from fitpages.pages.model.machines import Machines, machines, pair_lines
from fitpages.pages.model.needs import LevelNeed, level_needs
from fitpages.pages.model.price_plot import PricePlot, price_plot
from fitpages.pages.model.relatives import Relatives, relatives_of
from fitpages.pages.model.standing import CountShown, ScoreShown, counts, scores
from fitpages.site import Link
from fitpages.text import figures

# The size of memory that a page without a card of its own says it of.
COMMON_GIB = 24


@dataclass(frozen=True, kw_only=True)
class ModelPage(Page):
    """What its template shows. `answer` opens it, `why` stands below, and `possible`
    says whether some way leads anywhere; `scaled` is said where rope scaling is needed."""

    template: ClassVar[str] = "fitpages/model/page.html"

    answer: Headline
    possible: bool
    why: tuple[str, ...]
    facts: Facts
    notes: SafeString
    choices: tuple[LinkChoices, ...]
    unknown: str
    rungs: tuple[RungShown, ...]
    scaled: str
    plot: PricePlot | None
    needs: tuple[LevelNeed, ...]
    files: tuple[FileLine, ...]
    relatives: Relatives
    scores: tuple[ScoreShown, ...]
    counts: tuple[CountShown, ...]
    machines: Machines
    pager: Pager
    units: str
    twins: tuple[Twin, ...]
    sources: tuple[Source, ...]
    changed: Link


def build(snapshot: Snapshot, model: PublishedModel, query: Mapping[str, str]) -> ModelPage:
    """The page of `model`; the snapshot has at least one quantization."""
    ask, today = asked(snapshot, model, query), timezone.localdate()
    of = field(snapshot, model, ask.wanted)
    steps, lines = ladder(of), pair_lines(snapshot, model)
    counted = how_many([line.answer.verdict.kind for line in lines])
    answer, listed = opening.headline(of, steps, today), machines(snapshot, lines, ask)
    return ModelPage(
        title=opening.title(snapshot, model),
        description=opening.description(snapshot, model, answer, counted),
        heading=f"What do I need for {model.name}?",
        address=ask.address,
        crumb=model.name,
        way=(Link("Models", addresses.MODELS),),
        indexable=not query,
        answer=answer,
        possible=any(step.way for step in steps),
        why=opening.why(of, steps, counted, today),
        facts=model_facts(model),
        notes=model.notes_html,
        choices=(ask.context, ask.speed),
        unknown=ask.unknown,
        rungs=rungs(of, steps, today),
        scaled=_scaled(model, ask),
        plot=price_plot(of, steps, today),
        needs=level_needs(snapshot, model),
        files=file_lines(snapshot, model),
        relatives=relatives_of(snapshot, model),
        scores=scores(snapshot, model),
        counts=counts(snapshot, model),
        machines=listed,
        pager=listed.pager,
        units=figures.gibibytes_in_gigabytes(COMMON_GIB),
        twins=model_twins(snapshot, model, addresses.model),
        sources=as_sources(model.sources),
        changed=data_changed(snapshot, Subject(model=model.slug)),
    )


def _scaled(model: PublishedModel, ask: Asked) -> str:
    native = model.spec.native_context
    if native is None or ask.wanted.context <= native:
        return ""
    return f"{figures.tokens(ask.wanted.context)} is beyond its {figures.tokens(native)}: it needs rope scaling."
