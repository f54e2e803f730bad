"""Effects counted in the time that somebody waits: the common pairs at once, all of them step by step."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from catalog.snapshot import Snapshot
from fitpages.desk.effects.affected import affected
from fitpages.desk.effects.compared import Effects, Tally, compare
from fitpages.text import figures

# A row or a column is 400 pairs, each about a tenth of a millisecond on both sides: that many are counted in a second.
MOST_AT_ONCE = 5_000
# All pairs of a catalog take half a minute, on a busy machine two; nobody waits longer than this.
MOST_S = 240.0
# Pairs between two looks at the clock, and seconds between two words about it.
PAIRS_A_STEP, SECONDS_A_STEP = 200, 0.5


@dataclass(frozen=True, kw_only=True)
class Report:
    """Effects among the first pairs of `total` that may change, and the seconds that it took."""

    effects: Effects
    total: int
    seconds: float
    is_of_common: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether every pair was counted."""
        return self.effects.pairs == self.total

    @property
    def duration(self) -> str:
        """How long it took: 0.4 s."""
        return figures.seconds(self.seconds)

    @property
    def counted(self) -> str:
        """What was counted, and in what time."""
        if not self.total:
            return f"Nothing that an answer follows from changes. Looked at in {self.duration}."
        if self.is_whole:
            return f"All {self.total:,} pairs that may change were counted, in {self.duration}."
        which = " of common models on common GPUs" if self.is_of_common else ""
        return f"Counted: {self.effects.pairs:,} pairs{which}, of {self.total:,} that may change, in {self.duration}."


def at_once(before: Snapshot, after: Snapshot, began: float) -> Report:
    """Of all pairs where they are few, else of the common ones; `began` is by `time.perf_counter`."""
    pairs = affected(before, after)
    is_of_common = pairs.count > MOST_AT_ONCE and next(pairs.common(), None) is not None
    effects = compare(before, after, pairs.common() if is_of_common else islice(pairs.pairs(), MOST_AT_ONCE))
    seconds = time.perf_counter() - began
    return Report(effects=effects, total=pairs.count, seconds=seconds, is_of_common=is_of_common)


def step_by_step(before: Snapshot, after: Snapshot, began: float, most_s: float = MOST_S) -> Iterator[Report]:
    """Of all pairs: a report whenever there is something new to say, the last when all are counted or time is up."""
    pairs, tally = affected(before, after), Tally(before, after)
    remaining, said_at = pairs.pairs(), time.perf_counter()
    while step := list(islice(remaining, PAIRS_A_STEP)):
        for pair in step:
            tally.add(pair)
        now = time.perf_counter()
        if now - began > most_s:
            break
        if now - said_at > SECONDS_A_STEP:
            said_at = now
            yield Report(effects=tally.effects(), total=pairs.count, seconds=now - began)
    yield Report(effects=tally.effects(), total=pairs.count, seconds=time.perf_counter() - began)
