"""One model on every GPU."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedModel, Snapshot
from fitpages import addresses
from fitpages.matching.fits import default_need
from fitpages.matching.levels import default_of
from fitpages.matching.machines import wanted_card, wanted_context
from fitpages.matching.twins import model_twins
from fitpages.pages.common.pair_line import BY_RULE, pair_line
from fitpages.pages.common.record_facts import model_facts
from fitpages.pages.hubs.files import FileLine, file_lines
from fitpages.pages.hubs.hub import Hub, HubKind, Order, hub_parts, ordered
from fitpages.pages.hubs.lines import Groups, how_many
from fitpages.pages.hubs.needs import LevelNeed, level_needs
from fitpages.site import Link
from fitpages.text import figures, wording

KIND = HubKind(
    list_page=Link("Models", addresses.MODELS),
    address=addresses.model,
    of_models=False,
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
class ModelHub(Hub):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/hubs/model.html"

    needs: tuple[LevelNeed, ...]
    files: tuple[FileLine, ...]


def build(snapshot: Snapshot, model: PublishedModel, query: Mapping[str, str]) -> ModelHub:
    """The hub of `model`; the snapshot has at least one quantization."""
    groups = ordered(KIND, (pair_line(snapshot, model, gpu) for gpu in snapshot.gpus.values()), query)
    return ModelHub(
        title=_title(snapshot, model),
        description=_description(snapshot, model, groups),
        heading=f"Which GPUs run {model.name}?",
        answer=_answer(snapshot, model),
        why=(f"{_takes(snapshot, model, _which(snapshot, model))}.", how_many(groups, "machines", " it")),
        needs=level_needs(snapshot, model),
        files=file_lines(snapshot, model),
        facts=model_facts(model),
        units=figures.gibibytes_in_gigabytes(COMMON_GIB),
        twins=model_twins(snapshot, model, addresses.model),
        **hub_parts(snapshot, KIND, model, groups, query),
    )


def _title(snapshot: Snapshot, model: PublishedModel) -> str:
    need, level = default_need(snapshot, model), default_of(snapshot, model).short_name
    if need.exact_bytes is None:
        return f"{model.name}: VRAM needed, and which GPUs run it"
    return f"{model.name}: {figures.counted(need.exact_bytes)} of VRAM at {level}, and which GPUs run it"


def _description(snapshot: Snapshot, model: PublishedModel, groups: Groups) -> str:
    card = wanted_card(snapshot, model)
    smallest = f" The smallest common card: {card.name}." if card else ""
    return f"{_takes(snapshot, model)}.{smallest} {how_many(groups, 'machines', ' it')}"


def _answer(snapshot: Snapshot, model: PublishedModel) -> str:
    """The card to want."""
    level, card = default_of(snapshot, model).short_name, wanted_card(snapshot, model)
    with_context = f"with {figures.tokens(wanted_context(model))} of context"
    if default_need(snapshot, model).exact_bytes is None:
        with_context = BY_RULE
    if card is None:
        return f"No single common card holds {model.name} at {level} {with_context}."
    wanted = wording.with_article(card.name)
    return f"The smallest common card that holds {model.name} at {level} {with_context} is {wanted}."


def _takes(snapshot: Snapshot, model: PublishedModel, which: str = "") -> str:
    """What it takes at its default; `which` says more of that level."""
    need, level = default_need(snapshot, model), f"{default_of(snapshot, model).short_name}{which}"
    size = f"{model.name} ({figures.parameters(model.spec.parameters)})"
    if need.accounting is None:
        return f"{size} needs {figures.memory(need.rule_bytes or 0)} at {level} {BY_RULE}: nothing is counted"
    takes, context = figures.counted(need.accounting.reference_bytes), need.accounting.reference_context
    return f"{size} takes {takes} at {level} with {figures.tokens(context)} of context"


def _which(snapshot: Snapshot, model: PublishedModel) -> str:
    is_native = default_need(snapshot, model).rule_bytes is None
    return f", the {'level that it was made in' if is_native else 'popular default'},"
