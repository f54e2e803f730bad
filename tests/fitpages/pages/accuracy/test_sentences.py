"""Each sentence of the page about accuracy follows the measurements, and falls away where there are none."""

from dataclasses import replace

import pytest

from catalog.observations import observations
from catalog.snapshot import Snapshot
from fit.calibration.agreement import Agreement, Prediction, compare
from fit.speed_constants import load_constants
from fitpages.pages.accuracy import sentences


def agreement(name: str = "dense", **facts: object) -> Agreement:
    """A line of the report."""
    counts, errors = {"rows": 1200, "cards": 7}, {"median": 0.086, "p90": 0.25, "bias": 0.01}
    others = {"coverage": 0.8, "bandwidth": 0.3, "rule": 0.2}
    return Agreement(**{"name": name, **counts, **errors, **others, **facts})


def prediction(small: Snapshot, measured: float, estimated: float, **facts: object) -> Prediction:
    row = compare(observations(small, small.benchmarks), load_constants())[0]
    return replace(row, observation=replace(row.observation, tokens_s=measured, **facts), tokens_s=estimated)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("dense, with LocalScore", "Dense models, all runs"),
        ("class apple-ultra", "Apple Ultra (two dies)"),
        ("class brand-new", "brand-new"),
    ],
)
def test_a_line_of_the_report_has_a_name_for_readers(line: str, name: str) -> None:
    assert sentences.line_name(line) == name


def test_the_main_result_is_of_dense_models_or_else_of_all() -> None:
    assert sentences.result(agreement(), None) == (
        "For dense models, the estimated tokens per second are off by 8.6% in the median, and 80.0% of 1,200 "
        "measurements on seven cards lie within the range that we print."
    )
    assert sentences.result(None, agreement(rows=1, cards=1)).startswith("For all models, ")
    assert "of 1 measurement on one card lie" in sentences.result(None, agreement(rows=1, cards=1))
    assert sentences.result(None, None) == "The calibration uses none of the measurements in the catalog yet."


def test_why_errors_are_large_is_said_of_those_that_are(small: Snapshot) -> None:
    fast = prediction(small, 10**6, 10)
    slow = prediction(small, 0.9, 10)
    hosted = prediction(small, 5, 10, runtime="llamafile")
    assert sentences.why_unused([]) == ()
    assert sentences.why_unused([fast])[0].endswith("which physics rules out.")
    assert sentences.why_unused([slow])[0].startswith("One is below 10% of the estimate")
    assert sentences.why_unused([hosted, hosted])[0].startswith("Two are by llamafile")


@pytest.mark.parametrize(("measured", "is_slow"), [(0.99, True), (1.0, False)])
def test_a_tenth_of_the_estimate_is_not_far_below_it(small: Snapshot, measured: float, is_slow: bool) -> None:
    (sentence,) = sentences.why_unused([prediction(small, measured, 10)])
    assert ("below 10%" in sentence) is is_slow


def test_the_rest_is_said_with_its_median(small: Snapshot) -> None:
    (sentence,) = sentences.why_unused(
        [prediction(small, 10, 11), prediction(small, 10, 13), prediction(small, 10, 12)]
    )
    assert sentence.startswith("The other 3, such as further lengths of context")
    assert sentence.endswith("are off by 20.0% in the median.")


def test_records_of_mixtures_that_do_not_say_what_a_token_reads_are_counted(small: Snapshot) -> None:
    row = prediction(small, 10**6, 10)
    work = row.observation.work._replace(expert_layers=32)
    unknown = replace(row, observation=replace(row.observation, work=work, architecture=None))
    assert "The records, all of them of mixtures of experts," in sentences.why_unused([unknown])[0]
    assert "The records, one of them of mixtures of experts," in sentences.why_unused([unknown, row])[0]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, ""),
        (1, "1 measurement is newer than the calibration, which had not seen the figure but may have seen its card."),
        (
            1200,
            "1,200 measurements are newer than the calibration, which had not seen the figure but may have seen "
            "their cards.",
        ),
    ],
)
def test_measurements_newer_than_the_calibration_are_counted(count: int, sentence: str) -> None:
    assert sentences.not_yet(count) == sentence


def test_the_plot_is_described_for_those_who_do_not_see_it() -> None:
    words = sentences.described(1200, 300, agreement())
    assert "1,200 measurements that the calibration uses and 300 that it does not" in words
    assert words.endswith("Half of those of dense models are within 8.6% of it.")
    assert sentences.described(1, 0, None).endswith("where both are equal.")


def test_shares_have_one_decimal_and_commas() -> None:
    assert [sentences.percent(share) for share in (0, 0.0863, 12.345)] == ["0.0%", "8.6%", "1,234.5%"]


def test_a_bias_has_its_sign() -> None:
    shares = (0.0084, -0.12, 0.0004, -0.0004)
    assert [sentences.signed(share) for share in shares] == ["+0.8%", "−12.0%", "0.0%", "0.0%"]


@pytest.mark.parametrize(
    ("median", "cards", "is_weak"), [(0.15, 5, False), (0.151, 46, True), (0.02, 4, True), (0.0, 5, False)]
)
def test_a_class_that_is_far_off_or_of_few_cards_is_weak(median: float, cards: int, is_weak: bool) -> None:
    assert sentences.is_weak(agreement(median=median, cards=cards)) is is_weak


def test_a_class_says_what_it_came_to() -> None:
    assert sentences.of_class(None, 1) == (
        "The catalog has 1 measurement of cards of this class. The calibration uses none of them."
    )
    assert sentences.of_class(agreement(rows=3, cards=2), 4) == (
        "The catalog has 4 measurements of cards of this class. The calibration uses 3 of them. Held out, the "
        "estimate is off by 8.6% in the median, on two cards; 80.0% lie within the range that we print."
    )
    assert "The calibration uses all of them." in sentences.of_class(agreement(rows=9), 9)


def test_counts_have_their_noun() -> None:
    assert [sentences.measurements(count) for count in (1, 1200)] == ["1 measurement", "1,200 measurements"]
    assert [sentences.cards(count) for count in (1, 7, 23)] == ["one card", "seven cards", "23 cards"]
