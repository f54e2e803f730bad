"""What people compare: a model on machines of its size, and current models on a machine. Lists are worked out once."""

import datetime
from collections.abc import Iterator

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.advice import advised_bytes
from fit.units import GIB
from fit.verdict import Kind
from fitpages.matching.answers import Answer, answer, candidates
from fitpages.matching.examples import MEMORY_SIZES_GB, fastest_of_size
from fitpages.matching.machines import wanted_card, wanted_mac
from fitpages.per_snapshot import per_snapshot

SHOWN = 6
# Of the sizes of memory that are sold, those below what a model takes, and those above.
BELOW, ABOVE = 2, 4
# A model that takes less than this part of a machine is not what it was bought for.
LEAST_SHARE = 0.25


@per_snapshot
def on_machines(snapshot: Snapshot, model: PublishedModel) -> tuple[Answer, ...]:
    """The model on the machines to want, and of the sizes around what it takes on the fastest common one; smallest
    first, one more than are shown beside another."""
    wanted = (wanted_card(snapshot, model), wanted_mac(snapshot, model))
    machines = {gpu.slug: gpu for gpu in (*wanted, *_of_sizes_around(snapshot, model)) if gpu}
    ordered = sorted(machines.values(), key=snapshot.common_gpus.index)
    return tuple(answer(snapshot, model, gpu) for gpu in ordered[: SHOWN + 1])


def _of_sizes_around(snapshot: Snapshot, model: PublishedModel) -> Iterator[PublishedGpu | None]:
    takes_gib = _takes(snapshot, model) / GIB
    below = [size for size in MEMORY_SIZES_GB if size < takes_gib][-BELOW:]
    above = [size for size in MEMORY_SIZES_GB if size >= takes_gib][:ABOVE]
    return (fastest_of_size(snapshot, size) for size in (*below, *above))


@per_snapshot
def models_on(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[Answer, ...]:
    """On the machine the newest model of each maker that fits at its default and fills a part of it, smaller ones fill
    up; one more than are shown beside another."""
    available = advised_bytes(gpu.spec)
    filling: dict[str, PublishedModel] = {}
    smaller: dict[str, PublishedModel] = {}
    for model in _newest(snapshot):
        takes = _takes(snapshot, model)
        if takes <= available:
            (filling if takes >= LEAST_SHARE * available else smaller).setdefault(model.vendor, model)
        if len(filling) > SHOWN:
            break
    shown = [*filling.values(), *(model for maker, model in smaller.items() if maker not in filling)]
    return tuple(answer(snapshot, model, gpu) for model in shown[: SHOWN + 1])


@per_snapshot
def _newest(snapshot: Snapshot) -> tuple[PublishedModel, ...]:
    """The models that can be counted, the newest first."""
    counted = (model for model in snapshot.models.values() if model.spec.memory)
    return tuple(sorted(counted, key=lambda model: (-_day(model), model.slug)))


def _day(model: PublishedModel) -> int:
    return (model.release_date or datetime.date.min).toordinal()


@per_snapshot
def _takes(snapshot: Snapshot, model: PublishedModel) -> int:
    """Bytes at the default with the shortest context that advice is for."""
    of_model = candidates(snapshot, model)
    return int(
        of_model.default.size_bytes if of_model.default.accounting is None else of_model.default.exact_bytes or 0
    )


def smaller_model(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> Answer | None:
    """The next smaller model of the family that is on the card at its default or better; None where none is."""
    available = advised_bytes(gpu.spec)
    for smaller in _smaller_of_family(snapshot, model):
        if _takes(snapshot, smaller) <= available:
            there = answer(snapshot, smaller, gpu)
            return there if there.verdict.kind is Kind.ON_CARD else None
    return None


@per_snapshot
def _smaller_of_family(snapshot: Snapshot, model: PublishedModel) -> tuple[PublishedModel, ...]:
    """Those that can be counted, the largest first."""
    size = model.spec.parameters
    family = (other for other in _newest(snapshot) if other.family == model.family and other.spec.parameters < size)
    return tuple(sorted(family, key=lambda other: (-other.spec.parameters, len(other.slug))))
