"""Which measurements move a constant, which do not, and how much a card's many rows weigh."""

import dataclasses
import math
from typing import Any

import pytest

from catalog.management.solver import least_squares
from fit.calibration.decode import MOST_EFFICIENCY, calibrate
from fit.calibration.ranges import HeldOut, held_out_table, spread, widened, with_ranges
from fit.observation import Observation, predicted_tokens_s
from fit.speed_constants import SpeedConstants
from tests.catalog.measured import GB, as_predicted, cards, observation, work
from tests.fit.constants import decode_class, speed_constants

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


# Ranges


def off_by(error: float, card: str, **overrides: Any) -> HeldOut:
    """A measurement so far above its held-out prediction, as a logarithm."""
    template = observation(card=card, tokens_s=100 * math.exp(error), **overrides)
    return HeldOut(
        observation=dataclasses.replace(template, slug=f"{template.speed_class}-{card}-{error}"), tokens_s=100.0
    )


def errors(count: int, rows: int, **overrides: Any) -> list[HeldOut]:
    """Of each card this many rows, their errors spread evenly from -0.1 to 0.1."""
    return [
        off_by(-0.1 + 0.2 * (row * count + card) / (count * rows - 1), f"card-{card}", **overrides)
        for row in range(rows)
        for card in range(count)
    ]


def test_a_range_is_where_measurements_lie_beside_what_was_predicted() -> None:
    """All were quicker than predicted: the range reaches up from the prediction, and not below it."""
    quicker = [off_by(0.2 + index / 1000, f"card-{index}") for index in range(12)]
    span = with_ranges(speed_constants(), quicker).classes["usual"].dense
    assert span.low == 1
    assert span.high == pytest.approx(math.exp(0.21 * (1 + 2 / 13)), rel=0.01)


def test_of_mixtures_more_is_covered() -> None:
    dense, mixtures = errors(40, 1), errors(40, 1, work=work(GB, mixture=True))
    usual = with_ranges(speed_constants(), [*dense, *mixtures]).classes["usual"]
    wider = 1 + 2 / 41
    assert math.log(usual.dense.high) / wider == pytest.approx(0.08, abs=0.006)
    assert math.log(usual.mixture.high) / wider == pytest.approx(0.09, abs=0.006)


def test_errors_of_mixtures_are_no_errors_of_dense_models() -> None:
    far = [off_by(1.0, f"card-{index}", work=work(GB, mixture=True)) for index in range(12)]
    dense = errors(4, 4)
    assert with_ranges(speed_constants(), [*dense, *far]).classes["usual"].dense == (
        with_ranges(speed_constants(), dense).classes["usual"].dense
    )


@pytest.mark.parametrize(("rows", "own"), [(3, False), (4, True)], ids=["eleven rows and less", "twelve rows"])
def test_a_class_has_its_own_range_from_twelve_rows_of_three_cards_on(rows: int, own: bool) -> None:
    near = errors(3, rows)
    far = [off_by(sign, f"far-{index}", speed_class="far") for index in range(40) for sign in (-1.0, 1.0)]
    span = with_ranges(speed_constants(), [*near, *far]).classes["usual"].dense
    assert span.cards == 3
    assert (span.high < 1.3) is own


def test_two_cards_are_too_few_for_a_range_of_their_own() -> None:
    near = errors(2, 20)
    far = [off_by(sign, f"far-{index}", speed_class="far") for index in range(40) for sign in (-1.0, 1.0)]
    assert with_ranges(speed_constants(), [*near, *far]).classes["usual"].dense.high > 2


def test_the_range_of_a_held_out_prediction_is_that_of_the_other_cards() -> None:
    rows = [*errors(4, 4), *(off_by(2.0, "odd") for _ in range(4))]
    predicted, low, high = held_out_table(rows)["usual-odd-2.0"]
    assert predicted == 100
    others = with_ranges(speed_constants(), errors(4, 4)).classes["usual"].dense
    assert (low, high) == pytest.approx((100 * others.low, 100 * others.high))


def test_many_rows_of_one_card_weigh_as_the_square_root_of_their_number() -> None:
    """Of a hundred rows of one card and 40 cards with one each, the card weighs 10 and the others 40."""
    often = [(-1.0, "often")] * 100
    seldom = [(index / 40, f"card-{index}") for index in range(40)]
    low, high = spread([*often, *seldom], covered=0.5)
    assert low == pytest.approx((0.25 * 50 - 10) / 40, abs=0.026)
    assert high == pytest.approx((0.75 * 50 - 10) / 40, abs=0.026)


def test_a_range_holds_the_prediction_itself() -> None:
    for low, high in ((0.1, 0.2), (-0.2, -0.1)):
        span = widened(low, high, 10)
        assert span.low <= 1 <= span.high
