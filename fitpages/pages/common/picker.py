"""What a reader picks from: all models by family, all GPUs by kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices under one label."""

    label: str
    choices: tuple[Choice, ...]


def model_groups(snapshot: Snapshot, chosen: str = "") -> tuple[ChoiceGroup, ...]:
    """All models for a select element, by family."""
    models = sorted(snapshot.models.values(), key=lambda model: (model.family.casefold(), model.spec.parameters))
    return _groups(((model.family, model) for model in models), chosen)


def gpu_groups(snapshot: Snapshot, chosen: str = "") -> tuple[ChoiceGroup, ...]:
    """All GPUs for a select element, by kind."""
    gpus = sorted(snapshot.gpus.values(), key=lambda gpu: (gpu.vendor, gpu.segment_name, gpu.name.casefold()))
    return _groups(((f"{gpu.vendor}: {gpu.segment_name}", gpu) for gpu in gpus), chosen)


def _groups(labelled: Iterable[tuple[str, PublishedModel | PublishedGpu]], chosen: str) -> tuple[ChoiceGroup, ...]:
    return tuple(
        ChoiceGroup(label, tuple(Choice(item.slug, item.name, item.slug == chosen) for _, item in members))
        for label, members in groupby(labelled, key=lambda pair: pair[0])
    )
