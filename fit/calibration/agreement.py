"""How well the estimate agrees with measurements: the figures of some rows, and the table that is made of them.

The table is what `calibrate`, `make truth` and /accuracy/ show. Errors are shares: 0.1 is ten percent.
"""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fit.observation import Observation, bandwidth_tokens_s, predicted_tokens_s, range_of
from fit.speed_constants import SpeedConstants


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """What the estimate says of an observation; `held_out` where by a calibration that had not seen its card, or in a
    small class its model. `after_two`: with two other models of its card measured, where that was held out."""

    observation: Observation
    tokens_s: float
    low: float
    high: float
    held_out: bool
    after_two: float | None = None

    @property
    def error(self) -> float:
        """Relative: 0.1 is ten percent too fast."""
        return self.tokens_s / self.observation.tokens_s - 1

    @property
    def covered(self) -> bool:
        return self.low <= self.observation.tokens_s <= self.high


@dataclass(frozen=True, kw_only=True)
class Goals:
    """What a line is to reach, where it has a goal: the most of median, 90th percentile and bias, and the coverage."""

    median: float | None = None
    p90: float | None = None
    bias: float | None = None
    coverage: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Rows of one kind: how many, of how many cards, and the errors as shares; None where there is no such figure.

    `bias` is the median with its sign, above zero where the estimate is too fast.
    """

    name: str
    rows: int
    cards: int
    median: float
    p90: float
    bias: float
    coverage: float
    bandwidth: float
    rule: float | None
    goals: Goals = Goals()

    @property
    def met(self) -> bool | None:
        """Whether every goal is reached; None without one."""
        goals = self.goals
        most = ((goals.median, self.median), (goals.p90, self.p90), (goals.bias, abs(self.bias)))
        named = [value <= goal for goal, value in most if goal is not None]
        if goals.coverage is not None:
            named.append(goals.coverage[0] <= self.coverage <= goals.coverage[1])
        return all(named) if named else None


def compare(observations: Iterable[Observation], constants: SpeedConstants) -> list[Prediction]:
    """Every observation: where it was calibrated on, by the calibration that had not seen its card."""
    return [_compare(observation, constants) for observation in observations]


def _compare(observation: Observation, constants: SpeedConstants) -> Prediction:
    if observation.slug in constants.held_out:
        tokens_s, low, high, *after_two = constants.held_out[observation.slug]
        after = after_two[0] if after_two else None
        return Prediction(
            observation=observation, tokens_s=tokens_s, low=low, high=high, held_out=True, after_two=after
        )
    tokens_s, span = predicted_tokens_s(observation, constants), range_of(observation, constants)
    low, high = tokens_s * span.low, tokens_s * span.high
    return Prediction(observation=observation, tokens_s=tokens_s, low=low, high=high, held_out=False)


def agreement(name: str, rows: Sequence[Prediction], goals: Goals = Goals()) -> Agreement | None:
    """The figures of some rows; None where there are none."""
    if not rows:
        return None
    errors = sorted(abs(row.error) for row in rows)
    rules = [_off(row.observation.rule_tokens_s, row) for row in rows if row.observation.rule_tokens_s]
    return Agreement(
        name=name,
        rows=len(rows),
        cards=len({row.observation.card for row in rows}),
        median=statistics.median(errors),
        p90=errors[round(0.9 * (len(errors) - 1))],
        bias=statistics.median(row.error for row in rows),
        coverage=statistics.fmean(row.covered for row in rows),
        bandwidth=statistics.median(_off(bandwidth_tokens_s(row.observation), row) for row in rows),
        rule=statistics.median(rules) if rules else None,
        goals=goals,
    )


def _off(tokens_s: float, row: Prediction) -> float:
    return abs(tokens_s / row.observation.tokens_s - 1)
