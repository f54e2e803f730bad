"""One GPU with every model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.safestring import SafeString

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.needs import account
from fit.offer import offer
from fitpages import addresses
from fitpages.matching.fits import file_sizes, largest_running_model, running_models
from fitpages.matching.twins import Twin, gpu_twins
from fitpages.pages.common.filters import Facet, facet
from fitpages.pages.common.page import Page
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.pages.common.record_facts import gpu_facts
from fitpages.pages.common.sources import Source, as_sources
from fitpages.pages.hubs.lines import LineGroup, grouped, model_line
from fitpages.site import Link
from fitpages.text import figures, wording

ORDERS: Mapping[str, tuple[str, Callable[[PairLine], Any]]] = {
    "size": ("Size", lambda line: (-line.model.spec.parameters, line.model.slug)),
    "speed": ("Speed", lambda line: (-line.speed, line.model.slug)),
    "name": ("Name", lambda line: line.model.name.casefold()),
    "released": ("Newest", lambda line: (-(line.model.release_date.toordinal() if line.model.release_date else 0),)),
}


@dataclass(frozen=True, kw_only=True)
class GpuHub(Page):
    """What its template shows. `most` says the most that the card runs."""

    template: ClassVar[str] = "fitpages/hubs/gpu.html"

    most: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    notes: SafeString
    facets_address: str
    facets: tuple[Facet, ...]
    line_heads: tuple[str, str]
    groups: tuple[LineGroup, ...]
    twins: tuple[Twin, ...]
    sources: tuple[Source, ...]


def build(snapshot: Snapshot, gpu: PublishedGpu, query: Mapping[str, str]) -> GpuHub:
    """The hub of `gpu`; the snapshot has at least one quantization."""
    default = snapshot.default_quant
    order = facet(query, "sort", "Order by", [(key, text) for key, (text, _) in ORDERS.items()], anything="")
    lines = [pair_line(snapshot, model, gpu) for model in snapshot.models.values()]
    lines.sort(key=ORDERS[order.value or "size"][1])
    groups = grouped(lines, default, model_line)
    most = _most(snapshot, gpu, default, lines)
    return GpuHub(
        title=f"{gpu.name}: which language models it runs",
        description=_description(gpu, default, most, lines),
        heading=f"Which models run on {wording.with_article(gpu.name)}?",
        address=addresses.gpu(gpu.slug),
        crumb=gpu.name,
        way=(Link("GPUs", addresses.GPUS),),
        indexable=not query,
        most=most,
        facts=gpu_facts(gpu),
        notes=gpu.notes_html,
        facets_address=addresses.gpu(gpu.slug),
        facets=(order,),
        line_heads=("Model", "Parameters"),
        groups=groups,
        twins=gpu_twins(snapshot, gpu, addresses.gpu),
        sources=as_sources(gpu.sources),
    )


def _description(gpu: PublishedGpu, default: PublishedQuant, most: tuple[str, ...], lines: list[PairLine]) -> str:
    fitting = sum(1 for line in lines if line.quant)
    usable = figures.memory(rule_of_thumb.usable_bytes(gpu.spec))
    return (
        f"{gpu.name}: {usable} usable of {figures.gigabytes(gpu.spec.nameplate_gb)}. {fitting} of {len(lines)} "
        "models fit at some quantization: which, how fast, and from where we know."
    )


def _most(snapshot: Snapshot, gpu: PublishedGpu, default: PublishedQuant, lines: list[PairLine]) -> tuple[str, ...]:
    """What is the most this card runs, in words computed from the data."""
    card, offered = wording.sentence(wording.with_article(gpu.name)), offer(gpu.spec).total_bytes
    largest = largest_running_model(snapshot, gpu)
    if largest is None:
        return (f"{card} offers {figures.memory_in_prose(offered)}; no model here fits at {default.name}.",)
    fitting = sum(1 for line in lines if line.quant)
    said = [
        f"The most that {wording.with_article(gpu.name)} runs at {default.name} is {largest.name} "
        f"({figures.parameters(largest.spec.parameters)} parameters){_taking(snapshot, largest, default, offered)}.",
        f"Of {len(lines)} models here, {fitting} fit at some quantization.",
    ]
    dense = next((m for m in running_models(snapshot, gpu) if not m.spec.mixture_of_experts), None)
    if dense and largest.spec.mixture_of_experts:
        said.insert(1, f"The largest dense model is {dense.name}, with {figures.parameters(dense.spec.parameters)}.")
    return tuple(said)


def _taking(snapshot: Snapshot, model: PublishedModel, default: PublishedQuant, offered: int) -> str:
    accounting = account(model.spec, default.spec, file_sizes(snapshot, model).get(default.slug))
    if accounting is None:
        return ""
    context = figures.tokens(accounting.reference_context)
    taken = figures.memory(accounting.reference_bytes)
    return f", which takes {taken} of its {figures.memory(offered)} with {context} tokens of context"
