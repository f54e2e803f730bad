"""Models of one architecture with files alike, and GPUs of one specification: their figures are the same, and a page
says so.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.speed_constants import load_constants
from fitpages.matching.files import unlike_their_mix
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures

SHOWN = 3


class Twin(NamedTuple):
    """Another with the same figures, where it leads, and in what it differs."""

    name: str
    address: str
    differs: str


def model_twins(snapshot: Snapshot, model: PublishedModel, address: Callable[[str], str]) -> tuple[Twin, ...]:
    """Up to three models with this model's figures, the nearest in release first."""
    return _addressed(_model_twins(snapshot, model), address)


def gpu_twins(snapshot: Snapshot, gpu: PublishedGpu, address: Callable[[str], str]) -> tuple[Twin, ...]:
    """Up to three GPUs with this GPU's figures, the nearest in release first."""
    return _addressed(_gpu_twins(snapshot, gpu), address)


Difference = tuple[PublishedModel | PublishedGpu, str]


def _addressed(twins: tuple[Difference, ...], address: Callable[[str], str]) -> tuple[Twin, ...]:
    return tuple(Twin(name=twin.name, address=address(twin.slug), differs=differs) for twin, differs in twins)


@per_snapshot
def _model_twins(snapshot: Snapshot, model: PublishedModel) -> tuple[Difference, ...]:
    others = _others(_twins(snapshot)[0].get(_model_key(snapshot, model), ()), model)
    return tuple((twin, _model_difference(twin, model)) for twin in others)


@per_snapshot
def _gpu_twins(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[Difference, ...]:
    others = _others(_twins(snapshot)[1].get(_gpu_key(gpu), ()), gpu)
    return tuple((twin, _gpu_difference(twin, gpu)) for twin in others)


def _others(twins: tuple[Any, ...], own: PublishedModel | PublishedGpu) -> list[Any]:
    others = (twin for twin in twins if twin is not own)
    return sorted(others, key=lambda twin: _days_apart(twin, own))[:SHOWN]


@per_snapshot
def model_family(snapshot: Snapshot, model: PublishedModel) -> str:
    """The slug of the first of the models with this model's figures."""
    return model_group(snapshot, model)[0].slug


@per_snapshot
def gpu_family(snapshot: Snapshot, gpu: PublishedGpu) -> str:
    """The slug of the first of the GPUs with this GPU's figures."""
    return gpu_group(snapshot, gpu)[0].slug


def model_group(snapshot: Snapshot, model: PublishedModel) -> tuple[PublishedModel, ...]:
    """The models with this model's figures, itself among them."""
    return _twins(snapshot)[0].get(_model_key(snapshot, model), (model,))


def gpu_group(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[PublishedGpu, ...]:
    """The GPUs with this GPU's figures, itself among them."""
    return _twins(snapshot)[1].get(_gpu_key(gpu), (gpu,))


ModelGroups = Mapping[Hashable, tuple[PublishedModel, ...]]
GpuGroups = Mapping[Hashable, tuple[PublishedGpu, ...]]


@per_snapshot
def _twins(snapshot: Snapshot) -> tuple[ModelGroups, GpuGroups]:
    """The groups of a catalog. The files of a model are only looked at where another has its shape."""
    alike = _groups(snapshot.models.values(), _shape).values()
    models = (model for group in alike for model in group)
    return _groups(models, partial(_model_key, snapshot)), _groups(snapshot.gpus.values(), _gpu_key)


def _groups(items: Iterable[Any], key: Callable[[Any], Hashable]) -> dict[Hashable, tuple[Any, ...]]:
    groups: dict[Hashable, list[Any]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {group_key: tuple(group) for group_key, group in groups.items() if len(group) > 1}


def _model_key(snapshot: Snapshot, model: PublishedModel) -> Hashable:
    return *_shape(model), unlike_their_mix(snapshot, model)


def _shape(model: PublishedModel) -> tuple[int, int | None, str]:
    return model.spec.parameters, model.spec.active_parameters, model.architecture_digest


def _gpu_key(gpu: PublishedGpu) -> Hashable:
    """All that its figures follow from: one that was measured has a speed of its own."""
    constants = load_constants()
    measured = gpu.slug in constants.machines or gpu.slug in constants.prefill.machines
    return replace(gpu.spec, slug=gpu.slug if measured else "unmeasured")


def _days_apart(twin: PublishedModel | PublishedGpu, other: PublishedModel | PublishedGpu) -> tuple[int, str]:
    if twin.release_date is None or other.release_date is None:
        return 10**6, twin.slug
    return abs((twin.release_date - other.release_date).days), twin.slug


def _model_difference(twin: PublishedModel, model: PublishedModel) -> str:
    contexts = [figures.tokens(listed.native_context) if listed.native_context else "" for listed in (twin, model)]
    return _joined(
        [
            _instead("from", twin.vendor, model.vendor),
            _instead("licence", twin.licence, model.licence),
            _instead("context", *contexts),
            _released(twin, model),
        ]
    )


def _gpu_difference(twin: PublishedGpu, gpu: PublishedGpu) -> str:
    # Where one of the two is not known there is no difference to tell.
    powers = [figures.power(card.power_w, missing="") for card in (twin, gpu)]
    prices = [figures.price(card.launch_price_usd, missing="") for card in (twin, gpu)]
    return _joined(
        [
            _instead("", twin.segment_name.lower(), gpu.segment_name.lower()),
            _instead("", twin.memory_type, gpu.memory_type),
            _instead("", *powers),
            _instead("launched at", *prices),
            _released(twin, gpu),
        ]
    )


def _instead(what: str, twins: str, own: str) -> str:
    """ "licence MIT instead of Apache 2.0", or nothing where they agree or either is not known."""
    return f"{what} {twins} instead of {own}".strip() if twins and own and twins != own else ""


def _released(twin: PublishedModel | PublishedGpu, own: PublishedModel | PublishedGpu) -> str:
    if twin.release_date is None or own.release_date is None or twin.release_date == own.release_date:
        return ""
    return f"released {figures.day(twin.release_date)} instead of {figures.day(own.release_date)}"


def _joined(parts: list[str]) -> str:
    return "; ".join(part for part in parts if part) or "no difference that the catalog knows"
