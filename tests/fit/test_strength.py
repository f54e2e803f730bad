"""Strength on one scale: lines are found again that made the scores, and boards are never mixed."""

from math import log2

import pytest

from fit.strength import LEAST_MODELS, Score, fit_lines, strength

SIZES = [2**n * 10**9 for n in range(LEAST_MODELS)]


def both_boards(noise: float = 0.0) -> list[list[Score]]:
    """Models of which the reference says 1,000 + 5 x the other's score + 20 for each doubling above a billion."""
    models = []
    for place, size in enumerate(SIZES):
        other = float((place * 7) % 10)
        of_reference = 1000 + 5 * other + 20 * log2(size / 10**9) + (noise if place % 2 else -noise)
        models.append([Score("reference", of_reference, size), Score("other", other, size)])
    return models


def test_the_line_that_made_the_scores_is_found() -> None:
    line = fit_lines("reference", both_boards())["other"]
    assert (line.models, round(line.by_score, 6), round(line.by_doubling, 6)) == (LEAST_MODELS, 5, 20)
    assert line.sd == pytest.approx(0, abs=1e-6)
    assert line.strength(Score("other", 4, 8 * 10**9)) == pytest.approx(1000 + 20 + 60)


def test_its_error_is_that_on_models_left_out() -> None:
    """A line through noise is further off on a model that it has not seen than on those it was laid through."""
    models = both_boards(noise=10)
    line = fit_lines("reference", models)["other"]
    inside = [line.strength(scores[1]) - scores[0].score for scores in models]
    assert line.sd > (sum(error**2 for error in inside) / len(inside)) ** 0.5 > 5


def test_too_few_models_make_no_line() -> None:
    assert fit_lines("reference", both_boards()[1:]) == {}


def test_models_of_one_size_make_a_line_of_the_score_alone() -> None:
    models = [[Score("reference", 10.0 * n, 10**9), Score("other", float(n), 10**9)] for n in range(LEAST_MODELS)]
    line = fit_lines("reference", models)["other"]
    assert (line.by_doubling, line.by_score) == (0, pytest.approx(10))


def test_the_reference_itself_stands_first_and_then_the_line_that_is_off_least() -> None:
    models = [
        [*scores, Score("worse", scores[1].score + 3 * (place % 3), scores[0].parameters)]
        for place, scores in enumerate(both_boards())
    ]
    lines = fit_lines("reference", models)
    own, other, worse = (Score(board, 4.0, 8 * 10**9) for board in ("reference", "other", "worse"))
    assert strength("reference", lines, [worse, other, own]) == (4.0, "reference", 0)
    better = strength("reference", lines, [worse, other])
    assert better is not None
    assert (better.board, better.value) == ("other", pytest.approx(1080))


def test_a_board_without_a_line_says_nothing() -> None:
    assert strength("reference", {}, [Score("unknown", 1.0, 10**9)]) is None
    assert strength("reference", {}, []) is None
