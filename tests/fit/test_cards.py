"""The card to want: the smallest that holds a model."""

from decimal import Decimal

import pytest

from fit.cards import card_to_want, preference
from fit.specs import GpuSpec, ModelSpec
from tests.builders import gpu_spec, model_spec, quant_spec

# On 22.8 usable GB 19e9 parameters at a byte need exactly that.
A_BYTE_A_WEIGHT = quant_spec(slug="one", bytes_per_weight=Decimal(1))

SMALL = gpu_spec(slug="small", nameplate_gb=Decimal(8), bandwidth_gb_s=Decimal(9000))
HUMBLE = gpu_spec(slug="humble", nameplate_gb=Decimal(24), bandwidth_gb_s=Decimal(300))
FAST = gpu_spec(slug="fast", nameplate_gb=Decimal(24), bandwidth_gb_s=Decimal(1008))
TWIN = gpu_spec(slug="twin", nameplate_gb=Decimal(24), bandwidth_gb_s=Decimal(1008))
LARGE = gpu_spec(slug="large", nameplate_gb=Decimal(80), bandwidth_gb_s=Decimal(100))
CARDS = (LARGE, TWIN, FAST, HUMBLE, SMALL)


def wanted(model: ModelSpec, *cards: GpuSpec) -> GpuSpec | None:
    return card_to_want(model, A_BYTE_A_WEIGHT, sorted(cards, key=preference))


@pytest.mark.parametrize(
    ("parameters", "cards", "card"),
    [
        (1_000_000_000, CARDS, SMALL),
        (19_000_000_000, CARDS, HUMBLE),
        (19_000_000_000, (LARGE, TWIN, FAST), FAST),
        (19_000_000_001, CARDS, LARGE),
        (63_333_333_333, CARDS, LARGE),
        (63_333_333_334, CARDS, None),
        (1_000_000_000, (), None),
    ],
    ids=[
        "the least memory, however fast",
        "of equal memory the least bandwidth",
        "of equals in both the first by slug",
        "one weight over: the next size",
        "the largest just",
        "none holds it",
        "no cards",
    ],
)
def test_the_card_to_want_has_the_least_memory_that_holds_the_model_and_of_equals_the_least_bandwidth(
    parameters: int, cards: tuple[GpuSpec, ...], card: GpuSpec | None
) -> None:
    assert wanted(model_spec(parameters=parameters), *cards) is card


def test_unified_memory_is_wanted_by_its_nameplate_but_only_if_its_smaller_share_holds_the_model() -> None:
    unified = gpu_spec(slug="unified", nameplate_gb=Decimal(20), unified_memory=True)
    assert wanted(model_spec(parameters=12_000_000_000), unified, FAST) is unified
    assert wanted(model_spec(parameters=12_000_000_001), unified, FAST) is FAST
