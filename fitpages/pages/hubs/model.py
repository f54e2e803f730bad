"""One model on every GPU."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fitpages import addresses
from fitpages.matching.fits import smallest_common_card, wanted_card
from fitpages.matching.twins import model_twins
from fitpages.pages.common.pair_line import pair_line
from fitpages.pages.common.record_facts import model_facts
from fitpages.pages.hubs.hub import Hub, HubKind, Order, hub_parts
from fitpages.pages.hubs.lines import gpu_line
from fitpages.site import Link
from fitpages.text import figures, wording

KIND = HubKind(
    list_page=Link("Models", addresses.MODELS),
    address=addresses.model,
    line_heads=("GPU", "Memory"),
    line=gpu_line,
    orders={
        "memory": Order(
            "Memory", lambda line: (line.gpu.spec.nameplate_gb, -line.gpu.spec.bandwidth_gb_s, line.gpu.slug)
        ),
        "speed": Order("Speed", lambda line: (-line.speed, line.gpu.slug)),
        "name": Order("Name", lambda line: line.gpu.name.casefold()),
    },
)


@dataclass(frozen=True, kw_only=True)
class QuantNeed:
    """What the model needs at one quantization, and the smallest common card that holds it."""

    name: str
    need: str
    card: Link | None


@dataclass(frozen=True, kw_only=True)
class ModelHub(Hub):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/hubs/model.html"

    answer: str
    needs: tuple[QuantNeed, ...]


def build(snapshot: Snapshot, model: PublishedModel, query: Mapping[str, str]) -> ModelHub:
    """The hub of `model`; the snapshot has at least one quantization."""
    default = snapshot.default_quant
    lines = [pair_line(snapshot, model, gpu) for gpu in snapshot.gpus.values()]
    holding = sum(1 for line in lines if line.quant)
    return ModelHub(
        title=f"{model.name}: VRAM needed, and which GPUs run it",
        description=_description(model, default, holding, len(lines)),
        heading=f"Which GPUs run {model.name}?",
        answer=_answer(snapshot, model, default, holding, len(lines)),
        needs=tuple(_need(snapshot, model, quant) for quant in snapshot.quants),
        facts=model_facts(model),
        twins=model_twins(snapshot, model, addresses.model),
        **hub_parts(KIND, model, lines, default, query),
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
        first += f"The smallest common card that holds it is {wording.with_article(wanted.name)}. "
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
