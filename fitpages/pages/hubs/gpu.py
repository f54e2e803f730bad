"""One GPU with every model."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.gpu_memory import nameplate_gib
from fit.needs import account
from fit.offer import offer
from fitpages import addresses
from fitpages.matching.files import file_sizes
from fitpages.matching.fits import largest_running_model, running_models
from fitpages.matching.levels import default_of, lowest_or_above
from fitpages.matching.twins import gpu_twins
from fitpages.pages.common.pair_line import pair_line
from fitpages.pages.common.record_facts import gpu_facts
from fitpages.pages.hubs.hub import Hub, HubKind, Order, hub_parts
from fitpages.pages.hubs.lines import model_line
from fitpages.site import Link
from fitpages.text import figures, wording

KIND = HubKind(
    list_page=Link("GPUs", addresses.GPUS),
    address=addresses.gpu,
    line_heads=("Model", "Parameters"),
    line=model_line,
    orders={
        "size": Order("Size", lambda line: (-line.model.spec.parameters, line.model.slug)),
        "speed": Order("Speed", lambda line: (-line.speed, line.model.slug)),
        "name": Order("Name", lambda line: line.model.name.casefold()),
        "released": Order("Newest", lambda line: -(line.model.release_date or datetime.date.min).toordinal()),
    },
)


@dataclass(frozen=True, kw_only=True)
class GpuHub(Hub):
    """What its template shows. `most` says the most that the card runs."""

    template: ClassVar[str] = "fitpages/hubs/gpu.html"

    most: tuple[str, ...]


def build(snapshot: Snapshot, gpu: PublishedGpu, query: Mapping[str, str]) -> GpuHub:
    """The hub of `gpu`; the snapshot has at least one quantization."""
    default = snapshot.default_quant
    lines = [pair_line(snapshot, model, gpu) for model in snapshot.models.values()]
    fitting = sum(1 for line in lines if line.quant)
    return GpuHub(
        title=f"{gpu.name}: which language models it runs",
        description=_description(gpu, fitting, len(lines), lowest_or_above(snapshot)),
        heading=f"Which models run on {wording.with_article(gpu.name)}?",
        most=_most(snapshot, gpu, fitting, len(lines)),
        facts=gpu_facts(gpu),
        units=figures.gibibytes_in_gigabytes(nameplate_gib(gpu.spec)),
        twins=gpu_twins(snapshot, gpu, addresses.gpu),
        **hub_parts(KIND, gpu, lines, default, lowest_or_above(snapshot), query),
    )


def _description(gpu: PublishedGpu, fitting: int, all_models: int, or_above: str) -> str:
    left, nameplate = figures.counted(offer(gpu.spec).total_bytes), figures.gibibytes(nameplate_gib(gpu.spec))
    return (
        f"{gpu.name}: {left} of its {nameplate} are left for a model. {fitting} of {all_models} "
        f"models fit at {or_above}: which, how fast, and from where we know."
    )


def _most(snapshot: Snapshot, gpu: PublishedGpu, fitting: int, all_models: int) -> tuple[str, ...]:
    """What is the most this card runs, in words computed from the data."""
    card, default = wording.with_article(gpu.name), snapshot.default_quant
    offered = offer(gpu.spec).total_bytes
    largest = largest_running_model(snapshot, gpu)
    if largest is None:
        offers = f"{wording.sentence(card)} offers {figures.counted_in_prose(offered)}"
        return (f"{offers}; no model here fits at {default.name}.",)
    size = figures.parameters(largest.spec.parameters)
    taking = _taking(snapshot, largest, offered)
    name = default_of(snapshot, largest).name
    return (
        f"The most that {card} runs at {name} is {largest.name} ({size} parameters){taking}.",
        *_largest_dense(snapshot, gpu, largest),
        f"Of {all_models} models here, {fitting} fit at {lowest_or_above(snapshot)}.",
    )


def _largest_dense(snapshot: Snapshot, gpu: PublishedGpu, largest: PublishedModel) -> tuple[str, ...]:
    """The largest model that reads all its weights for a token, where `largest` does not."""
    if not largest.spec.mixture_of_experts:
        return ()
    models = running_models(snapshot, gpu)
    dense = next((model for model in models if not model.spec.mixture_of_experts), None)
    if dense is None:
        return ()
    return (f"The largest dense model is {dense.name}, with {figures.parameters(dense.spec.parameters)}.",)


def _taking(snapshot: Snapshot, model: PublishedModel, offered: int) -> str:
    default = default_of(snapshot, model)
    accounting = account(model.spec, default.spec, file_sizes(snapshot, model).get(default.slug))
    if accounting is None:
        return ""
    context = figures.tokens(accounting.reference_context)
    taken, of_these = figures.counted_apart(accounting.reference_bytes, offered)
    return f", which takes {taken} of its {of_these} with {context} tokens of context"
