"""What a GPU really offers to a model, in bytes: what the driver reports, less what everything else takes.

One rule a vendor, from reported totals (docs/usable-memory.md). MiB is 2^20 bytes.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from fit.units import GIB, MIB


class Reporter(Enum):
    """Who reported a total: the figures of one card differ between them."""

    CUDA = "cuda"
    NVIDIA_SMI = "nvidia-smi"
    ROCM = "rocm"
    LEVEL_ZERO = "level-zero"
    METAL = "metal"


# A desktop with its windows, on a card that drives a display.
DESKTOP_MIB = 600
# The context of a process: CUDA's, by the size of the card up to (GiB); ROCm's and Level Zero's.
CUDA_CONTEXT_MIB = ((17, 300), (33, 450), (float("inf"), 600))
OTHER_CONTEXT_MIB = 350
METAL_OVERHEAD_MIB = 100
# What the system keeps of unified memory that is not Apple's.
SYSTEM_MIB = 6 * 1024
# What the driver keeps of what nvidia-smi reports, where CUDA's own total is not known.
PASCAL_RESERVE_MIB, VOLTA_RESERVE_MIB, NVIDIA_RESERVE_MIB, LARGE_RESERVE_MIB = 90, 250, 450, 640
LARGE_GIB = 45
# Cards with HBM up to this size are of the Volta generation or before it.
VOLTA_GIB = 32
# Of a Radeon the driver keeps 16 MiB; of an Arc some stacks count 95% only.
RADEON_RESERVE_MIB = 16
ARC_SHARE = 0.95
# macOS 26's default working-set limit as a share of the memory, up to each size (GiB); larger machines get more.
METAL_SHARES = ((31, 0.74), (63, 0.78), (127, 0.81), (255, 0.84), (511, 0.87), (float("inf"), 0.906))


class Offer(NamedTuple):
    """Bytes for weights, cache and buffers. `approximate` where no reported figure is known."""

    total_bytes: int
    approximate: bool
    with_desktop: bool
    reported_mib: int | None


@dataclass(frozen=True, kw_only=True)
class GpuMemory:
    """The memory of one GPU: the number on the box, and the total that somebody reported.

    `reported_by` is a `Reporter`; `reported_mib` is None where nobody's total is known. `drives_display` says whether
    a card of its kind usually drives a desktop.
    """

    nameplate_gb: Decimal
    unified_memory: bool = False
    vendor: str = ""
    drives_display: bool = False
    speed_class: str = ""
    reported_mib: int | None = None
    reported_by: str = ""

    @cached_property
    def offer(self) -> Offer:
        """What it offers to a model."""
        taken_mib = _taken_mib(self) + (DESKTOP_MIB if self.drives_display and not self.unified_memory else 0)
        return Offer(
            total_bytes=int(max(0, _total_mib(self) - taken_mib) * MIB),
            approximate=self.reported_mib is None,
            with_desktop=self.drives_display,
            reported_mib=self.reported_mib,
        )


def offer(gpu: GpuMemory) -> Offer:
    """What one GPU offers."""
    return gpu.offer


def context_bytes(gpu: GpuMemory) -> int:
    """Bytes that a process takes of a card besides the model: not in the offer, but in what a driver counts."""
    return int(_taken_mib(gpu) * MIB)


def nameplate_gib(gpu: GpuMemory) -> float:
    """The number on the box as the GiB that it is."""
    return float(gpu.nameplate_gb)


def _total_mib(gpu: GpuMemory) -> float:
    """What a process may ask for in all, its own context included."""
    if gpu.reported_mib is not None:
        return gpu.reported_mib - (_driver_reserve_mib(gpu) if gpu.reported_by == Reporter.NVIDIA_SMI.value else 0)
    nameplate_mib = nameplate_gib(gpu) * GIB / MIB
    if gpu.vendor == "Apple":
        return nameplate_mib * _metal_share(gpu)
    if gpu.unified_memory:
        return nameplate_mib
    if gpu.vendor == "NVIDIA":
        return nameplate_mib - _driver_reserve_mib(gpu)
    return nameplate_mib * ARC_SHARE if gpu.vendor == "Intel" else nameplate_mib - RADEON_RESERVE_MIB


def _taken_mib(gpu: GpuMemory) -> float:
    """What a process cannot use of its total."""
    if gpu.vendor == "Apple":
        return METAL_OVERHEAD_MIB
    if gpu.unified_memory:
        return SYSTEM_MIB
    if gpu.vendor == "NVIDIA":
        return next(mib for up_to, mib in CUDA_CONTEXT_MIB if nameplate_gib(gpu) < up_to)
    return OTHER_CONTEXT_MIB


def _driver_reserve_mib(gpu: GpuMemory) -> int:
    if gpu.speed_class == "nvidia-pascal":
        return PASCAL_RESERVE_MIB
    if nameplate_gib(gpu) >= LARGE_GIB:
        return LARGE_RESERVE_MIB
    is_volta = gpu.speed_class == "nvidia-hbm" and nameplate_gib(gpu) <= VOLTA_GIB
    return VOLTA_RESERVE_MIB if is_volta else NVIDIA_RESERVE_MIB


def _metal_share(gpu: GpuMemory) -> float:
    return next(share for up_to, share in METAL_SHARES if nameplate_gib(gpu) < up_to)
