"""The fit itself: how far constants are from observations, and the values that a solver finds.

Errors are ratios, so they are logarithms, and outliers count less (soft L1, the solver's). A card measured hundreds of
times must not speak for all: its rows weigh less the more there are.
"""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from fit.calibration.values import Name, Value, constants_of, usual_backends, values_of
from fit.observation import Observation, predicted_tokens_s
from fit.speed_constants import SpeedConstants

ROW_WEIGHT = -0.25
# How far a value is moved to see what it changes.
STEP = 1e-6
# A search does not start at the highest.
INSIDE = 1e-4

Numbers = Sequence[float]
NOWHERE: Mapping[Name, float] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What a solver is handed: where to start, the highest of each value, residuals, and what each value changes."""

    start: Numbers
    highest: Numbers
    residuals: Callable[[Numbers], list[float]]
    jacobian: Callable[[Numbers], list[list[float]]]


# The values, each at most its highest, whose residuals are least.
Solver = Callable[[Problem], Numbers]


class Fitted(NamedTuple):
    """The values found, by their names, and the constants that they stand for."""

    numbers: Mapping[Name, float]
    constants: SpeedConstants


def fit(rows: Sequence[Observation], solve: Solver, near: Mapping[Name, float] = NOWHERE) -> Fitted:
    """Classes, programs, mixes and all that is shared, fitted to the rows at once; the search starts at `near`."""
    fitting = Fitting(rows, near)
    numbers = solve(fitting.problem)
    return Fitted(fitting.named(numbers), fitting.constants(numbers))


class Fitting:
    """Observations and the values that they are explained by."""

    def __init__(self, rows: Sequence[Observation], near: Mapping[Name, float]) -> None:
        self.rows, self.values, self.usual, self.near = rows, values_of(rows), usual_backends(rows), near
        self.touched = [[index for index, row in enumerate(rows) if value.touches(row)] for value in self.values]
        counts = Counter((row.card, row.runtime) for row in rows)
        self.weights: list[float] = [counts[row.card, row.runtime] ** ROW_WEIGHT for row in rows]

    @property
    def problem(self) -> Problem:
        return Problem(
            start=[self._start(value) for value in self.values],
            highest=[value.highest for value in self.values],
            residuals=self.residuals,
            jacobian=self.jacobian,
        )

    def _start(self, value: Value) -> float:
        return min(self.near.get(value.name, value.usual), value.highest - INSIDE)

    def named(self, numbers: Numbers) -> Mapping[Name, float]:
        return dict(zip((value.name for value in self.values), map(float, numbers), strict=True))

    def constants(self, numbers: Numbers) -> SpeedConstants:
        return constants_of(self.named(numbers), self.usual)

    def residuals(self, numbers: Numbers) -> list[float]:
        """How far each row is off, weighed; then how far each value is from where it is drawn."""
        constants = self.constants(numbers)
        return [*(self._error(index, constants) for index in range(len(self.rows))), *self._pulls(numbers)]

    def jacobian(self, numbers: Numbers) -> list[list[float]]:
        """The change of each residual with each value, by moving them one after the other."""
        before = self.residuals(numbers)
        matrix = [[0.0] * len(self.values) for _ in before]
        for column, touched in enumerate(self.touched):
            moved = [*numbers]
            moved[column] += -STEP if moved[column] + STEP > self.values[column].highest else STEP
            step = moved[column] - numbers[column]
            constants = self.constants(moved)
            for index in touched:
                matrix[index][column] = (self._error(index, constants) - before[index]) / step
            for index, pull in enumerate(self._pulls(moved), start=len(self.rows)):
                matrix[index][column] = (pull - before[index]) / step
        return matrix

    def _error(self, index: int, constants: SpeedConstants) -> float:
        row = self.rows[index]
        error: float = math.log(predicted_tokens_s(row, constants, factor=1) / row.tokens_s)
        return self.weights[index] * error

    def _pulls(self, numbers: Numbers) -> list[float]:
        means = self._means(numbers)
        return [
            value.pull * (number - (means[value.name[0]] if value.to_mean else value.usual))
            for value, number in zip(self.values, numbers, strict=True)
        ]

    def _means(self, numbers: Numbers) -> Mapping[str, float]:
        kinds = {value.name[0] for value in self.values if value.to_mean}
        return {
            kind: statistics.fmean(
                number for value, number in zip(self.values, numbers, strict=True) if value.name[0] == kind
            )
            for kind in kinds
        }
