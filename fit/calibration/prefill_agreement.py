"""How well the time of prompts agrees with measurements: dense, hybrids with linear attention, mixtures, apart."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from fit.calibration.prefill import FEW_CARDS
from fit.machine import NOT_MEASURED
from fit.prefill import span_of
from fit.prefill_constants import PrefillConstants
from fit.prompt_observation import PromptObservation, prompt_tokens_s

DENSE, HYBRIDS, MIXTURES = "dense", "hybrids with linear attention", "mixtures"


@dataclass(frozen=True, kw_only=True)
class PromptAgreement:
    """Rows of one kind: errors as shares, the middle one with its sign, how many lie in their range; goals where there
    are any."""

    name: str
    rows: int
    cards: int
    median: float
    p90: float
    bias: float
    coverage: float
    goal: float | None = None
    goal_p90: float | None = None

    @property
    def met(self) -> bool | None:
        goals = ((self.goal, self.median), (self.goal_p90, self.p90))
        named = [value <= goal for goal, value in goals if goal is not None]
        return all(named) if named else None


def prompt_table(observations: Iterable[PromptObservation], constants: PrefillConstants) -> list[PromptAgreement]:
    """The three kinds held out as the goals are set, then by cards that were never seen, then by cards of which other
    models were measured."""
    used = [row for row in observations if row.calibrates and row.slug in constants.unseen]
    return [
        *_kinds(used, lambda row: _as_the_goals_say(row, constants), "", GOALS),
        *_kinds(used, lambda row: constants.unseen.get(row.slug), ", card never seen", {}),
        *_kinds(used, lambda row: constants.other_models.get(row.slug), ", other models seen", {}),
    ]


# The median and the 90th percentile to reach.
GOALS: dict[str, tuple[float, float | None]] = {DENSE: (0.22, 0.65), MIXTURES: (0.32, None)}
Predicted = Callable[[PromptObservation], Sequence[float] | None]


def predicted_of(row: PromptObservation, constants: PrefillConstants) -> Sequence[float]:
    """Tokens per second with their range: held out where it was calibrated on, else as the calibration stands."""
    if row.slug in constants.unseen:
        return _as_the_goals_say(row, constants)
    tokens_s = prompt_tokens_s(row, constants, own=True)
    machine = constants.machines.get(row.card, NOT_MEASURED)
    span = span_of(row.gpu.speed_class, machine, constants, mixture=row.mixture)
    return tokens_s, tokens_s * span.low, tokens_s * span.high


def prompt_report_as_it_stands(observations: Iterable[PromptObservation], constants: PrefillConstants) -> str:
    """The table of measurements that the calibration may or may not have seen."""
    rows = [row for row in observations if row.calibrates]
    lines = _kinds(rows, lambda row: predicted_of(row, constants), "", GOALS)
    return "\n".join([_head(), *map(_line, lines)])


def _as_the_goals_say(row: PromptObservation, constants: PrefillConstants) -> Sequence[float]:
    """The whole card left out; in classes of few cards the model on it."""
    is_small = constants.classes[row.gpu.speed_class].cards < FEW_CARDS
    own = constants.other_models.get(row.slug) if is_small else None
    return own or constants.unseen[row.slug]


def _kinds(
    rows: Sequence[PromptObservation],
    predicted: Predicted,
    suffix: str,
    goals: dict[str, tuple[float, float | None]],
) -> list[PromptAgreement]:
    lines = []
    for kind in (DENSE, HYBRIDS, MIXTURES):
        pairs = [(row, figures) for row in rows if kind_of(row) == kind and (figures := predicted(row))]
        if pairs:
            goal, goal_p90 = goals.get(kind, (None, None))
            lines.append(replace(_agreement(kind + suffix, pairs), goal=goal, goal_p90=goal_p90))
    return lines


def kind_of(row: PromptObservation) -> str:
    """A mixture counts as one whatever its attention."""
    if row.mixture:
        return MIXTURES
    return HYBRIDS if row.linear else DENSE


def _agreement(name: str, pairs: Sequence[tuple[PromptObservation, Sequence[float]]]) -> PromptAgreement:
    errors = [figures[0] / row.tokens_s - 1 for row, figures in pairs]
    sizes = sorted(map(abs, errors))
    return PromptAgreement(
        name=name,
        rows=len(pairs),
        cards=len({row.card for row, _ in pairs}),
        median=statistics.median(sizes),
        p90=sizes[round(0.9 * (len(sizes) - 1))],
        bias=statistics.median(errors),
        coverage=statistics.fmean(low <= row.tokens_s <= high for row, (_, low, high) in pairs),
    )


def prompt_report(observations: Iterable[PromptObservation], constants: PrefillConstants) -> str:
    """The table as text; then rows that were not calibrated on but say something: from RAM, or by ordinary units."""
    rows = list(observations)
    lines = [_head()]
    lines += [_line(line) for line in prompt_table(rows, constants)]
    lines.append("\nHeld out: the whole card; above, in classes of fewer than five cards, one of its models.")
    lines += _apart("copied from RAM", [row for row in rows if row.copies], constants)
    lines += _apart(
        "BF16 without matrix units", [row for row in rows if not row.by_units and not row.offload], constants
    )
    return "\n".join(lines)


def _head() -> str:
    heads = (("rows", 6), ("cards", 6), ("median", 9), ("90th", 9), ("bias", 9), ("in range", 10))
    return f"{'prompts':50}" + "".join(f"{name:>{width}}" for name, width in heads) + "  goal"


def _line(line: PromptAgreement) -> str:
    met = {None: "", True: "met", False: "MISSED"}[line.met]
    return (
        f"{line.name:50}{line.rows:6}{line.cards:6}{line.median:9.1%}{line.p90:9.1%}{line.bias:+9.1%}"
        f"{line.coverage:10.1%}  {met}"
    ).rstrip()


def _apart(name: str, rows: Sequence[PromptObservation], constants: PrefillConstants) -> list[str]:
    if not rows:
        return []
    figures = [(row, prompt_tokens_s(row, constants, own=True)) for row in rows]
    return [
        f"\n{name}, not calibrated on: predicted, measured, error",
        *(f"  {row.label}: {ours:.0f}, {row.tokens_s:.0f}, {ours / row.tokens_s - 1:+.0%}" for row, ours in figures),
    ]
