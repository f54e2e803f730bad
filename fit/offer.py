"""What a GPU really offers to a model, in bytes: what a system lets it use, less what everything else takes.

The system and the display are the usual ones of the machine where they are not named (docs/usable-memory.md).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from fit.displays import TAKEN_MIB, Display
from fit.drivers import process_mib
from fit.gpu_memory import MemoryFacts
from fit.systems import System, systems
from fit.units import MIB


class Offer(NamedTuple):
    """Bytes for weights, cache and buffers. `approximate` where no reported figure is known.

    `with_desktop` says whether a desktop was taken off: of shared memory none is, for the system's part holds it.
    `reported_mib` is the total that was reported, None where none is known or the system is not the usual one.
    """

    total_bytes: int
    approximate: bool
    with_desktop: bool
    reported_mib: int | None
    system: System
    display: Display


@dataclass(frozen=True, kw_only=True)
class GpuMemory(MemoryFacts):
    """The memory of one GPU, with what it offers as it is usually run: worked out once."""

    @cached_property
    def systems(self) -> tuple[System, ...]:
        """The ways to set it up; the first is the usual one."""
        return systems(self)

    @cached_property
    def offer(self) -> Offer:
        """What it offers to a model, with its usual system and display."""
        return _offer(self, self.systems[0], usual_display(self), 0)


def offer(gpu: GpuMemory, *, system: System | None = None, display: Display | None = None, other_mib: int = 0) -> Offer:
    """What one GPU offers; what is not named is the usual of its kind.

    `other_mib` is what other programs hold of the memory, in MiB of the reader's own; ValueError where it is negative.
    A system with another limit than ours is `dataclasses.replace(system, total_mib=...)`.
    """
    if other_mib < 0:
        raise ValueError(f"other_mib must not be negative, and is {other_mib}")
    if system is None and display is None and not other_mib:
        return gpu.offer
    return _offer(gpu, system or gpu.systems[0], display or usual_display(gpu), other_mib)


def usual_display(gpu: MemoryFacts) -> Display:
    """A Linux desktop on cards that drive one: of Windows much less is known. Boards and shared memory have none."""
    return Display.DESKTOP if gpu.drives_display else Display.HEADLESS


def context_bytes(gpu: MemoryFacts) -> int:
    """Bytes that a process takes of a card besides the model: not in the offer, but in what a driver counts."""
    return int(process_mib(gpu) * MIB)


def _offer(gpu: GpuMemory, system: System, display: Display, other_mib: int) -> Offer:
    reported = gpu.reported_mib if system == gpu.systems[0] else None
    desktop_mib = _desktop_mib(gpu, display)
    left = system.total_mib - system.kept_mib - desktop_mib - other_mib
    return Offer(
        total_bytes=int(max(0, left) * MIB),
        approximate=reported is None,
        with_desktop=desktop_mib > 0,
        reported_mib=reported,
        system=system,
        display=display,
    )


def _desktop_mib(gpu: MemoryFacts, display: Display) -> int:
    """What a desktop takes; of shared memory nothing more, for the system's part holds it."""
    return 0 if gpu.unified_memory else TAKEN_MIB[display]
