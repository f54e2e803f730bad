"""Which kind of machine a reader has, and the machines of a kind that people own or rent."""

from enum import StrEnum

from catalog.models import Gpu
from catalog.snapshot import PublishedGpu, Snapshot
from fitpages.matching.popularity import common_machines
from fitpages.per_snapshot import per_snapshot

# The speed class of a computer without a GPU.
PLAIN = "cpu"


class MachineKind(StrEnum):
    """A card goes into a computer that one has, all others are bought whole or rented."""

    CARD = "Cards"
    LAPTOP = "Laptops"
    MAC = "Macs"
    BOX = "Small boxes"
    SERVER = "Servers"
    NO_GPU = "No GPU"


_OF_SEGMENT = {
    Gpu.Segment.LAPTOP: MachineKind.LAPTOP,
    Gpu.Segment.APPLE: MachineKind.MAC,
    Gpu.Segment.APU: MachineKind.BOX,
    Gpu.Segment.DATACENTER: MachineKind.SERVER,
}


def machine_kind(gpu: PublishedGpu) -> MachineKind:
    """Workstation cards are cards, for people put them into the same computers."""
    if is_plain(gpu):
        return MachineKind.NO_GPU
    return _OF_SEGMENT.get(Gpu.Segment(gpu.segment), MachineKind.CARD)


def is_plain(gpu: PublishedGpu) -> bool:
    """Whether it is a computer without a GPU."""
    return gpu.spec.speed_class == PLAIN


@per_snapshot
def machines_of(snapshot: Snapshot, kind: MachineKind) -> tuple[PublishedGpu, ...]:
    """Common machines of a kind, in order of preference; computers without a GPU are nobody's choice, and all count."""
    if kind is MachineKind.NO_GPU:
        return plain_computers(snapshot)
    return tuple(gpu for gpu in common_machines(snapshot) if machine_kind(gpu) is kind)


@per_snapshot
def plain_computers(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """Computers without a GPU, the smallest first; of equals the slowest."""
    plain = (gpu for gpu in snapshot.gpus.values() if is_plain(gpu))
    return tuple(sorted(plain, key=lambda gpu: (gpu.spec.nameplate_gb, gpu.spec.bandwidth_gb_s, gpu.slug)))


def is_had(gpu: PublishedGpu) -> bool:
    """Whether people have it: a common machine, or a computer without a GPU."""
    return gpu.common or is_plain(gpu)
