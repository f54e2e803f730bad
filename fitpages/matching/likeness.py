"""Which machines and which models are compared with one: of its kind and near in price, of its use and as strong."""

from collections.abc import Iterable
from decimal import Decimal
from math import log2

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.machine_kinds import machine_kind, machines_of
from fitpages.matching.popularity import common_machines, common_models, place
from fitpages.matching.prices import to_buy
from fitpages.matching.worth import worth
from fitpages.per_snapshot import per_snapshot

# So much weaker, or stronger, a model is as unlike another as one of twice its size.
WEAKER, STRONGER = 50, 150
# A strength or a price that is not known is taken to be as far as a doubling away.
NOT_KNOWN = 1.0
# Bandwidth counts for so much of what memory does, and the last place in popularity for so much of a doubling in size.
BESIDE = 0.5


@per_snapshot
def like_machines(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[PublishedGpu, ...]:
    """The others of its kind that people have, the nearest first: in price, in memory, then in bandwidth."""
    return _nearest(snapshot, gpu, machines_of(snapshot, machine_kind(gpu)))


@per_snapshot
def other_machines(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[PublishedGpu, ...]:
    """Common machines of other kinds, the nearest first."""
    return _nearest(
        snapshot, gpu, (other for other in common_machines(snapshot) if machine_kind(other) is not machine_kind(gpu))
    )


def _nearest(snapshot: Snapshot, gpu: PublishedGpu, machines: Iterable[PublishedGpu]) -> tuple[PublishedGpu, ...]:
    others = (other for other in machines if other is not gpu)
    return tuple(sorted(others, key=lambda other: (_machines_apart(snapshot, gpu, other), other.slug)))


def _machines_apart(snapshot: Snapshot, gpu: PublishedGpu, other: PublishedGpu) -> float:
    """In doublings."""
    prices = [to_buy(snapshot, machine) for machine in (gpu, other)]
    amounts = [cost.amount for cost in prices if cost]
    in_price = _doublings(*amounts) if len(amounts) == len(prices) else NOT_KNOWN
    in_memory = _doublings(gpu.spec.nameplate_gb, other.spec.nameplate_gb)
    return in_price + in_memory + BESIDE * _doublings(gpu.spec.bandwidth_gb_s, other.spec.bandwidth_gb_s)


@per_snapshot
def current_models(snapshot: Snapshot) -> tuple[PublishedModel, ...]:
    """Common models that no other common one has replaced, the most taken first."""
    common = common_models(snapshot)
    slugs = {model.slug for model in common}
    return tuple(model for model in common if model.successor not in slugs)


@per_snapshot
def like_models(snapshot: Snapshot, model: PublishedModel) -> tuple[PublishedModel, ...]:
    """Current ones: the one that replaced it, then those of its uses, the nearest in size and strength first."""
    replaced_by = heir(snapshot, model)
    others = (other for other in current_models(snapshot) if other is not model)
    return tuple(
        sorted(others, key=lambda other: (other is not replaced_by, *_models_apart(snapshot, model, other), other.slug))
    )


def heir(snapshot: Snapshot, model: PublishedModel) -> PublishedModel | None:
    """The common model at the end of those that replaced it one after the other; None where none did."""
    last, seen = model, {model.slug}
    while (following := snapshot.models.get(last.successor)) and following.common and following.slug not in seen:
        last = following
        seen.add(following.slug)
    return last if last is not model else None


def _models_apart(snapshot: Snapshot, model: PublishedModel, other: PublishedModel) -> tuple[bool, float]:
    in_size = _doublings(model.spec.parameters, other.spec.parameters)
    in_popularity = place(snapshot)[other.slug] / len(common_models(snapshot))
    shares_a_use = not set(model.uses).isdisjoint(other.uses)
    return not shares_a_use, in_size + _in_strength(snapshot, model, other) + BESIDE * in_popularity


def _in_strength(snapshot: Snapshot, model: PublishedModel, other: PublishedModel) -> float:
    own, of_other = worth(snapshot, model), worth(snapshot, other)
    if not (own and of_other):
        return NOT_KNOWN
    gained = of_other - own
    return gained / STRONGER if gained > 0 else -gained / WEAKER


def _doublings(first: Decimal | int, second: Decimal | int) -> float:
    return abs(log2(first / second))
