"""Questions that people asked of a machine, answered and held against what a log, a measurement or a table says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.truth.answers import SPEEDS, answer
from tests.truth.desk import Desk
from tests.truth.outside import REASONS
from tests.truth.questions import Case, read_cases

OWN_CASES = Path(__file__).parent / "cases.jsonl"


@dataclass(frozen=True)
class Answered:
    """A case with what we say; `ours` is None where we have no figure. `reason` says why, or why it is outside."""

    case: Case
    ours: float | bool | None
    reason: str

    @property
    def difference(self) -> float | None:
        """By how much ours is above the right figure, as a share; None for true and false and where we have none."""
        if self.ours is None or isinstance(self.case.right, bool):
            return None
        return self.ours / self.case.right - 1 if self.case.right else float(self.ours)

    @property
    def inside(self) -> bool:
        """Whether it is near enough, or says the same of what fits."""
        if self.difference is None:
            return self.ours is not None and self.ours == self.case.right
        return abs(self.difference) <= (self.case.tolerance or 0)

    @property
    def is_asked(self) -> bool:
        """Whether it is answered here: the speed of decoding has its own comparison."""
        return self.case.what not in SPEEDS

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
    """Each case on a line, then the kinds, then how many questions about speed were left for their own comparison."""
    asked = [answered for answered in answers if answered.is_asked]
    left, inside = len(answers) - len(asked), sum(answered.inside for answered in asked)
    return "\n".join(
        [
            f"{'case':48}{'what':24}{'ours':>20}{'right':>20}{'difference':>12}",
            *map(_line, asked),
            "",
            *_kinds(answers),
            f"Inside are {inside} of {len(asked)}, {inside / max(1, len(asked)):.1%}.",
            *([f"Not asked here: {left} cases about speed."] if left else []),
        ]
    )


def _line(answered: Answered) -> str:
    case, difference = answered.case, answered.difference
    share = "" if difference is None else f"{100 * difference:+.3f}%"
    verdict = "inside" if answered.inside else f"OUTSIDE: {answered.reason or 'NO REASON IS KNOWN'}"
    return f"{case.id:48}{case.what:24}{_figure(answered.ours):>20}{_figure(case.right):>20}{share:>12}  {verdict}"


def _figure(value: float | bool | None) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4f}"


def _kinds(answers: Sequence[Answered]) -> list[str]:
    """A line for each kind, in order; cases about speed are counted apart."""
    lines = [f"{'kind':6}{'inside':>8}{'asked':>8}{'speed':>8}{'none':>8}  name"]
    for kind in dict.fromkeys(answered.case.kind for answered in answers):
        of_kind = [answered for answered in answers if answered.case.kind == kind]
        asked = [answered for answered in of_kind if answered.is_asked]
        inside, none = sum(answered.inside for answered in asked), sum(answered.ours is None for answered in asked)
        name, speed = of_kind[0].case.kind_name, len(of_kind) - len(asked)
        lines.append(f"{kind:6}{inside:8}{len(asked):8}{speed:8}{none:8}  {name}")
    return lines
