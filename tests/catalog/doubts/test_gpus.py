"""Arithmetic, class, capability and release of a card are held against cards of the same architecture."""

import datetime
from typing import Any

import pytest

from catalog.doubts import gpus
from tests.catalog.doubts.beside import card, checks, others

RELEASED = datetime.date(2023, 4, 13)
LIKE = [
    card(name=f"Like {number}", slug=f"like-{number}", pk=number, gpu_cores=16_384, release_date=RELEASED)
    for number in range(1, 4)
]
OTHERS = others(gpus=LIKE)


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"fp16_tensor_tflops": "230.4"}, "fp16_by_fp32"),
        ({"fp16_tensor_tflops": "3304"}, "fp16_by_fp32"),
        ({"gpu_cores": 1_638}, "fp32_by_cores"),
        ({"speed_class": "apple"}, "class_of_architecture"),
        ({"compute_capability": "9.9"}, "capability_of_architecture"),
        ({"release_date": datetime.date(2013, 4, 13)}, "release_of_architecture"),
        ({"release_date": datetime.date(2099, 4, 13)}, "date_to_come"),
        ({"power_w": 4_500}, "power_w_of_similar_cards"),
    ],
)
def test_a_slip_is_asked_about(values: dict[str, Any], check: str) -> None:
    assert check in checks(gpus.doubts(card(**values), OTHERS))


@pytest.mark.parametrize(
    "values", [{}, {"release_date": RELEASED}, {"fp16_tensor_tflops": None}, {"gpu_cores": 16_000}]
)
def test_what_agrees_is_not(values: dict[str, Any]) -> None:
    assert checks(gpus.doubts(card(**values), OTHERS)) == []


def test_cards_of_another_kind_of_memory_tell_nothing() -> None:
    assert checks(gpus.doubts(card(compute_capability="9.9", memory_type="HBM3"), OTHERS)) == []
