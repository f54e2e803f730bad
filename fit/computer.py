"""The computers that hold what a card does not: usual sizes of RAM, and what the system keeps of each. GiB is 2^30."""

from bisect import bisect_left

from fit.systems import SYSTEM_MIB, SYSTEM_SHARE
from fit.units import GIB, MIB

# As RAM is sold; more than the last takes a workstation or a server.
SIZES_GIB = (8, 16, 32, 48, 64, 96, 128, 192, 256)


def computer_gib(ram_bytes: int) -> int | None:
    """The smallest computer that has so much RAM beside what its system keeps; None where the largest has not."""
    place = bisect_left(_LEFT, ram_bytes)
    return SIZES_GIB[place] if place < len(SIZES_GIB) else None


def left_bytes(size_gib: int) -> int:
    """What the system leaves of the RAM."""
    return size_gib * GIB - int(min(SYSTEM_MIB * MIB, SYSTEM_SHARE * size_gib * GIB))


_LEFT = tuple(left_bytes(size) for size in SIZES_GIB)
