"""How well the estimate agrees with measurements: the table that `calibrate`, `make truth` and /accuracy/ show."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fit.calibration.ranges import FEW_CARDS
from fit.observation import LAYER_SPLIT, Observation, bandwidth_tokens_s, predicted_tokens_s, range_of
from fit.speed_constants import SpeedConstants


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """What the estimate says of an observation; `held_out` where by a calibration that had not seen its card."""

    observation: Observation
    tokens_s: float
    low: float
    high: float
    held_out: bool

    @property
    def error(self) -> float:
        """Relative: 0.1 is ten percent too fast."""
        return self.tokens_s / self.observation.tokens_s - 1

    @property
    def covered(self) -> bool:
        return self.low <= self.observation.tokens_s <= self.high


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Rows of one kind: how many, of how many cards, and the errors as shares; None where there is no such figure."""

    name: str
    rows: int
    cards: int
    median: float
    p90: float
    coverage: float
    bandwidth: float
    rule: float | None
    goal: float | None = None
    goal_p90: float | None = None
    goal_coverage: float | None = None

    @property
    def met(self) -> bool | None:
        goals = ((self.goal, self.median), (self.goal_p90, self.p90))
        named = [value <= goal for goal, value in goals if goal is not None]
        if self.goal_coverage is not None:
            named.append(self.coverage >= self.goal_coverage)
        return all(named) if named else None


def compare(observations: Iterable[Observation], constants: SpeedConstants) -> list[Prediction]:
    """Every observation: where it was calibrated on, by the calibration that had not seen its card."""
    return [_compare(observation, constants) for observation in observations]


def _compare(observation: Observation, constants: SpeedConstants) -> Prediction:
    if observation.slug in constants.held_out:
        tokens_s, low, high = constants.held_out[observation.slug]
        return Prediction(observation=observation, tokens_s=tokens_s, low=low, high=high, held_out=True)
    tokens_s, span = predicted_tokens_s(observation, constants), range_of(observation, constants)
    low, high = tokens_s * span.low, tokens_s * span.high
    return Prediction(observation=observation, tokens_s=tokens_s, low=low, high=high, held_out=False)


def agreement(name: str, rows: Sequence[Prediction], **goals: float) -> Agreement | None:
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
        coverage=statistics.fmean(row.covered for row in rows),
        bandwidth=statistics.median(_off(bandwidth_tokens_s(row.observation), row) for row in rows),
        rule=statistics.median(rules) if rules else None,
        **goals,
    )


def _off(tokens_s: float, row: Prediction) -> float:
    return abs(tokens_s / row.observation.tokens_s - 1)


def table(rows: Sequence[Prediction], constants: SpeedConstants) -> list[Agreement]:
    """What must be reached, then the same class by class, then what was not calibrated on."""
    used = [row for row in rows if row.observation.calibrates]
    lines = [
        agreement("dense, without LocalScore", _chosen(used, constants, False, local=False), **DENSE),
        agreement(
            "dense, with LocalScore", _chosen(used, constants, mixture=False, local=True), goal=0.12, goal_coverage=0.8
        ),
        agreement("mixture of experts", _chosen(used, constants, True), goal=0.15, goal_coverage=0.8),
        agreement("all of any class", used),
        *(_of_class(used, name) for name in constants.classes),
        *(agreement(name, [row for row in rows if kind(row.observation)]) for name, kind in KINDS.items()),
    ]
    return [line for line in lines if line]


DENSE = {"goal": 0.08, "goal_p90": 0.30, "goal_coverage": 0.8}
KINDS: dict[str, Callable[[Observation], bool]] = {
    "not used: builds of 2023-24": lambda row: not row.calibrates and row.is_old_build and row.is_plain,
    "not used: builds of today": lambda row: not row.calibrates and not row.is_old_build and row.is_plain,
    "several cards, layer split": lambda row: row.cards > 1 and row.split == LAYER_SPLIT,
    "offload that says what": lambda row: bool(row.ram_bytes),
}


def _chosen(
    rows: Sequence[Prediction], constants: SpeedConstants, mixture: bool, *, local: bool = True
) -> list[Prediction]:
    """In classes that rest on three cards or more; `local` says whether llamafile's rows are among them."""
    return [
        row
        for row in rows
        if row.observation.work.mixture == mixture
        and (local or "llamafile" not in row.observation.runtime)
        and _cards(row.observation.speed_class, mixture, constants) >= FEW_CARDS
    ]


def _cards(name: str, mixture: bool, constants: SpeedConstants) -> int:
    decode_class = constants.classes.get(name, constants.other)
    return (decode_class.mixture if mixture else decode_class.dense).cards


def _of_class(rows: Sequence[Prediction], name: str) -> Agreement | None:
    return agreement(f"class {name}", [row for row in rows if row.observation.speed_class == name])


def report(observations: Sequence[Observation], constants: SpeedConstants) -> str:
    """The table as text; then every row with several cards or with offload."""
    rows = compare(observations, constants)
    heads = (("rows", 6), ("cards", 6), ("median", 9), ("90th", 9), ("in range", 10), ("bandwidth", 11), ("rule", 8))
    lines = [f"{'decode':30}" + "".join(f"{name:>{width}}" for name, width in heads) + "  goal"]
    lines += [_line(line) for line in table(rows, constants)]
    lines.append(
        "\nHeld out, but for rows that are not used, several cards and offload: what a further card costs, what an old"
    )
    lines.append("build takes longer and the pace of RAM were taken from those very rows.")
    for name in ("several cards, layer split", "offload that says what"):
        lines.append(f"\n{name}: predicted, measured, error")
        lines += [_row(row) for row in rows if KINDS[name](row.observation)]
    return "\n".join(lines)


def _line(line: Agreement) -> str:
    rule = f"{line.rule:8.1%}" if line.rule is not None else f"{'':8}"
    met = {None: "", True: "met", False: "MISSED"}[line.met]
    return (
        f"{line.name:30}{line.rows:6}{line.cards:6}{line.median:9.1%}{line.p90:9.1%}{line.coverage:10.1%}"
        f"{line.bandwidth:11.1%}{rule}  {met}"
    )


def _row(row: Prediction) -> str:
    observation = row.observation
    cards = f"{observation.cards} x " if observation.cards > 1 else ""
    offload = f" ({observation.offload})" if observation.offload else ""
    figures = f"{row.tokens_s:.1f}, {observation.tokens_s:.1f}, {row.error:+.0%}"
    return f"  {cards}{observation.label}{offload}: {figures}"
