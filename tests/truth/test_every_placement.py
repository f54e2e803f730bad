"""Nothing that the site offers is negative, above its card, or other than its flags say."""

import pytest

from catalog.snapshot import Snapshot
from fit import placement
from fit.allocation import Allocation
from fit.kv_cache import CacheType
from fit.memory import CONTEXT_STEP, Parts
from tests.truth.every_placement import LONGEST, SETTINGS, Offered, every_placement


@pytest.fixture
def offered(snapshot: Snapshot) -> list[Offered]:
    """For a sample of the numbers of bytes; `make truth` takes more."""
    return list(every_placement(snapshot, step=32))


def test_no_placement_of_the_catalog_has_a_fault(offered: list[Offered]) -> None:
    assert len(offered) > 15_000
    assert [(placed.model, placed.offers, placed.fault) for placed in offered if placed.fault] == []
    assert {placed.cache_type for placed in offered} == {CacheType.F16, CacheType.Q8_0}
    assert {8192, 32768} < {placed.context for placed in offered}
    assert {len(placed.offers) for placed in offered} == {1, 2, 3, 4}
    assert any(placed.offers[0] > placed.offers[-1] for placed in offered)
    assert len({placed.accounting.weights_bytes for placed in offered if placed.model == "llama-3-1-8b"}) == 3


def test_the_longest_that_a_split_holds_is_split_and_a_step_more_is_not(snapshot: Snapshot) -> None:
    longest = [setting for setting in SETTINGS if setting.context == LONGEST]
    checked = 0
    for placed in every_placement(snapshot, step=128, settings=longest):
        if len(placed.offers) > 1 and placed.context < placed.accounting.context_limit - CONTEXT_STEP:
            more = placed.context + CONTEXT_STEP
            assert placement.split(placed.accounting, placed.offers, more, placed.cache_type) is None
            checked += 1
    assert checked > 100


def test_a_fault_is_named(snapshot: Snapshot) -> None:
    placed = next(every_placement(snapshot, step=64))
    allocation = placed.placement.allocation
    more = allocation.ram._replace(weights_bytes=allocation.ram.weights_bytes + 1)
    assert _with(placed, allocation._replace(ram=more)).fault == "its flags lead elsewhere"
    assert _with(placed, allocation._replace(ram=Parts(-1, 0, 0))).fault == "a part is negative"
    too_small = tuple(card.total_bytes - 1 for card in allocation.cards)
    assert placed._replace(offers=too_small).fault == "it is above what a card offers"


def _with(offered: Offered, allocation: Allocation) -> Offered:
    return offered._replace(placement=offered.placement._replace(allocation=allocation))
