"""How strong a model is, on one scale, from what several boards say of it: an estimate that orders lists.

The scale is that of one board, the reference. A score of another board becomes one of it by a line in that score and
the logarithm of the model's size, fitted by least squares to the models that both boards have: boards saturate, and
at one score a larger model tends to be the stronger. Scores of different boards are never averaged: a model's own
score on the reference stands first, then the board whose line is off least.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2, sqrt
from statistics import linear_regression
from typing import NamedTuple

# A line through fewer models says nothing of others.
LEAST_MODELS = 10


class Score(NamedTuple):
    """What a board says of a model of so many weights."""

    board: str
    score: float
    parameters: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """A board's scores on the scale of the reference; `sd` is by how much it is off on models left out of the fit."""

    base: float
    by_score: float
    by_doubling: float
    models: int
    sd: float

    def strength(self, score: Score) -> float:
        """On the reference's scale."""
        return self.base + self.by_score * score.score + self.by_doubling * log2(score.parameters)


class Strength(NamedTuple):
    """On the reference's scale. `board` is what it follows from, `sd` how far it may be off: 0 for the reference."""

    value: float
    board: str
    sd: float


Pair = tuple[Score, float]


def fit_lines(reference: str, models: Iterable[Iterable[Score]]) -> Mapping[str, Line]:
    """A line for each board that has enough models in common with the reference; `models` has the scores of each."""
    pairs: dict[str, list[Pair]] = {}
    for scores in map(list, models):
        on_reference = next((score.score for score in scores if score.board == reference), None)
        if on_reference is not None:
            for score in scores:
                if score.board != reference:
                    pairs.setdefault(score.board, []).append((score, on_reference))
    return {board: _line(both) for board, both in pairs.items() if len(both) >= LEAST_MODELS}


def strength(reference: str, lines: Mapping[str, Line], scores: Iterable[Score]) -> Strength | None:
    """Of a model with these scores; None where no board that has a line knows it."""
    estimates = [_estimate(reference, lines, score) for score in scores]
    usable = (estimate for estimate in estimates if estimate)
    return min(usable, key=lambda estimate: (estimate.board != reference, estimate.sd), default=None)


def _estimate(reference: str, lines: Mapping[str, Line], score: Score) -> Strength | None:
    if score.board == reference:
        return Strength(score.score, reference, 0)
    line = lines.get(score.board)
    return Strength(line.strength(score), score.board, line.sd) if line else None


def _line(pairs: list[Pair]) -> Line:
    """Fitted to all; its error on each model when that one was left out."""
    errors = []
    for place, (score, expected) in enumerate(pairs):
        others = pairs[:place] + pairs[place + 1 :]
        base, by_score, by_doubling = _least_squares(others)
        errors.append(base + by_score * score.score + by_doubling * log2(score.parameters) - expected)
    base, by_score, by_doubling = _least_squares(pairs)
    sd = sqrt(sum(error * error for error in errors) / len(errors))
    return Line(base=base, by_score=by_score, by_doubling=by_doubling, models=len(pairs), sd=sd)


def _least_squares(pairs: list[Pair]) -> tuple[float, float, float]:
    """Base and slopes in the score and in log2 of the size: each of the two apart from what the size explains."""
    sizes = [log2(score.parameters) for score, _ in pairs]
    scores = [score.score for score, _ in pairs]
    expected = [value for _, value in pairs]
    if len(set(sizes)) == 1:
        by_score, base = linear_regression(scores, expected)
        return base, by_score, 0.0
    score_of_size, expected_of_size = linear_regression(sizes, scores), linear_regression(sizes, expected)
    left = [score - _at(score_of_size, size) for score, size in zip(scores, sizes, strict=True)]
    by_score = linear_regression(left, expected).slope
    by_doubling = expected_of_size.slope - by_score * score_of_size.slope
    return expected_of_size.intercept - by_score * score_of_size.intercept, by_score, by_doubling


def _at(line: tuple[float, float], value: float) -> float:
    slope, intercept = line
    return intercept + slope * value
