"""One model on every GPU."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedModel, Snapshot
from fit.needs import Need
from fitpages import addresses
from fitpages.matching.fits import default_need, needs_of, smallest_common_card, wanted_card
from fitpages.matching.levels import default_of, or_above
from fitpages.matching.twins import model_twins
from fitpages.pages.common.pair_line import pair_line
from fitpages.pages.common.record_facts import model_facts
from fitpages.pages.hubs.files import FileLine, file_lines
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
# The size of memory that a page without a card of its own says it of.
COMMON_GIB = 24


@dataclass(frozen=True, kw_only=True)
class QuantNeed:
    """What the model needs at one quantization, and the smallest common card that holds it, or `no_card`.

    `need` is the rule's, in GB, and `counted` with the reference context, in GiB; a dash where there is none.
    """

    name: str
    need: str
    counted: str
    card: Link | None
    no_card: str


@dataclass(frozen=True, kw_only=True)
class ModelHub(Hub):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/hubs/model.html"

    answer: str
    needs: tuple[QuantNeed, ...]
    files: tuple[FileLine, ...]


def build(snapshot: Snapshot, model: PublishedModel, query: Mapping[str, str]) -> ModelHub:
    """The hub of `model`; the snapshot has at least one quantization."""
    default, above = default_of(snapshot, model), or_above(snapshot, model)
    lines = [pair_line(snapshot, model, gpu) for gpu in snapshot.gpus.values()]
    holding = sum(1 for line in lines if line.quant)
    return ModelHub(
        title=f"{model.name}: VRAM needed, and which GPUs run it",
        description=_description(snapshot, model, f"{holding} of {len(lines)} GPUs hold it at {above}"),
        heading=f"Which GPUs run {model.name}?",
        answer=f"{_answer(snapshot, model)} Of {len(lines)} GPUs here, {holding} hold it at {above}.",
        needs=tuple(_need(snapshot, model, need) for need in needs_of(snapshot, model)),
        files=file_lines(snapshot, model),
        facts=model_facts(model),
        units=figures.gibibytes_in_gigabytes(COMMON_GIB),
        twins=model_twins(snapshot, model, addresses.model),
        **hub_parts(KIND, model, lines, default, above, query),
    )


def _description(snapshot: Snapshot, model: PublishedModel, holding: str) -> str:
    need, size = default_need(snapshot, model), figures.parameters(model.spec.parameters)
    amount, name = figures.needed(need.rule_bytes, need.size_bytes), default_of(snapshot, model).name
    return f"{model.name} ({size}) needs {amount} at {name}. {holding}: which, how fast, and from where we know."


def _answer(snapshot: Snapshot, model: PublishedModel) -> str:
    """What it needs at its default, and the card to want."""
    need, name, wanted = default_need(snapshot, model), default_of(snapshot, model).name, wanted_card(snapshot, model)
    amount = figures.needed_in_prose(need.rule_bytes, need.size_bytes)
    if need.rule_bytes is None:
        first = f"At {name}, the level that it was made in, {model.name} takes {amount}, exactly counted."
    else:
        first = f"At {name}, the popular default, {model.name} needs {amount} by the rule of thumb."
    if wanted is None:
        return f"{first} No single common card holds it."
    return f"{first} The smallest common card that holds it is {wording.with_article(wanted.name)}."


def _need(snapshot: Snapshot, model: PublishedModel, need: Need) -> QuantNeed:
    """A level that nobody makes files at has no card: there is nothing to hold."""
    quant = snapshot.quant_of[need.quant.slug]
    card = smallest_common_card(snapshot, model, quant) if need.is_made else None
    return QuantNeed(
        name=quant.name,
        need=figures.NOT_SHOWN if need.rule_bytes is None else figures.memory(need.rule_bytes),
        counted=figures.NOT_SHOWN if need.exact_bytes is None else figures.counted(need.exact_bytes),
        card=Link(card.name, addresses.pair(model.slug, card.slug)) if card else None,
        no_card="none" if need.is_made else figures.NOT_SHOWN,
    )
