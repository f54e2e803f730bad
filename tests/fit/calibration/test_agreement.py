"""What the report counts: which rows are in which line, and what each figure of a line is."""

import dataclasses
from typing import Any

import pytest

from fit.calibration.agreement import Agreement, Prediction, agreement, compare, table
from fit.observation import Observation, predicted_tokens_s
from tests.fit.constants import decode_class, of_range, speed_constants
from tests.fit.observations import GB, observation, work

MIXTURE = work(GB, mixture=True)


CONSTANTS = speed_constants(
    classes={
        "usual": decode_class(dense=of_range(0.7, 1.1, cards=3)),
        "few": decode_class(dense=of_range(0.7, 1.1, cards=2), mixture=of_range(cards=2)),
    },
    held_out={},
)


def compared(**overrides: Any) -> Prediction:
    [row] = compare([observation(**overrides)], CONSTANTS)
    return row


def lines(*rows: Observation) -> dict[str, Agreement]:
    return {line.name: line for line in table(compare(rows, CONSTANTS), CONSTANTS)}


def with_errors(*shares: float) -> list[Prediction]:
    """Rows of one prediction, each off by such a share."""
    row = compared()
    observations = [dataclasses.replace(row.observation, tokens_s=row.tokens_s / (1 + share)) for share in shares]
    return [dataclasses.replace(row, observation=observed) for observed in observations]


def test_the_figures_of_a_line_are_the_median_and_the_ninetieth_of_a_hundred() -> None:
    line = agreement("some", with_errors(*(index / 100 for index in range(11))))
    assert line
    assert (line.rows, line.cards) == (11, 1)
    assert (line.median, line.p90) == pytest.approx((0.05, 0.09))


def test_too_slow_counts_as_much_as_too_fast() -> None:
    line = agreement("some", with_errors(-0.1, 0.1))
    assert line
    assert line.median == pytest.approx(0.1)


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


def test_each_line_has_the_rows_of_its_kind() -> None:
    named = lines(
        observation(slug="own"),
        observation(slug="llamafile", runtime="llamafile"),
        observation(slug="mixture", work=MIXTURE),
        observation(slug="few", speed_class="few"),
        observation(slug="mixture of few", speed_class="few", work=MIXTURE),
        observation(slug="old", is_old_build=True),
        observation(slug="doubted", for_calibration=False),
        observation(slug="layers", cards=2, split="layer"),
        observation(slug="rows", cards=2, split="row"),
        observation(slug="in ram", offload="-ngl 20 of 41", ram_bytes=GB),
        observation(slug="nobody knows", offload="partial", ram_bytes=None),
    )
    assert {name: line.rows for name, line in named.items()} == {
        "dense, without LocalScore": 1,
        "dense, with LocalScore": 2,
        "mixture of experts": 1,
        "all of any class": 5,
        "class usual": 3,
        "class few": 2,
        "not used: builds of 2023-24": 1,
        "not used: builds of today": 1,
        "several cards, layer split": 1,
        "offload that says what": 1,
    }


def test_goals_are_those_that_were_set() -> None:
    as_said = observation(tokens_s=predicted_tokens_s(observation(), CONSTANTS))
    line = lines(as_said)["dense, without LocalScore"]
    assert (line.goal, line.goal_p90, line.goal_coverage, line.met) == (0.08, 0.30, 0.8, True)
    slow = [dataclasses.replace(as_said, tokens_s=0.9 * as_said.tokens_s) for _ in range(3)]
    assert lines(*slow)["dense, without LocalScore"].met is False
    assert lines(*slow)["dense, with LocalScore"].met is True


def test_a_held_out_measurement_is_compared_with_what_was_predicted_without_its_card() -> None:
    rows = [observation(slug="one", tokens_s=9.0), observation(slug="other", tokens_s=100.0)]
    first, second = compare(rows, speed_constants())
    assert (first.tokens_s, first.low, first.high, first.held_out, first.covered) == (10, 8, 12.5, True, True)
    assert first.error == pytest.approx(1 / 9)
    assert not second.held_out
    assert second.low == pytest.approx(0.8 * second.tokens_s)


def test_a_goal_is_met_only_if_all_of_it_is() -> None:
    rows = compare([observation(slug="one", tokens_s=9.0)], speed_constants())
    for goals, met in [
        ({}, None),
        ({"goal": 0.12, "goal_coverage": 0.8}, True),
        ({"goal": 0.11, "goal_coverage": 0.8}, False),
        ({"goal": 0.12, "goal_p90": 0.1}, False),
    ]:
        line = agreement("some", rows, **goals)
        assert line
        assert line.met is met
    assert agreement("none", []) is None
    assert table([], speed_constants()) == []
