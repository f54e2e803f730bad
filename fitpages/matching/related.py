"""The pairs that the page of a pair leads on to."""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby, islice
from typing import NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.fits import fitting_models
from fitpages.matching.pairs import Pair
from fitpages.per_snapshot import per_snapshot

# Other cards, and other models, that a page leads on to.
SHOWN = 6


def other_gpus(snapshot: Snapshot, pair: Pair, wanted: PublishedGpu | None) -> list[PublishedGpu]:
    """Six other common cards: the card to want, then the nearest two below and three above in memory.

    Of equals the closest in bandwidth; where one side runs out, the other fills up. In order of memory.
    """
    sides = _near_gpus(snapshot, pair.gpu)
    below, above = ([other for other in side if other.gpu is not wanted][:SHOWN] for side in sides)
    chosen = [_ranked(snapshot, wanted)] if wanted and wanted is not pair.gpu else []
    chosen += below[:2] + above[:3]
    chosen += (above[3:] + below[2:])[: SHOWN - len(chosen)]
    return [other.gpu for other in sorted(chosen)]


class _Ranked(NamedTuple):
    """A common card and its place among them in order of preference."""

    rank: int
    gpu: PublishedGpu


@per_snapshot
def _ranked(snapshot: Snapshot, gpu: PublishedGpu) -> _Ranked:
    return _Ranked(snapshot.common_gpus.index(gpu), gpu)


@per_snapshot
def _near_gpus(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[list[_Ranked], list[_Ranked]]:
    """Common cards with less and with more memory, the nearest first: one more than are shown."""
    memory_gb = gpu.spec.nameplate_gb
    start = bisect_left(snapshot.common_gpus, memory_gb, key=_nameplate)
    end = bisect_right(snapshot.common_gpus, memory_gb, key=_nameplate)
    sides = (_nearest(gpu, reversed(snapshot.common_gpus[:start])), _nearest(gpu, snapshot.common_gpus[end:]))
    below, above = ([_ranked(snapshot, other) for other in side[: SHOWN + 1]] for side in sides)
    return below, above


def _nameplate(gpu: PublishedGpu) -> Decimal:
    return gpu.spec.nameplate_gb


def _nearest(gpu: PublishedGpu, others: Iterable[PublishedGpu]) -> list[PublishedGpu]:
    """`others`, which come nearest in memory first; of equals the closest in bandwidth first."""

    def distance(other: PublishedGpu) -> tuple[Decimal, str]:
        return abs(other.spec.bandwidth_gb_s - gpu.spec.bandwidth_gb_s), other.slug

    return [other for _, equals in groupby(others, key=_nameplate) for other in sorted(equals, key=distance)]


def other_models(snapshot: Snapshot, pair: Pair) -> list[PublishedModel]:
    """Six other models: the largest that fits this GPU at the default quantization and the next two below it, and
    the three nearest to this model in size from other families; nearer ones fill up where these run out."""
    chosen = [model for model in _largest_fitting(snapshot, pair.gpu) if model is not pair.model][:3]
    of_others = [model for model in _near_of_other_families(snapshot, pair.model) if model not in chosen][:3]
    chosen += of_others
    if len(chosen) < SHOWN:
        fillers = (model for model in _by_distance(snapshot, pair.model) if model not in chosen)
        chosen += islice(fillers, SHOWN - len(chosen))
    return sorted(chosen, key=_size)


@per_snapshot
def _largest_fitting(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[PublishedModel, ...]:
    """The four largest that fit: three, whichever of them the page is about."""
    return tuple(islice(fitting_models(snapshot, gpu), 4))


@per_snapshot
def _near_of_other_families(snapshot: Snapshot, model: PublishedModel) -> tuple[PublishedModel, ...]:
    """The six nearest in size: three, whichever of them are named already."""
    others = (other for other in _by_distance(snapshot, model) if other.family != model.family)
    return tuple(islice(others, 6))


def _size(model: PublishedModel) -> tuple[int, str]:
    return model.spec.parameters, model.slug


def _by_distance(snapshot: Snapshot, model: PublishedModel) -> Iterator[PublishedModel]:
    """The other models, the nearest in size first, as far as they are asked for."""
    position = bisect_left(snapshot.models_by_size, _size(model), key=_size)

    def distance(other: PublishedModel) -> tuple[int, str]:
        return abs(other.spec.parameters - model.spec.parameters), other.slug

    smaller = (snapshot.models_by_size[index] for index in range(position - 1, -1, -1))
    larger = (snapshot.models_by_size[index] for index in range(position + 1, len(snapshot.models_by_size)))
    return heapq.merge(smaller, larger, key=distance)
