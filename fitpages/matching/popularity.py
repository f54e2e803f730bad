"""Which models and machines people have: what lists begin with where nobody asked for another order."""

import math
from collections.abc import Mapping

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.per_snapshot import per_snapshot


@per_snapshot
def common_models(snapshot: Snapshot) -> tuple[PublishedModel, ...]:
    """Those that editors call common, the most taken first."""
    return tuple(model for model in by_popularity(snapshot) if model.common)


@per_snapshot
def common_by_size(snapshot: Snapshot) -> tuple[PublishedModel, ...]:
    """Common models, the largest first."""
    return tuple(model for model in reversed(snapshot.models_by_size) if model.common)


@per_snapshot
def by_popularity(snapshot: Snapshot) -> tuple[PublishedModel, ...]:
    """All models: common ones first, then by how many people take them, then the newest."""
    return tuple(sorted(snapshot.models.values(), key=lambda model: _order(snapshot, model)))


@per_snapshot
def place(snapshot: Snapshot) -> Mapping[str, int]:
    """The place of each model in that order, by slug; 0 is the first."""
    return {model.slug: place for place, model in enumerate(by_popularity(snapshot))}


def _order(snapshot: Snapshot, model: PublishedModel) -> tuple[bool, float, int, str]:
    released = model.release_date.toordinal() if model.release_date else 0
    return not model.common, -taken(snapshot, model), -released, model.slug


def taken(snapshot: Snapshot, model: PublishedModel) -> float:
    """How much a model is taken: the sum of the logarithms of its downloads in 30 days and of its family's pulls in 90.

    The two are counts of different things, of one repository and of a whole family: a logarithm is what they share.
    """
    counted = snapshot.popularity_of.get(model.slug)
    if counted is None:
        return 0.0
    return math.log10(1 + (counted.downloads or 0)) + 0.5 * math.log10(1 + (counted.pulls_90_days or 0))


@per_snapshot
def common_machines(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """Common machines of one GPU each, in order of preference."""
    return tuple(gpu for gpu in snapshot.common_gpus if gpu.gpus_per_board == 1)
