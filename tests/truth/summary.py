"""Rows of the accounting as a table: one line a check, with what it must reach."""

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.truth.row import Row

# A check whose worst is above this share says why.
WORST_WITHOUT_REASON = 0.02


@dataclass(frozen=True)
class Goal:
    """The largest errors that a check may have, as shares; None where it is not held to one.

    `named`: models whose worst is let pass, each with its reason. `reason`: why the worst of all is above 2%.
    """

    median: float | None = None
    p90: float | None = None
    worst: float | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """One check: rows with a figure of ours and their models, rows met to the byte, errors as shares, the worst row.

    `met` is None where there is no goal; `unanswered` counts rows of which we have no figure.
    """

    check: str
    rows: int
    models: int
    exact: int
    median: float
    p90: float
    worst: float
    met: bool | None
    worst_row: Row | None
    unanswered: int

    def as_published(self) -> dict[str, Any]:
        """What the site reads of it: shares to four digits."""
        names = ("check", "rows", "models", "exact", "median", "p90", "worst", "met")
        return {name: _short(getattr(self, name)) for name in names}


def summary(rows: Iterable[Row], goals: Mapping[str, Goal]) -> list[Line]:
    """A line for each check, in the order of the rows."""
    by_check: dict[str, list[Row]] = {}
    for row in rows:
        by_check.setdefault(row.check, []).append(row)
    return [_line(check, of_check, goals.get(check)) for check, of_check in by_check.items()]


def _line(check: str, rows: Sequence[Row], goal: Goal | None) -> Line:
    answered = [row for row in rows if row.error is not None]
    errors = sorted(map(_size, answered)) or [0.0]
    median, p90 = statistics.median(errors), errors[int(0.9 * (len(errors) - 1))]
    held = max((_size(row) for row in answered if row.model not in (goal.named if goal else ())), default=0.0)
    return Line(
        check=check,
        rows=len(answered),
        models=len({row.model for row in answered}),
        exact=sum(row.predicted == row.real for row in answered),
        median=median,
        p90=p90,
        worst=errors[-1],
        met=bool(answered) and _met(goal, median, p90, held) if goal else None,
        worst_row=max(answered, key=_size, default=None),
        unanswered=len(rows) - len(answered),
    )


def _size(row: Row) -> float:
    return abs(row.error or 0.0)


def _met(goal: Goal, median: float, p90: float, worst: float) -> bool:
    pairs = ((median, goal.median), (p90, goal.p90), (worst, goal.worst))
    return all(limit is None or error <= limit for error, limit in pairs)


def as_published(lines: Iterable[Line]) -> str:
    """The file of a summary that the site reads: of the checks that have a figure of ours."""
    return json.dumps([line.as_published() for line in lines if line.rows], indent=1) + "\n"


def _short(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value


def table(rows: Sequence[Row], goals: Mapping[str, Goal]) -> str:
    """The lines as text, each with its worst row by name; below them why it is so bad, and what was not answered."""
    text = [f"{'check':28}{'rows':>7}{'models':>8}{'exact':>8}{'median':>11}{'90th':>11}{'worst':>11}  goal    worst"]
    for line in summary(rows, goals):
        figures = "".join(f"{100 * error:10.4f}%" for error in (line.median, line.p90, line.worst))
        met = {None: "", True: "met", False: "MISSED"}[line.met]
        worst = line.worst_row.name if line.worst_row and line.worst else ""
        text.append(f"{line.check:28}{line.rows:7}{line.models:8}{line.exact:8}{figures}  {met:7} {worst}".rstrip())
    return "\n".join([*text, *_reasons(summary(rows, goals), goals), *_unanswered(rows)])


def _reasons(lines: Sequence[Line], goals: Mapping[str, Goal]) -> list[str]:
    """Why the worst of a check is above what needs no reason, and which models are let pass."""
    held = [(line, goals[line.check]) for line in lines if line.check in goals]
    above = [(line, goal) for line, goal in held if line.worst > WORST_WITHOUT_REASON and line.worst_row]
    named = [(line, model, reason) for line, goal in held for model, reason in goal.named.items()]
    return [
        *(
            f"The worst of {line.check} is {line.worst:.1%}, {_worst(line)}: {_why(line, goal)}."
            for line, goal in above
        ),
        *(f"The worst of {line.check} lets pass {model}: {reason}." for line, model, reason in named),
    ]


def _worst(line: Line) -> str:
    return line.worst_row.name if line.worst_row else ""


def _why(line: Line, goal: Goal) -> str:
    model = line.worst_row.model if line.worst_row else ""
    return goal.reason or goal.named.get(model) or "NO REASON IS KNOWN"


def _unanswered(rows: Sequence[Row]) -> list[str]:
    """Every reason why there was no figure, with how many rows of which models it keeps out."""
    reasons: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.predicted is None:
            reasons.setdefault((row.check, row.detail), []).append(row)
    return [_because(check, reason, kept_out) for (check, reason), kept_out in reasons.items()]


def _because(check: str, reason: str, rows: Sequence[Row]) -> str:
    models = sorted({row.model for row in rows})
    names = ", ".join(models[:3]) + (f" and {len(models) - 3} more" if len(models) > 3 else "")
    return f"Not answered, {check}: {len(rows)} rows ({names}): {reason}."
