"""What a record says of the memory of one GPU. MiB is 2^20 bytes; a nameplate of 24 GB is 24 GiB."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

MIB_IN_GIB = 1024


class Reporter(Enum):
    """Who reported a total: the figures of one card differ between them."""

    CUDA = "cuda"
    NVIDIA_SMI = "nvidia-smi"
    ROCM = "rocm"
    LEVEL_ZERO = "level-zero"
    METAL = "metal"


class Ecc(Enum):
    """How a card usually runs whose error correction, when it is on, is kept in the memory itself.

    NONE also stands for a card whose error correction takes nothing: memory of its own for it (HBM), or GDDR7.
    """

    NONE = ""
    ON = "on"
    OFF = "off"


class ShipsWith(Enum):
    """The system a machine with shared memory comes with, where it is not the usual one of its kind."""

    USUAL = ""
    WINDOWS = "windows"


@dataclass(frozen=True, kw_only=True)
class MemoryFacts:
    """The memory of one GPU: the number on the box, and the total that somebody reported.

    `reported_mib` is the total of the usual system of its kind (fit/systems.py), None where nobody's is known, and
    `reported_by` a `Reporter`. `drives_display` says whether a card of its kind usually drives a desktop. `ecc` is an
    `Ecc` and `ships_with` a `ShipsWith`. `carve_out_gb` is the most that the BIOS or the vendor's software can set
    apart for the GPU of a machine with shared memory; None where that is not known.
    """

    nameplate_gb: Decimal
    unified_memory: bool = False
    vendor: str = ""
    drives_display: bool = False
    speed_class: str = ""
    reported_mib: int | None = None
    reported_by: str = ""
    ecc: str = ""
    ships_with: str = ""
    carve_out_gb: Decimal | None = None


def nameplate_gib(gpu: MemoryFacts) -> float:
    """The number on the box as the GiB that it is."""
    return float(gpu.nameplate_gb)


def nameplate_mib(gpu: MemoryFacts) -> float:
    """The number on the box in MiB."""
    return nameplate_gib(gpu) * MIB_IN_GIB
