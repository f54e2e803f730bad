"""Readers who come while others attack: so many pages a second, each over a connection of its own."""

import threading
import time
from dataclasses import dataclass, field
from statistics import median, quantiles

from tests.hostile.client import send
from tests.hostile.request import raw

PAGES = ("/run/qwen2-5-72b-on-l4/", "/", "/models/qwen2-5-72b/", "/about/")
PER_SECOND = 10
# Whoever has no page after this is lost.
PATIENCE_S = 5.0
# Goals, seconds.
MEDIAN_S = LONGEST_S = 0.1


@dataclass
class Visits:
    """What readers saw: seconds of each page that they got, and how many got none."""

    seconds: list[float] = field(default_factory=list)
    lost: int = 0

    @property
    def median(self) -> float:
        return median(self.seconds) if self.seconds else float("inf")

    @property
    def longest(self) -> float:
        return max(self.seconds, default=float("inf"))

    @property
    def percentile_99(self) -> float:
        return quantiles(self.seconds, n=100, method="inclusive")[98] if len(self.seconds) > 1 else self.longest

    def misses(self) -> list[str]:
        """The goals that are missed."""
        missed = [f"{self.lost} lost"] if self.lost else []
        missed += [f"median over {MEDIAN_S * 1000:.0f} ms"] if self.median > MEDIAN_S else []
        return missed + ([f"longest over {LONGEST_S * 1000:.0f} ms"] if self.longest > LONGEST_S else [])


def visit(port: int, seconds: float) -> Visits:
    """Ask for pages for so many seconds; each at its time, however long those before it take."""
    visits, threads, start = Visits(), [], time.perf_counter()
    for number in range(int(seconds * PER_SECOND)):
        time.sleep(max(0.0, start + number / PER_SECOND - time.perf_counter()))
        threads.append(threading.Thread(target=_one, args=(port, PAGES[number % len(PAGES)], visits)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return visits


def _one(port: int, path: str, visits: Visits) -> None:
    try:
        answer = send(port, raw("GET", path), longest_s=PATIENCE_S)
    except OSError:
        visits.lost += 1
        return
    if answer.status == 200 and answer.whole and not answer.timed_out:
        visits.seconds.append(answer.seconds)
    else:
        visits.lost += 1
