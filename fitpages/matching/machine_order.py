"""In which order machines are listed: those that people have first."""

from catalog.models import Gpu
from catalog.snapshot import PublishedGpu, Snapshot
from fit.cards import preference
from fitpages.per_snapshot import per_snapshot

# What most computers have today, in GiB: of systems on a chip that differ in nothing else it comes first.
USUAL_RAM = 32

Order = tuple[object, ...]


def order(gpu: PublishedGpu) -> Order:
    """First the example of each class of memory, the smallest first; then common machines, what is rented after what
    people buy; then the newest.
    """
    released = gpu.release_date.toordinal() if gpu.release_date else 0
    is_chip = gpu.segment == Gpu.Segment.APU
    return (
        not gpu.class_example,
        not gpu.common,
        gpu.segment == Gpu.Segment.DATACENTER,
        gpu.spec.nameplate_gb if gpu.class_example else 0,
        abs(gpu.spec.nameplate_gb - USUAL_RAM) if is_chip else 0,
        -released,
        -gpu.spec.bandwidth_gb_s if is_chip else 0,
        preference(gpu.spec),
    )


@per_snapshot
def in_order(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """All machines in that order."""
    return tuple(sorted(snapshot.gpus.values(), key=order))
