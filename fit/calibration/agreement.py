"""How well the estimate agrees with measurements: the table that `calibrate`, `make truth` and /accuracy/ show."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fit.calibration.ranges import FEW_CARDS
from fit.observation import Measurement, bandwidth_tokens_s, predicted_tokens_s, range_of
from fit.speed_constants import SpeedConstants


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A measurement beside what is said of it. `rule_tokens_s` is the founding rule's ceiling, where there is one."""

    found: Measurement
    tokens_s: float
    low: float
    high: float
    held_out: bool

    @property
    def error(self) -> float:
        """Relative: 0.1 is ten percent too fast."""
        return self.tokens_s / self.found.tokens_s - 1

    @property
    def covered(self) -> bool:
        return self.low <= self.found.tokens_s <= self.high


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


def compare(found: Iterable[Measurement], known: SpeedConstants) -> list[Compared]:
    """Every measurement: where it was calibrated on, by the calibration that had not seen its card."""
    return [_compare(one, known) for one in found]


def _compare(one: Measurement, known: SpeedConstants) -> Compared:
    if one.slug in known.held_out:
        tokens_s, low, high = known.held_out[one.slug]
        return Compared(found=one, tokens_s=tokens_s, low=low, high=high, held_out=True)
    tokens_s, of_range = predicted_tokens_s(one, known), range_of(one, known)
    return Compared(
        found=one, tokens_s=tokens_s, low=tokens_s * of_range.low, high=tokens_s * of_range.high, held_out=False
    )


def agreement(name: str, rows: Sequence[Compared], **goals: float) -> Agreement | None:
    """The figures of some rows; None where there are none."""
    if not rows:
        return None
    errors = sorted(abs(row.error) for row in rows)
    rules = [_off(row.found.rule_tokens_s, row) for row in rows if row.found.rule_tokens_s]
    return Agreement(
        name=name,
        rows=len(rows),
        cards=len({row.found.card for row in rows}),
        median=statistics.median(errors),
        p90=errors[round(0.9 * (len(errors) - 1))],
        coverage=statistics.fmean(row.covered for row in rows),
        bandwidth=statistics.median(_off(bandwidth_tokens_s(row.found), row) for row in rows),
        rule=statistics.median(rules) if rules else None,
        **goals,
    )


def _off(tokens_s: float, row: Compared) -> float:
    return abs(tokens_s / row.found.tokens_s - 1)


def table(rows: Sequence[Compared], known: SpeedConstants) -> list[Agreement]:
    """What must be reached, then the same class by class, then what was not calibrated on."""
    used = [row for row in rows if row.found.calibrates]
    lines = [
        agreement("dense, without LocalScore", _chosen(used, known, False, local=False), **DENSE),
        agreement(
            "dense, with LocalScore", _chosen(used, known, mixture=False, local=True), goal=0.12, goal_coverage=0.8
        ),
        agreement("mixture of experts", _chosen(used, known, True), goal=0.15, goal_coverage=0.8),
        agreement("all of any class", used),
        *(_of_class(used, name) for name in known.classes),
        *(agreement(name, [row for row in rows if kind(row.found)]) for name, kind in KINDS.items()),
    ]
    return [line for line in lines if line]


DENSE = {"goal": 0.08, "goal_p90": 0.30, "goal_coverage": 0.8}
KINDS: dict[str, Callable[[Measurement], bool]] = {
    "not used: builds of 2023-24": lambda one: not one.calibrates and one.is_old_build and one.is_plain,
    "not used: builds of today": lambda one: not one.calibrates and not one.is_old_build and one.is_plain,
    "several cards, layer split": lambda one: one.cards > 1 and one.split == "layer",
    "offload that says what": lambda one: bool(one.ram_bytes),
}


def _chosen(rows: Sequence[Compared], known: SpeedConstants, mixture: bool, *, local: bool = True) -> list[Compared]:
    """In classes that rest on three cards or more; `local` says whether llamafile's rows are among them."""
    return [
        row
        for row in rows
        if row.found.work.mixture == mixture
        and (local or "llamafile" not in row.found.runtime)
        and _cards(row.found.speed_class, mixture, known) >= FEW_CARDS
    ]


def _cards(name: str, mixture: bool, known: SpeedConstants) -> int:
    of_class = known.classes.get(name, known.other)
    return (of_class.mixture if mixture else of_class.dense).cards


def _of_class(rows: Sequence[Compared], name: str) -> Agreement | None:
    return agreement(f"class {name}", [row for row in rows if row.found.speed_class == name])


def report(found: Sequence[Measurement], known: SpeedConstants) -> str:
    """The table as text; then every row with several cards or with offload."""
    rows = compare(found, known)
    heads = (("rows", 6), ("cards", 6), ("median", 9), ("90th", 9), ("in range", 10), ("bandwidth", 11), ("rule", 8))
    lines = [f"{'decode':30}" + "".join(f"{name:>{width}}" for name, width in heads) + "  goal"]
    lines += [_line(one) for one in table(rows, known)]
    lines.append(
        "\nHeld out, but for rows that are not used, several cards and offload: what a further card costs, what an old"
    )
    lines.append("build takes longer and the pace of RAM were taken from those very rows.")
    for name in ("several cards, layer split", "offload that says what"):
        lines.append(f"\n{name}: predicted, measured, error")
        lines += [_row(row) for row in rows if KINDS[name](row.found)]
    return "\n".join(lines)


def _line(one: Agreement) -> str:
    rule = f"{one.rule:8.1%}" if one.rule is not None else f"{'':8}"
    met = {None: "", True: "met", False: "MISSED"}[one.met]
    return (
        f"{one.name:30}{one.rows:6}{one.cards:6}{one.median:9.1%}{one.p90:9.1%}{one.coverage:10.1%}"
        f"{one.bandwidth:11.1%}{rule}  {met}"
    )


def _row(row: Compared) -> str:
    cards = f"{row.found.cards} x " if row.found.cards > 1 else ""
    offload = f" ({row.found.offload})" if row.found.offload else ""
    return f"  {cards}{row.found.label}{offload}: {row.tokens_s:.1f}, {row.found.tokens_s:.1f}, {row.error:+.0%}"
