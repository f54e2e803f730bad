"""A model is asked by hundreds of cards: levels are sized when they are asked for, and each once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.architecture import Architecture
from fit.candidates import MOST_PLACES, Candidates
from fit.model_memory import ModelMemory
from tests.fit.pairs import DEEP, HEAVY, Q3_K_M, Q4_K_M, Q4_K_S, Q6_K, SPARSE, accounting_of, candidates, taken

K8 = 8192
ASKED = {name: candidates(of) for name, of in {"heavy": HEAVY, "sparse": SPARSE, "deep": DEEP}.items()}


@given(st.sampled_from(sorted(ASKED)), st.floats(0, 2))
def test_a_card_holds_the_model_where_some_level_is_advised(name: str, share: float) -> None:
    asked = ASKED[name]
    available = int(share * taken(asked, Q6_K, K8))
    fits = any(level.least_bytes <= available for level in asked.worthy)
    assert asked.holds(available) == fits == bool(list(asked.advised(available)))


@pytest.mark.parametrize("of", [HEAVY, SPARSE, DEEP])
def test_it_holds_the_smallest_level_to_the_byte(of: Architecture) -> None:
    asked = candidates(of)
    assert asked.smallest
    assert asked.smallest.least_bytes == min(level.least_bytes for level in asked.worthy)
    assert asked.holds(asked.smallest.least_bytes)
    assert not asked.holds(asked.smallest.least_bytes - 1)


def test_the_best_below_is_the_first_that_fits() -> None:
    asked = candidates(HEAVY)
    assert asked.below
    for level in asked.below:
        best = asked.best_below(level.least_bytes)
        assert best
        assert asked.below.index(best) <= asked.below.index(level)
    assert asked.smallest_below
    assert asked.best_below(asked.smallest_below.least_bytes - 1) is None


@pytest.fixture
def sized(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The mixes that were sized, in turn."""
    mixes: list[str] = []
    slow = ModelMemory.sizes

    def spied(memory: ModelMemory, mix: str, *rest: object) -> tuple[int, ...] | None:
        mixes.append(mix)
        return slow(memory, mix, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(ModelMemory, "sizes", spied)
    return mixes


def first_advised(asked: Candidates, available_bytes: int) -> str:
    return next(asked.advised(available_bytes)).quant.mix


def test_where_the_best_level_fits_no_other_is_sized(sized: list[str]) -> None:
    asked = candidates(HEAVY)
    assert first_advised(asked, 10**13) == Q6_K.mix
    assert set(sized) <= {Q6_K.mix, asked.levels.default.mix}


def test_a_level_is_sized_once(sized: list[str]) -> None:
    asked = candidates(HEAVY)
    for available in (10**13, taken(asked, Q3_K_M, K8), 10**13):
        assert first_advised(asked, available)
    assert len(sized) == len(set(sized)) > 2


def test_of_a_card_far_too_small_nothing_is_sized(sized: list[str]) -> None:
    asked = candidates(HEAVY)
    assert asked.default.accounting
    available = asked.default.accounting.weights_bytes // 3
    assert not asked.holds(available)
    assert list(asked.advised(available)) == []
    assert sized == []


def test_a_file_that_is_smaller_than_the_last_level_is_enough() -> None:
    last = accounting_of(candidates(HEAVY), Q3_K_M).weights.file_bytes
    asked = candidates(HEAVY, files={"q4-k-s": last * 9 // 10})
    least = taken(asked, Q4_K_S, K8)
    assert least < taken(asked, Q3_K_M, K8)
    assert asked.smallest
    assert asked.smallest.quant is Q4_K_S
    assert asked.holds(least)
    assert not asked.holds(least - 1)


def test_ways_into_ram_are_kept_for_a_page_and_not_for_every_card() -> None:
    asked = candidates(HEAVY)
    least = asked.need(Q4_K_M).exact_bytes or 0
    first = asked.offloads(Q4_K_M, least - 10**6, 8192)
    assert first
    assert asked.offloads(Q4_K_M, least - 10**6, 8192) is first
    for fewer in range(2, 200):
        asked.offloads(Q4_K_M, least - fewer * 10**6, 8192)
    assert 0 < len(asked._ways) <= MOST_PLACES
    assert asked.offloads(Q4_K_M, least - 10**6, 8192) == first
