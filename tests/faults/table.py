"""A line a fault: how many asked, how many had no page, how long the longest took, and after how long all was well."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.faults.visitor import Answer

HEADING = f"{'fault':<46} {'requests':>8} {'lost':>5} {'longest ms':>10} {'recovered s':>11}  what else"


@dataclass(frozen=True)
class Line:
    """What a fault did. `faults` are what should not have happened, one sentence each; none is good."""

    name: str
    requests: int = 0
    lost: int = 0
    longest_s: float = 0.0
    recovered_s: float | None = None
    remark: str = ""
    faults: tuple[str, ...] = ()

    def __str__(self) -> str:
        longest = f"{1000 * self.longest_s:,.0f}" if self.requests else "-"
        recovered = "-" if self.recovered_s is None else f"{self.recovered_s:.1f}"
        counts = f"{self.requests:>8,} {self.lost:>5}" if self.requests else f"{'-':>8} {'-':>5}"
        words = "; ".join(filter(None, [self.remark, *(f"WRONG: {fault}" for fault in self.faults)]))
        return f"{self.name:<46} {counts} {longest:>10} {recovered:>11}  {words}"


def line(
    name: str,
    answers: Sequence[Answer],
    *,
    may_lose: int = 0,
    most_s: float,
    recovered_s: float | None = None,
    remark: str = "",
    faults: Sequence[str] = (),
) -> Line:
    """The line of what visitors saw: they may lose so many requests, and none may take longer than `most_s`."""
    lost = [answer for answer in answers if answer.is_lost]
    longest = max((answer.took for answer in answers), default=0.0)
    wrong = list(faults)
    if len(lost) > may_lose:
        kinds = sorted({answer.why or str(answer.status) for answer in lost})
        wrong.append(f"{len(lost)} lost ({', '.join(kinds)}), {may_lose} may be")
    if longest > most_s:
        wrong.append(f"one took {longest:.1f} s, more than {most_s:.1f}")
    if not answers:
        wrong.append("nobody asked")
    return Line(name, len(answers), len(lost), longest, recovered_s, remark, tuple(wrong))


def until(is_well: Callable[[], bool], patience_s: float) -> float | None:
    """Seconds until it is well; None where that takes longer than patience."""
    began = time.monotonic()
    while time.monotonic() - began < patience_s:
        if is_well():
            return time.monotonic() - began
        time.sleep(0.05)
    return None
