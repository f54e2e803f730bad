"""What each figure of a line is, and what a measurement is compared with."""

import dataclasses
from typing import Any

import pytest

from fit.calibration.agreement import Goals, Prediction, agreement, compare
from tests.fit.constants import decode_class, of_range, spans, speed_constants
from tests.fit.observations import observation

CONSTANTS = speed_constants(classes={"usual": decode_class(unseen=spans(of_range(0.7, 1.1, cards=3)))}, held_out={})


def compared(**overrides: Any) -> Prediction:
    [row] = compare([observation(**overrides)], CONSTANTS)
    return row


def with_errors(*shares: float) -> list[Prediction]:
    """Rows of one prediction, each off by such a share."""
    row = compared()
    observations = [dataclasses.replace(row.observation, tokens_s=row.tokens_s / (1 + share)) for share in shares]
    return [dataclasses.replace(row, observation=observed) for observed in observations]


def test_the_figures_of_a_line_are_the_median_and_the_ninetieth_of_a_hundred() -> None:
    line = agreement("some", with_errors(*(index / 100 for index in range(11))))
    assert line
    assert (line.rows, line.cards) == (11, 1)
    assert (line.median, line.p90, line.bias) == pytest.approx((0.05, 0.09, 0.05))


def test_too_slow_counts_as_much_as_too_fast_but_for_the_bias() -> None:
    line = agreement("some", with_errors(-0.1, 0.1, -0.1))
    assert line
    assert (line.median, line.bias) == pytest.approx((0.1, -0.1))


def test_the_range_is_around_the_prediction_by_the_class() -> None:
    row = compared()
    assert (row.low, row.high) == pytest.approx((0.7 * row.tokens_s, 1.1 * row.tokens_s))


@pytest.mark.parametrize(("share", "covered"), [(0.69, False), (0.71, True), (1.09, True), (1.11, False)])
def test_a_measurement_is_covered_within_both_bounds(share: float, covered: bool) -> None:
    row = compared()
    moved = dataclasses.replace(row.observation, tokens_s=share * row.tokens_s)
    assert dataclasses.replace(row, observation=moved).covered is covered


def test_bandwidth_and_rule_are_held_against_the_same_measurements() -> None:
    line = agreement("some", [compared(tokens_s=200.0, rule_tokens_s=220.0), compared(tokens_s=200.0)])
    assert line
    assert (line.bandwidth, line.rule) == pytest.approx((0.25, 0.1))


def test_a_held_out_measurement_is_compared_with_what_was_predicted_without_its_card() -> None:
    rows = [observation(slug=slug, tokens_s=9.0) for slug in ("one", "two", "other")]
    one, two, other = compare(rows, speed_constants())
    assert (one.tokens_s, one.low, one.high, one.held_out, one.covered) == (10, 8, 12.5, True, True)
    assert (one.after_two, two.after_two, other.after_two) == (None, 11, None)
    assert one.error == pytest.approx(1 / 9)
    assert not other.held_out
    assert other.low == pytest.approx(0.8 * other.tokens_s)


@pytest.mark.parametrize(
    ("goals", "met"),
    [
        (Goals(), None),
        (Goals(median=0.12, coverage=(0.8, 1)), True),
        (Goals(median=0.11, coverage=(0.8, 1)), False),
        (Goals(median=0.12, p90=0.1), False),
        (Goals(bias=0.12), True),
        (Goals(bias=0.11), False),
        (Goals(coverage=(0.7, 0.9)), False),
    ],
)
def test_a_goal_is_met_only_if_all_of_it_is(goals: Goals, met: bool | None) -> None:
    """One row, 11.1% too fast, within its range."""
    line = agreement("some", compare([observation(slug="one", tokens_s=9.0)], speed_constants()), goals)
    assert line
    assert line.met is met


def test_of_nothing_there_is_no_line() -> None:
    assert agreement("none", []) is None
