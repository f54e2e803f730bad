"""Nothing that the site offers is negative, above its card, or other than its flags say."""

import pytest

from catalog.snapshot import Snapshot
from fit.allocation import Allocation
from fit.memory import Parts
from tests.truth.every_placement import Offered, every_placement


@pytest.fixture
def offered(snapshot: Snapshot) -> list[Offered]:
    """For every eighth number of bytes; `make truth` takes all."""
    return list(every_placement(snapshot, step=8))


def test_no_placement_of_the_catalog_has_a_fault(offered: list[Offered]) -> None:
    assert len(offered) > 15_000
    assert [(placed.model, placed.offers, placed.fault) for placed in offered if placed.fault] == []


def test_a_fault_is_named(offered: list[Offered]) -> None:
    allocation = offered[0].placement.allocation
    more = allocation.ram._replace(weights_bytes=allocation.ram.weights_bytes + 1)
    assert _with(offered[0], allocation._replace(ram=more)).fault == "its flags lead elsewhere"
    assert _with(offered[0], allocation._replace(ram=Parts(-1, 0, 0))).fault == "a part is negative"
    too_small = (allocation.cards[0].total_bytes - 1,)
    assert offered[0]._replace(offers=too_small).fault == "it is above what a card offers"


def _with(offered: Offered, allocation: Allocation) -> Offered:
    return offered._replace(placement=offered.placement._replace(allocation=allocation))
