"""How strong models are where one is chosen of many: the low end of our estimate, so that what is better known of two
equals stands first.
"""

from collections.abc import Mapping

from catalog.snapshot import PublishedModel, Snapshot
from fitpages.matching.strength import strength
from fitpages.per_snapshot import per_snapshot

Weights = tuple[int, int | None]


@per_snapshot
def worth(snapshot: Snapshot, model: PublishedModel) -> float:
    """On the scale of `strength`; 0 where no board says anything of it.

    Of a model that no board knows that of the weakest with as many weights to the last one: it was made from that, or
    from the same base. A successor is no weaker than what it succeeds, of which more people have said what they think.
    """
    own = _low_end(snapshot, model) or _of_weights(snapshot).get(_weights(model), 0)
    return max((own, *(_low_end(snapshot, before) for before in _succeeded(snapshot).get(model.slug, ()))))


@per_snapshot
def _succeeded(snapshot: Snapshot) -> Mapping[str, list[PublishedModel]]:
    """The models that each succeeds, by its slug."""
    by_successor: dict[str, list[PublishedModel]] = {}
    for model in snapshot.models.values():
        if model.successor:
            by_successor.setdefault(model.successor, []).append(model)
    return by_successor


@per_snapshot
def _of_weights(snapshot: Snapshot) -> Mapping[Weights, float]:
    weakest: dict[Weights, float] = {}
    for model in snapshot.models.values():
        low_end = _low_end(snapshot, model)
        if low_end:
            weakest[_weights(model)] = min(low_end, weakest.get(_weights(model), low_end))
    return weakest


def _weights(model: PublishedModel) -> Weights:
    return model.spec.parameters, model.spec.active_parameters


def _low_end(snapshot: Snapshot, model: PublishedModel) -> float:
    estimate = strength(snapshot, model)
    return estimate.value - estimate.sd if estimate else 0
