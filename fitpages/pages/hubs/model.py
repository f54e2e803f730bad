"""One model on every GPU."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.safestring import SafeString

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fitpages import addresses
from fitpages.matching.fits import smallest_common_card, wanted_card
from fitpages.matching.twins import Twin, model_twins
from fitpages.pages.common.filters import Facet, facet
from fitpages.pages.common.page import Page
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.pages.common.record_facts import model_facts
from fitpages.pages.common.sources import Source, as_sources
from fitpages.pages.hubs.lines import LineGroup, gpu_line, grouped
from fitpages.site import Link
from fitpages.text import figures, wording

ORDERS: Mapping[str, tuple[str, Callable[[PairLine], Any]]] = {
    "memory": ("Memory", lambda line: (line.gpu.spec.nameplate_gb, -line.gpu.spec.bandwidth_gb_s, line.gpu.slug)),
    "speed": ("Speed", lambda line: (-line.speed, line.gpu.slug)),
    "name": ("Name", lambda line: line.gpu.name.casefold()),
}


@dataclass(frozen=True, kw_only=True)
class QuantNeed:
    """What the model needs at one quantization, and the humblest common card that holds it."""

    name: str
    need: str
    card: Link | None


@dataclass(frozen=True, kw_only=True)
class ModelHub(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/hubs/model.html"

    answer: str
    facts: tuple[tuple[str, str], ...]
    notes: SafeString
    needs: tuple[QuantNeed, ...]
    facets_address: str
    facets: tuple[Facet, ...]
    line_heads: tuple[str, str]
    groups: tuple[LineGroup, ...]
    twins: tuple[Twin, ...]
    sources: tuple[Source, ...]


def build(snapshot: Snapshot, model: PublishedModel, query: Mapping[str, str]) -> ModelHub:
    """The hub of `model`; the snapshot has at least one quantization."""
    default = snapshot.default_quant
    order = facet(query, "sort", "Order by", [(key, text) for key, (text, _) in ORDERS.items()], anything="")
    lines = [pair_line(snapshot, model, gpu) for gpu in snapshot.gpus.values()]
    lines.sort(key=ORDERS[order.value or "memory"][1])
    holding = sum(1 for line in lines if line.quant)
    return ModelHub(
        title=f"{model.name}: VRAM needed, and which GPUs run it",
        description=_description(model, default, holding, len(lines)),
        heading=f"Which GPUs run {model.name}?",
        address=addresses.model(model.slug),
        crumb=model.name,
        way=(Link("Models", addresses.MODELS),),
        indexable=not query,
        answer=_answer(snapshot, model, default, holding, len(lines)),
        facts=model_facts(model),
        notes=model.notes_html,
        needs=tuple(_need(snapshot, model, quant) for quant in snapshot.quants),
        facets_address=addresses.model(model.slug),
        facets=(order,),
        line_heads=("GPU", "Memory"),
        groups=grouped(lines, default, gpu_line),
        twins=model_twins(snapshot, model, addresses.model),
        sources=as_sources(model.sources),
    )


def _description(model: PublishedModel, default: PublishedQuant, holding: int, all_gpus: int) -> str:
    need = figures.memory(rule_of_thumb.need_bytes(model.spec, default.spec))
    size = figures.parameters(model.spec.parameters)
    return (
        f"{model.name} ({size}) needs {need} at {default.name}. {holding} of {all_gpus} GPUs hold it at some "
        "quantization: which, how fast, and from where we know."
    )


def _answer(snapshot: Snapshot, model: PublishedModel, default: PublishedQuant, holding: int, all_gpus: int) -> str:
    need = figures.memory_in_prose(rule_of_thumb.need_bytes(model.spec, default.spec))
    wanted = wanted_card(snapshot, model)
    first = f"At {default.name}, the popular default, {model.name} needs {need} by the rule of thumb. "
    if wanted:
        first += f"The humblest common card that holds it is {wording.with_article(wanted.name)}. "
    else:
        first += "No single common card holds it. "
    return first + f"Of {all_gpus} GPUs here, {holding} hold it at some quantization."


def _need(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> QuantNeed:
    card = smallest_common_card(snapshot, model, quant)
    return QuantNeed(
        name=quant.name,
        need=figures.memory(rule_of_thumb.need_bytes(model.spec, quant.spec)),
        card=Link(card.name, addresses.pair(model.slug, card.slug)) if card else None,
    )
