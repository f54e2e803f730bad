"""Questions that people asked of a machine, answered and held against what a log, a measurement or a table says."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.truth.answers import SPEEDS, answer
from tests.truth.desk import Desk
from tests.truth.outside import REASONS
from tests.truth.questions import Case, read_cases
from tests.truth.speed_answers import Ends

OWN_CASES = Path(__file__).parent / "cases.jsonl"


@dataclass(frozen=True)
class Answered:
    """A case with what we say; `ours` is None where we have no figure. `reason` says why, or why it is outside."""

    case: Case
    ours: float | bool | Ends | None
    reason: str

    @property
    def difference(self) -> float | None:
        """By how much ours is above the right figure, as a share; None for true and false and where we have none.

        Between two ends it is none at all.
        """
        if self.ours is None or isinstance(self.case.right, bool):
            return None
        ours = self.ours.nearest(self.case.right) if isinstance(self.ours, Ends) else self.ours
        return ours / self.case.right - 1 if self.case.right else float(ours)

    @property
    def inside(self) -> bool:
        """Whether it is near enough, or says the same of what fits."""
        if self.difference is None:
            return self.ours is not None and self.ours == self.case.right
        return abs(self.difference) <= (self.case.tolerance or 0)

    @property
    def is_of_speed(self) -> bool:
        """Whether it is a question about speed, which depends on more than a rule."""
        return self.case.what in SPEEDS

    def as_json(self) -> dict[str, Any]:
        """The case in a file of all cases."""
        names = ("ours", "difference", "inside")
        return {
            "id": self.case.id,
            "what": self.case.what,
            "right": self.case.right,
            **{name: getattr(self, name) for name in names},
        }


def answer_all(path: Path = OWN_CASES) -> list[Answered]:
    """Every case of a file, answered; raises tests.truth.questions.CasesError."""
    desk = Desk()
    answers = (Answered(case, *answer(desk, case.what, case.ask)) for case in read_cases(path))
    return [replace(answered, reason=_reason(answered)) for answered in answers]


def _reason(answered: Answered) -> str:
    """Why there is no figure, or why it is outside where that is known."""
    return answered.reason or ("" if answered.inside else REASONS.get(answered.case.id, ""))


def table(answers: Sequence[Answered]) -> str:
    """Each case on a line, then the kinds, then how many are inside: of memory, and of speed with its middles."""
    of_memory = [answered for answered in answers if not answered.is_of_speed]
    of_speed = [answered for answered in answers if answered.is_of_speed]
    return "\n".join(
        [
            f"{'case':48}{'what':24}{'ours':>20}{'right':>20}{'difference':>12}",
            *map(_line, answers),
            "",
            *_kinds(answers),
            f"Inside are {_share(of_memory)}.",
            *(
                [f"Of speed inside are {_share(of_speed)}; ours over right in the middle:", *_middles(of_speed)]
                if of_speed
                else []
            ),
        ]
    )


def _share(answers: Sequence[Answered]) -> str:
    inside = sum(answered.inside for answered in answers)
    return f"{inside} of {len(answers)}, {inside / max(1, len(answers)):.1%}"


def _middles(answers: Sequence[Answered]) -> list[str]:
    """The median of ours over right of each figure that was asked for, then of each kind."""
    groups: dict[str, list[Answered]] = {}
    for answered in answers:
        groups.setdefault(answered.case.what, []).append(answered)
    for answered in answers:
        groups.setdefault(answered.case.kind, []).append(answered)
    return [
        f"  {name:20}{statistics.median(1 + (answered.difference or 0) for answered in group):6.2f}  {_share(group)}"
        for name, group in groups.items()
    ]


def _line(answered: Answered) -> str:
    case, difference = answered.case, answered.difference
    share = "" if difference is None else f"{100 * difference:+.3f}%"
    verdict = "inside" if answered.inside else f"OUTSIDE: {answered.reason or 'NO REASON IS KNOWN'}"
    return f"{case.id:48}{case.what:24}{_figure(answered.ours):>20}{_figure(case.right):>20}{share:>12}  {verdict}"


def _figure(value: float | bool | Ends | None) -> str:
    if value is None:
        return "none"
    if isinstance(value, Ends):
        return f"{value.low:.2f} to {value.high:.2f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4f}"


def _kinds(answers: Sequence[Answered]) -> list[str]:
    """A line for each kind, in order."""
    lines = [f"{'kind':6}{'inside':>8}{'asked':>8}{'speed':>8}{'none':>8}  name"]
    for kind in dict.fromkeys(answered.case.kind for answered in answers):
        of_kind = [answered for answered in answers if answered.case.kind == kind]
        inside, none = sum(answered.inside for answered in of_kind), sum(answered.ours is None for answered in of_kind)
        name, speed = of_kind[0].case.kind_name, sum(answered.is_of_speed for answered in of_kind)
        lines.append(f"{kind:6}{inside:8}{len(of_kind):8}{speed:8}{none:8}  {name}")
    return lines
