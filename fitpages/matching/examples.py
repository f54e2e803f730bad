"""The examples that pages are written around, chosen by rule from what is published.

A page asks for an example by slug and says what it stands for, such as a dense model of about 8 billion weights. Where
editors have taken that record away, the nearest one takes its place; where there is none, the example is None.
"""

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot

# The sizes of memory, in GB as on the box, that people choose between; the main ones are enough for a short list.
MEMORY_SIZES_GB = (8, 12, 16, 24, 32, 48, 64, 80, 96, 128, 192)
MAIN_SIZES_GB = tuple(size for size in MEMORY_SIZES_GB if size not in (64, 96))


def dense_model(snapshot: Snapshot, slug: str, parameters: int) -> PublishedModel | None:
    """The dense model of this slug, else the common one that comes nearest to `parameters`."""
    dense = [model for model in snapshot.models_by_size if not model.spec.mixture_of_experts]
    return _wanted_or_nearest(snapshot, dense, slug, parameters)


def mixture(snapshot: Snapshot, slug: str, parameters: int) -> PublishedModel | None:
    """The mixture of experts of this slug, else the common one nearest to it in size; its active part is published."""
    mixtures = [
        model
        for model in snapshot.models_by_size
        if model.spec.mixture_of_experts and model.spec.active_parameters is not None
    ]
    return _wanted_or_nearest(snapshot, mixtures, slug, parameters)


def _wanted_or_nearest(
    snapshot: Snapshot, models: list[PublishedModel], slug: str, parameters: int
) -> PublishedModel | None:
    wanted = snapshot.models.get(slug)
    if wanted in models:
        return wanted
    common = (model for model in models if model.common)
    return min(common, key=lambda model: abs(model.spec.parameters - parameters), default=None)


def card(snapshot: Snapshot, slug: str, memory_gb: int) -> PublishedGpu | None:
    """The card with memory of its own of this slug, else the common one that comes nearest to `memory_gb`."""
    wanted = snapshot.gpus.get(slug)
    if wanted and not wanted.spec.unified_memory:
        return wanted
    return nearest_gpu(discrete(snapshot), lambda gpu: gpu.spec.nameplate_gb, memory_gb)


def machine(snapshot: Snapshot, slug: str, memory_gb: int) -> PublishedGpu | None:
    """The unified-memory machine of this slug, else the common one that comes nearest to `memory_gb`."""
    wanted = snapshot.gpus.get(slug)
    if wanted and wanted.spec.unified_memory:
        return wanted
    unified = [gpu for gpu in snapshot.common_gpus if gpu.spec.unified_memory]
    return nearest_gpu(unified, lambda gpu: gpu.spec.nameplate_gb, memory_gb)


def discrete(snapshot: Snapshot) -> list[PublishedGpu]:
    """The common cards with memory of their own, the smallest first."""
    return [gpu for gpu in snapshot.common_gpus if not gpu.spec.unified_memory]


def nearest_gpu(
    gpus: Iterable[PublishedGpu], key: Callable[[PublishedGpu], Decimal], wanted: Decimal | int
) -> PublishedGpu | None:
    """Of `gpus`, the one whose `key` comes nearest to `wanted`; of equals the first."""
    return min(gpus, key=lambda gpu: abs(key(gpu) - wanted), default=None)


def fastest_of_size(snapshot: Snapshot, memory_gb: int) -> PublishedGpu | None:
    """The common card of this memory with the most bandwidth, with memory of its own where there is one.

    Of equals it is the newest.
    """
    of_size = [gpu for gpu in snapshot.common_gpus if gpu.spec.nameplate_gb == memory_gb]
    return max(of_size, key=_own_memory_and_speed, default=None)


def _own_memory_and_speed(gpu: PublishedGpu) -> tuple[bool, Decimal, datetime.date, str]:
    return not gpu.spec.unified_memory, gpu.spec.bandwidth_gb_s, gpu.release_date or datetime.date.min, gpu.slug
