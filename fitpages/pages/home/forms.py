"""What the two forms of the first page offer: machines by kind, RAM, models by how many take them, contexts."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching import chosen
from fitpages.matching.beside import KINDS, SIZES_GIB, USUAL
from fitpages.matching.contexts import CONTEXTS
from fitpages.matching.examples import card
from fitpages.matching.likeness import current_models
from fitpages.matching.machine_kinds import MachineKind, is_had, machines_of
from fitpages.matching.popularity import common_models
from fitpages.pages.common.picker import Choice, ChoiceGroup
from fitpages.text import figures

# What a reader sees chosen, as an example of what can be.
MACHINE, MACHINE_GB, MODEL, CONTEXT = "rtx-3060-12", 12, "qwen3-32b", 32768
MOST_USED = 12
CHOSEN_KINDS = (MachineKind.CARD, MachineKind.LAPTOP, MachineKind.MAC, MachineKind.BOX, MachineKind.SERVER)


@dataclass(frozen=True, kw_only=True)
class Forms:
    """Groups of choices, one of each chosen; none of `any_machine`. `no_gpu` is the value of a computer without one,
    `others` are the names of machines that may be typed."""

    no_gpu: str
    machines: tuple[ChoiceGroup, ...]
    any_machine: tuple[ChoiceGroup, ...]
    others: tuple[str, ...]
    rams: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    models: tuple[ChoiceGroup, ...]
    contexts: tuple[Choice, ...]


def forms(snapshot: Snapshot) -> Forms:
    """Common machines and models alone, so that the lists can be read."""
    example = card(snapshot, MACHINE, MACHINE_GB)
    return Forms(
        no_gpu=chosen.NO_GPU,
        machines=_machines(snapshot, example.slug if example else ""),
        any_machine=_machines(snapshot, ""),
        others=_others(snapshot),
        rams=(
            *(Choice(str(gib), f"{gib} GB", gib == USUAL.gib) for gib in SIZES_GIB),
            Choice(chosen.NO_RAM, "none", False),
        ),
        kinds=tuple(Choice(name, name.upper(), kind is USUAL.kind) for name, kind in reversed(KINDS.items())),
        models=_models(snapshot),
        contexts=tuple(Choice(str(tokens), figures.tokens(tokens), tokens == CONTEXT) for tokens in CONTEXTS),
    )


def _machines(snapshot: Snapshot, wanted: str) -> tuple[ChoiceGroup, ...]:
    groups = ((kind, machines_of(snapshot, kind)) for kind in CHOSEN_KINDS)
    return tuple(ChoiceGroup(str(kind), _choices(machines, wanted)) for kind, machines in groups if machines)


def _models(snapshot: Snapshot) -> tuple[ChoiceGroup, ...]:
    """Those that most people take and nothing replaced, then all by name."""
    common = common_models(snapshot)
    wanted = MODEL if MODEL in {model.slug for model in common} else common[0].slug if common else ""
    most_used = current_models(snapshot)[:MOST_USED]
    others = sorted((model for model in common if model not in most_used), key=lambda model: model.name.casefold())
    groups = (("Most used", most_used), ("Others in use", others))
    return tuple(ChoiceGroup(label, _choices(models, wanted)) for label, models in groups if models)


def _choices(records: Iterable[PublishedGpu | PublishedModel], wanted: str) -> tuple[Choice, ...]:
    return tuple(Choice(record.slug, record.name, record.slug == wanted) for record in records)


def _others(snapshot: Snapshot) -> tuple[str, ...]:
    """The names of all machines that are not in the list."""
    return tuple(sorted((gpu.name for gpu in snapshot.gpus.values() if not is_had(gpu)), key=str.casefold))
