"""The rule of thumb, by the figures that the site was founded on and by what must hold for every pair."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit import rule_of_thumb
from fit.units import GB
from tests.builders import DEFAULT, QUANTS, gpu_spec, model_spec, quant_spec

FOUNDING_MODEL = model_spec(parameters=72_706_203_648)
MIXTURE = model_spec(parameters=46_700_000_000, active_parameters=12_900_000_000, mixture_of_experts=True)
Q6_K = QUANTS[2]

parameters = st.integers(1, 3 * 10**12)
memory_gb = st.decimals("0.5", "2000", places=2)
bytes_per_weight = st.decimals("0.05", "4", places=3)
shares = st.decimals("0.01", "1", places=3)


def in_gb(size_bytes: Decimal, places: str = "0.1") -> Decimal:
    return (size_bytes / GB).quantize(Decimal(places))


@pytest.mark.parametrize(
    ("per_weight", "need_gb"),
    [("2.00", "174.5"), ("1.06", "92.5"), ("0.82", "71.5"), ("0.69", "60.2"), ("0.56", "48.9"), ("0.43", "37.5")],
)
def test_the_founding_model_needs_what_the_founding_table_says(per_weight: str, need_gb: str) -> None:
    need = rule_of_thumb.need_bytes(FOUNDING_MODEL, quant_spec(bytes_per_weight=Decimal(per_weight)))
    assert in_gb(need) == Decimal(need_gb)


def test_the_need_is_exact_to_the_byte() -> None:
    assert rule_of_thumb.need_bytes(FOUNDING_MODEL, DEFAULT) == Decimal("48858568851.456")


@pytest.mark.parametrize(
    ("gpu", "usable_gb"),
    [
        ({"nameplate_gb": Decimal(24)}, "22.8"),
        ({"nameplate_gb": Decimal(192), "unified_memory": True}, "138.24"),
        ({"nameplate_gb": Decimal(24), "usable_share": Decimal("0.9")}, "21.6"),
        ({"nameplate_gb": Decimal(192), "unified_memory": True, "usable_share": Decimal("0.75")}, "144"),
        ({"nameplate_gb": Decimal(24), "usable_share": Decimal(1)}, "24"),
    ],
    ids=["a card: 95%", "unified: 72%", "a card's own share", "a unified machine's own share", "all of it"],
)
def test_usable_is_a_share_of_the_nameplate_and_a_gpus_own_share_wins(gpu: dict[str, Any], usable_gb: str) -> None:
    assert rule_of_thumb.usable_bytes(gpu_spec(**gpu)) == Decimal(usable_gb) * GB


def test_an_8b_model_at_q6_k_on_a_card_with_1008_gb_s_needs_7_9_gb_at_130_tokens_per_second() -> None:
    assert in_gb(rule_of_thumb.need_bytes(model_spec(), Q6_K)) == Decimal("7.9")
    ceiling = rule_of_thumb.ceiling_tokens_s(model_spec(), Q6_K, gpu_spec())
    assert ceiling is not None
    assert round(ceiling) == 130


def test_a_mixture_needs_memory_for_all_its_experts_and_time_for_the_active_ones() -> None:
    gpu = gpu_spec(nameplate_gb=Decimal(40), bandwidth_gb_s=Decimal(1555))
    assert in_gb(rule_of_thumb.need_bytes(MIXTURE, DEFAULT)) == Decimal("31.4")
    assert rule_of_thumb.fits(MIXTURE, DEFAULT, gpu)
    ceiling = rule_of_thumb.ceiling_tokens_s(MIXTURE, DEFAULT, gpu)
    assert ceiling is not None
    assert round(ceiling) == 183


def test_a_mixture_whose_active_part_is_unknown_has_a_need_but_no_speed() -> None:
    mixture = model_spec(mixture_of_experts=True, active_parameters=None)
    assert rule_of_thumb.ceiling_tokens_s(mixture, DEFAULT, gpu_spec()) is None
    assert rule_of_thumb.need_bytes(mixture, DEFAULT) == rule_of_thumb.need_bytes(model_spec(), DEFAULT)


def test_the_ceiling_is_85_percent_of_the_bandwidth_over_the_bytes_read_per_token() -> None:
    model, quant = model_spec(parameters=10**9), quant_spec(bytes_per_weight=Decimal(1))
    assert rule_of_thumb.ceiling_tokens_s(model, quant, gpu_spec(bandwidth_gb_s=Decimal(100))) == 85


# 0.95 x 24 GB = 22,800,000,000 bytes = 19,000,000,000 x 1 x 1.2; and with a tenth of a byte for a weight,
# 190,000,000,000 x 0.1 x 1.2 is the same, one weight being 0.12 bytes.
@pytest.mark.parametrize(
    ("count", "per_weight", "fits"),
    [
        (18_999_999_999, "1", True),
        (19_000_000_000, "1", True),
        (19_000_000_001, "1", False),
        (189_999_999_999, "0.1", True),
        (190_000_000_000, "0.1", True),
        (190_000_000_001, "0.1", False),
    ],
    ids=["just", "exactly", "too large", "just, in fractions", "exactly, in fractions", "too large by 0.12 bytes"],
)
def test_exactly_as_much_as_is_usable_fits_and_the_least_more_does_not(count: int, per_weight: str, fits: bool) -> None:
    quant = quant_spec(bytes_per_weight=Decimal(per_weight))
    assert rule_of_thumb.fits(model_spec(parameters=count), quant, gpu_spec()) is fits


@pytest.mark.parametrize(
    ("nameplate", "fits"),
    [("22.800000001", True), ("22.8", True), ("22.799999999", False)],
    ids=["one byte to spare", "exactly", "one byte over"],
)
def test_the_verdict_is_taken_to_the_byte(nameplate: str, fits: bool) -> None:
    model, quant = model_spec(parameters=19_000_000_000), quant_spec(bytes_per_weight=Decimal(1))
    gpu = gpu_spec(nameplate_gb=Decimal(nameplate), usable_share=Decimal(1))
    assert rule_of_thumb.fits(model, quant, gpu) is fits


@given(parameters, bytes_per_weight, memory_gb, st.decimals("0", "500", places=2), st.booleans())
def test_more_memory_never_turns_yes_into_no(
    count: int, per_weight: Decimal, memory: Decimal, more: Decimal, unified: bool
) -> None:
    model, quant = model_spec(parameters=count), quant_spec(bytes_per_weight=per_weight)
    smaller = gpu_spec(nameplate_gb=memory, unified_memory=unified)
    larger = gpu_spec(nameplate_gb=memory + more, unified_memory=unified)
    assert rule_of_thumb.fits(model, quant, smaller) <= rule_of_thumb.fits(model, quant, larger)


@given(parameters, bytes_per_weight, bytes_per_weight)
def test_fewer_bytes_per_weight_never_need_more(count: int, first: Decimal, second: Decimal) -> None:
    fewer, more = sorted((first, second))
    model = model_spec(parameters=count)
    need = rule_of_thumb.need_bytes(model, quant_spec(bytes_per_weight=fewer))
    assert need <= rule_of_thumb.need_bytes(model, quant_spec(bytes_per_weight=more))


@given(parameters, memory_gb)
def test_whatever_fits_unified_memory_fits_a_card_with_as_much(count: int, memory: Decimal) -> None:
    model = model_spec(parameters=count)
    unified, card = gpu_spec(nameplate_gb=memory, unified_memory=True), gpu_spec(nameplate_gb=memory)
    assert rule_of_thumb.fits(model, DEFAULT, unified) <= rule_of_thumb.fits(model, DEFAULT, card)


@pytest.mark.parametrize(("cards", "memory_gb"), [(1, 24), (2, 48), (64, 1536)])
def test_several_cards_add_their_memory_up(cards: int, memory_gb: int) -> None:
    gpu, alone = gpu_spec(), gpu_spec(nameplate_gb=Decimal(memory_gb))
    assert rule_of_thumb.usable_bytes(gpu, cards) == rule_of_thumb.usable_bytes(alone)


def test_what_one_card_does_not_hold_fits_two() -> None:
    model = model_spec(parameters=20_000_000_000)
    assert [rule_of_thumb.fits(model, QUANTS[0], gpu_spec(), cards) for cards in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize("cards", [0, -1])
def test_fewer_than_one_card_is_refused(cards: int) -> None:
    with pytest.raises(ValueError, match=f"^cards must be at least 1, not {cards}$"):
        rule_of_thumb.usable_bytes(gpu_spec(), cards)
