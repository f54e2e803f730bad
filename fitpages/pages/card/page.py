"""What should I run on it?: the page of one machine."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone
from django.utils.safestring import SafeString

from catalog.snapshot import PublishedGpu, Snapshot
from fit.gpu_memory import nameplate_gib
from fitpages import addresses
from fitpages.matching.changed import Subject
from fitpages.matching.picks import picks
from fitpages.matching.runs import runs
from fitpages.matching.twins import Twin, gpu_twins
from fitpages.pages.card import opening
from fitpages.pages.card.all_models import AllModels, all_models
from fitpages.pages.card.asked import Asked, asked
from fitpages.pages.card.by_use import PickLine, pick_lines, picked_by
from fitpages.pages.card.field import Field, field
from fitpages.pages.card.lines import NOT, ModelLine, model_lines
from fitpages.pages.card.opening import HeadlinePart
from fitpages.pages.card.step_up import Step, steps
from fitpages.pages.common.data_changed import data_changed
from fitpages.pages.common.link_choices import LinkChoices
from fitpages.pages.common.page import Page
from fitpages.pages.common.pager import Pager
from fitpages.pages.common.record_facts import Facts, gpu_facts
from fitpages.pages.common.sources import Source, as_sources
from fitpages.site import Link
from fitpages.text import figures, wording

WAY = (Link("Machines", addresses.GPUS),)


@dataclass(frozen=True, kw_only=True)
class CardPage(Page):
    """What its template shows. `headline` is empty where nothing runs: then `nothing` says so. `beside` are the choices
    of RAM, none for a machine of one pool."""

    template: ClassVar[str] = "fitpages/card/page.html"

    headline: tuple[HeadlinePart, ...]
    nothing: str
    why: tuple[str, ...]
    facts: Facts
    all_facts: Facts
    units: str
    notes: SafeString
    beside: tuple[LinkChoices, ...]
    errors: tuple[str, ...]
    picks: tuple[PickLine, ...]
    picked_by: str
    field: Field | None
    all_models: AllModels
    steps: tuple[Step, ...]
    today: datetime.date
    twins: tuple[Twin, ...]
    sources: tuple[Source, ...]
    changed: Link

    @property
    def pager(self) -> Pager:
        return self.all_models.pager


def build(snapshot: Snapshot, gpu: PublishedGpu, query: Mapping[str, str]) -> CardPage:
    """The page of `gpu`; the snapshot has at least one quantization."""
    wanted = asked(snapshot, gpu, query)
    picked, lines = picks(snapshot, gpu, wanted.ram), model_lines(snapshot, gpu, wanted.ram)
    parts, today = opening.headline(picked), timezone.localdate()
    return CardPage(
        title=opening.title(gpu, parts),
        description=opening.description(gpu, parts, _counts(lines)),
        heading=f"What should I run on {wording.with_article(gpu.name)}?",
        address=wanted.address,
        crumb=gpu.name,
        way=WAY,
        indexable=not query,
        headline=parts,
        nothing="" if parts else opening.nothing_alone(gpu, picked),
        why=tuple(filter(None, (opening.slow_sentence(picked), opening.ram_sentence(picked)))),
        facts=opening.short_facts(snapshot, gpu, today),
        all_facts=gpu_facts(gpu),
        units=figures.gibibytes_in_gigabytes(nameplate_gib(gpu.spec)),
        notes=gpu.notes_html,
        beside=wanted.beside,
        errors=_errors(wanted),
        picks=pick_lines(picked),
        picked_by=picked_by(picked) if picked else "",
        field=field(snapshot, runs(snapshot, gpu, wanted.ram), picked),
        all_models=all_models(snapshot, lines, wanted),
        steps=steps(snapshot, gpu),
        today=today,
        twins=gpu_twins(snapshot, gpu, addresses.gpu),
        sources=as_sources(gpu.sources),
        changed=data_changed(snapshot, Subject(gpu=gpu.slug)),
    )


def _errors(wanted: Asked) -> tuple[str, ...]:
    """That there is no such filter; of a filter that there is, it says itself that it has no such choice."""
    return (wanted.unknown,) if wanted.unknown else ()


def _counts(lines: Sequence[ModelLine]) -> tuple[str, str]:
    """How many run, alone or with RAM, and of how many."""
    return f"{sum(line.shown_as != NOT for line in lines):,}", f"{len(lines):,}"
