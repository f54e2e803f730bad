"""The computer that holds what a card does not, at every boundary. GiB is 2^30 bytes."""

import pytest

from fit.computer import SIZES_GIB, computer_gib, left_bytes
from fit.units import GIB

# By hand: a quarter of the RAM is the system's, and 6 GiB from 24 GiB on.
LEFT_GIB = {8: 6, 16: 12, 32: 26, 48: 42, 64: 58, 96: 90, 128: 122, 192: 186, 256: 250}


@pytest.mark.parametrize(("size", "left"), LEFT_GIB.items())
def test_the_system_keeps_a_quarter_and_never_more_than_6_gib(size: int, left: int) -> None:
    assert left_bytes(size) == left * GIB


def test_every_size_is_among_those_counted_by_hand() -> None:
    assert tuple(LEFT_GIB) == SIZES_GIB


@pytest.mark.parametrize(("size", "left"), LEFT_GIB.items())
def test_what_the_system_leaves_is_held_to_the_byte(size: int, left: int) -> None:
    larger = next((other for other in LEFT_GIB if other > size), None)
    assert computer_gib(left * GIB) == size
    assert computer_gib(left * GIB - 1) == size
    assert computer_gib(left * GIB + 1) == larger


def test_the_smallest_computer_holds_the_least_and_none_holds_the_most() -> None:
    assert computer_gib(0) == 8
    assert computer_gib(256 * GIB) is None
