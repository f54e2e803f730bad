"""A model with a chosen context: the best level that a card holds it at, to the byte, on two cards, and with RAM."""

from decimal import Decimal

import pytest

from fit import at_context
from fit.candidates import Candidates
from fit.specs import GpuSpec, QuantSpec
from fit.verdict import LEAST_WITH_RAM_TOKENS_S, Kind, assess
from tests.builders import gpu_spec
from tests.fit.pairs import DEEP, HEAVY, Q4_K_M, Q5_K_M, Q6_K, SPARSE, candidates, taken

CARD = gpu_spec(speed_class="nvidia-gddr")
K16 = 16384


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """What every card leaves, in bytes."""
    left = {"bytes": 0}
    monkeypatch.setattr(at_context, "advised_bytes", lambda gpu: left["bytes"])
    return left


def levels(asked: Candidates, context: int, cards: int = 1, gpu: GpuSpec = CARD) -> list[QuantSpec]:
    return [verdict.quant for verdict in at_context.on_cards(asked, gpu, context, cards)]


def test_levels_from_the_best_to_the_default_are_those_that_fit_to_the_byte(left: dict[str, int]) -> None:
    asked = candidates(HEAVY)
    left["bytes"] = taken(asked, Q6_K, K16)
    assert levels(asked, K16) == [Q6_K, Q5_K_M, Q4_K_M]
    left["bytes"] -= 1
    assert levels(asked, K16) == [Q5_K_M, Q4_K_M]
    left["bytes"] = taken(asked, Q4_K_M, K16) - 1
    assert levels(asked, K16) == []


def test_what_is_said_of_a_level_is_what_the_pair_would_say(left: dict[str, int]) -> None:
    asked = candidates(HEAVY)
    left["bytes"] = taken(asked, Q6_K, K16)
    (first, *_) = at_context.on_cards(asked, CARD, K16)
    of_pair = assess(asked, CARD, left["bytes"])
    assert (of_pair.quant, of_pair.context) == (Q6_K, K16)
    assert (first.kind, first.takes_bytes, first.speed) == (Kind.ON_CARD, of_pair.takes_bytes, of_pair.speed)


def test_a_context_beyond_what_the_model_takes_is_held_by_nothing(left: dict[str, int]) -> None:
    left["bytes"] = 10**12
    assert levels(candidates(HEAVY), 32768)
    assert levels(candidates(HEAVY), 32769) == []
    assert at_context.with_ram(candidates(SPARSE), CARD, 32769) is None


def test_two_cards_hold_what_one_does_not_and_take_longer_for_a_token_than_one_would(left: dict[str, int]) -> None:
    asked = candidates(HEAVY)
    left["bytes"] = int(taken(asked, Q4_K_M, K16) * 0.75)
    assert levels(asked, K16) == []
    assert Q4_K_M in levels(asked, K16, cards=2)
    left["bytes"] = taken(asked, Q6_K, K16)
    one, two = (next(at_context.on_cards(asked, CARD, K16, cards)) for cards in (1, 2))
    assert one.speed
    assert two.speed
    assert one.speed.tokens_s > two.speed.tokens_s
    assert two.available_bytes == 2 * one.available_bytes


def test_what_is_too_slow_to_be_of_use_is_left_out(left: dict[str, int]) -> None:
    left["bytes"] = 10**12
    slow = gpu_spec(speed_class="nvidia-gddr", bandwidth_gb_s=Decimal("0.05"))
    assert levels(candidates(HEAVY), K16, gpu=slow) == []


def test_with_ram_the_default_level_is_spoken_of_where_it_is_fast_enough(left: dict[str, int]) -> None:
    asked = candidates(SPARSE)
    left["bytes"] = taken(asked, Q4_K_M, K16) - 1
    verdict = at_context.with_ram(asked, CARD, K16)
    assert verdict
    assert (verdict.kind, verdict.quant, verdict.context) == (Kind.WITH_RAM, Q4_K_M, K16)
    assert verdict.speed
    assert verdict.speed.tokens_s >= LEAST_WITH_RAM_TOKENS_S
    assert verdict.offload
    pool = gpu_spec(speed_class="nvidia-gddr", unified_memory=True)
    assert at_context.with_ram(asked, pool, K16) is None
    left["bytes"] = 1
    assert at_context.with_ram(candidates(DEEP), CARD, K16) is None
