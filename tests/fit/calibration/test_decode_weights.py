"""Which measurements move a constant, which do not, and how much a card's many rows weigh."""

import dataclasses
from typing import Any

import pytest

from catalog.management.solver import least_squares
from fit.calibration.decode import MOST_EFFICIENCY, calibrate
from fit.observation import Observation, predicted_tokens_s
from fit.speed_constants import SpeedConstants
from tests.fit.constants import decode_class, speed_constants
from tests.fit.observations import GB, as_predicted, cards, observation, work

TRUE = speed_constants(
    layer_ms=0.02, classes={"usual": decode_class(efficiency=0.7), "slow": decode_class(efficiency=0.5)}
)


OLD = {"is_old_build": True}


def with_old_and_offload() -> list[Observation]:
    """Some to calibrate on; old builds on one card and on three; one with layers in RAM."""
    return [
        *cards(TRUE, 3),
        *(as_predicted(TRUE, slug=f"old-{size}", work=work(size * GB), **OLD) for size in (2, 4, 8)),
        as_predicted(TRUE, slug="three", cards=3, split="layer", **OLD),
        as_predicted(TRUE, slug="in-ram", offload="-ngl 20 of 41", ram_bytes=2 * GB),
    ]


@pytest.fixture(scope="module")
def usual() -> SpeedConstants:
    return calibrate(with_old_and_offload(), least_squares)


@pytest.mark.parametrize(
    "odd",
    [
        {**OLD, "for_calibration": False},
        {**OLD, "offload": "cpu only"},
        {**OLD, "runtime": "ollama"},
        {**OLD, "cards": 2, "split": "row"},
        {**OLD, "cards": 2, "split": "layer", "for_calibration": False},
        {**OLD, "offload": "-ngl 20 of 41", "ram_bytes": GB},
    ],
    ids=lambda odd: ", ".join(f"{key} {value}" for key, value in odd.items()),
)
def test_what_is_of_another_kind_moves_no_constant(usual: SpeedConstants, odd: dict[str, Any]) -> None:
    constants = calibrate([*with_old_and_offload(), observation(slug="odd", tokens_s=2.0, **odd)], least_squares)
    for name in ("old_build_ms", "card_ms", "ram_gb_s", "classes"):
        assert getattr(constants, name) == getattr(usual, name)


def test_a_further_card_costs_no_less_than_nothing() -> None:
    quick = as_predicted(TRUE, slug="quick", cards=3, split="layer", **OLD)
    quick = dataclasses.replace(quick, tokens_s=10 * quick.tokens_s)
    assert calibrate([*cards(TRUE, 2), quick], least_squares).card_ms == 0


@pytest.mark.parametrize("factor", [0.6, 1.3])
def test_the_pace_of_another_program_is_found_wherever_it_is(factor: float) -> None:
    true = speed_constants(layer_ms=0.02, runtimes={"llama.cpp": 1.0, "ollama": factor})
    other = [
        dataclasses.replace(row, slug=f"{row.slug}-ollama", runtime="ollama", tokens_s=factor * row.tokens_s)
        for row in cards(true, 3)
    ]
    assert calibrate([*cards(true, 3), *other], least_squares).runtimes["ollama"] == pytest.approx(factor, rel=0.01)


def test_no_class_reaches_more_of_its_bandwidth_than_any_card_does() -> None:
    true = speed_constants(layer_ms=0.02, classes={"usual": decode_class(efficiency=0.99)})
    constants = calibrate([*cards(true, 3)], least_squares)
    assert constants.classes["usual"].efficiency == pytest.approx(MOST_EFFICIENCY, rel=1e-3)
    assert constants.classes["usual"].efficiency <= MOST_EFFICIENCY


def test_a_card_measured_often_does_not_outvote_several_measured_seldom() -> None:
    """Sixteen rows of a fast card against twelve of six slow ones."""
    fast, slow = (
        speed_constants(layer_ms=0.02, classes={"usual": decode_class(efficiency=share)}) for share in (0.8, 0.4)
    )
    often = [
        dataclasses.replace(row, slug=f"{row.slug}-{time}", card="often", bandwidth_gb_s=1000.0)
        for time in range(4)
        for row in cards(fast, 1, bandwidth_gb_s=1000.0)
    ]
    seldom = [row for row in cards(slow, 6) if row.work.weights_bytes in (4 * GB, 18 * GB)]
    assert (len(often), len(seldom)) == (16, 12)
    assert calibrate([*often, *seldom], least_squares).classes["usual"].efficiency < 0.6


def test_a_class_of_one_measurement_is_drawn_towards_the_others() -> None:
    lone = as_predicted(TRUE, slug="lone", card="lone", speed_class="slow", work=work(18 * GB))
    lone = dataclasses.replace(lone, tokens_s=lone.tokens_s / 2)
    constants = calibrate([*cards(TRUE, 4), lone], least_squares)
    as_others = predicted_tokens_s(dataclasses.replace(lone, speed_class="usual"), constants)
    assert 1.005 * lone.tokens_s < predicted_tokens_s(lone, constants) < 0.9 * as_others
