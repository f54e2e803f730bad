"""What machines were seen to leave, and that none leaves more than is on its box."""

import pytest

from fit.displays import Display
from fit.gpu_memory import nameplate_mib
from fit.offer import offer
from fit.units import MIB
from tests.truth.desk import Desk
from tests.truth.offer_rows import SEEN, Seen, difference, table

# Nearly every row is exact; Jetsons and totals that differ between two programs are within this.
NEAR = 0.035


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: f"{seen[0]} {seen[1]} {seen[4]}")
def test_a_machine_leaves_what_was_seen(desk: Desk, seen: Seen) -> None:
    assert abs(difference(desk, seen)) <= NEAR


def test_half_of_the_rows_are_within_half_a_percent(desk: Desk) -> None:
    assert sorted(abs(difference(desk, seen)) for seen in SEEN)[len(SEEN) // 2] < 0.005, table(desk)


def test_no_machine_of_the_catalog_leaves_more_than_is_on_its_box(desk: Desk) -> None:
    counted = 0
    for slug in desk.gpu_slugs:
        gpu = desk.gpu(slug)
        for system in gpu.systems:
            left = offer(gpu, system=system, display=Display.HEADLESS).total_bytes
            assert 0 < left < nameplate_mib(gpu) * MIB, (slug, system.key)
            counted += 1
    assert counted > len(desk.gpu_slugs)


def test_a_display_never_leaves_more_on_any_machine_of_the_catalog(desk: Desk) -> None:
    for slug in desk.gpu_slugs:
        gpu = desk.gpu(slug)
        for system in gpu.systems:
            left = [offer(gpu, system=system, display=display).total_bytes for display in Display]
            assert left == sorted(left, reverse=True), (slug, system.key)
