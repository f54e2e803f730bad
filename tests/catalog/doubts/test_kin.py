"""A figure without a partner in its row is held against the cards most like it."""

from typing import Any

import pytest

from catalog.doubts import kin
from tests.catalog.doubts.beside import card, checks, others

NEAR = [card(name=f"Near {w}", slug=f"near-{w}", pk=w, power_w=w) for w in (400, 420, 440, 450, 460, 480)]
FAR = [card(slug="far", pk=1, power_w=20, memory_gb=2, bandwidth_gb_s="30", fp32_tflops="1", segment="laptop")]
OTHERS = others(gpus=[*FAR, *NEAR])


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({"power_w": 450}, []),
        ({"power_w": 1_200}, []),
        ({"power_w": 1_201}, ["power_w_of_similar_cards"]),
        ({"power_w": 45}, ["power_w_of_similar_cards"]),
        ({"launch_price_usd": "15990"}, ["launch_price_usd_of_similar_cards"]),
        ({"fp32_tflops": "8.26"}, ["fp32_tflops_of_similar_cards"]),
        ({"power_w": None}, []),
        ({"power_w": 4_500, "unified_memory": True}, []),
    ],
)
def test_beyond_two_and_a_half_times_what_the_six_nearest_have_is_asked_about(
    values: dict[str, Any], asked: list[str]
) -> None:
    assert checks(kin.doubts(card(**values), OTHERS)) == asked


def test_the_nearest_are_named_with_what_they_have() -> None:
    (doubt,) = kin.doubts(card(power_w=4_500), OTHERS)
    assert doubt.says.startswith(
        "Power is 4,500 W, but the cards most like it (Near 400, Near 420, Near 440 and so on)"
    )
    assert "have 400 W to 480 W." in doubt.says


def test_a_few_cards_are_no_yardstick() -> None:
    assert checks(kin.doubts(card(power_w=4_500), others(gpus=NEAR[:2]))) == []
