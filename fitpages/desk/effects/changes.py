"""A pair whose answer changes, and which of many such are shown."""

from collections import Counter
from collections.abc import Callable
from heapq import heappush, heappushpop
from typing import NamedTuple

from fitpages.desk.effects.affected import Both
from fitpages.desk.effects.said import line, need_line, speed_line
from fitpages.matching.answers import Answer

# Of so many pairs of a model, before others of the same come into a list.
OF_A_MODEL = 2


class Change(NamedTuple):
    """A pair whose answer changes."""

    pair: Both
    before: Answer | None
    after: Answer | None

    @property
    def name(self) -> str:
        """The pair in words: Llama 3.1 8B on RTX 4090."""
        return f"{self.pair.model.record.name} on {self.pair.gpu.record.name}"

    @property
    def address(self) -> str:
        """Where its page is: now, or once it is there."""
        now = self.before or self.after
        return now.address if now else ""

    @property
    def lines(self) -> tuple[str, str]:
        """What its page says now, and what it would say."""
        return self._both(line)

    @property
    def speeds(self) -> tuple[str, str]:
        """Its speed now and after."""
        return self._both(speed_line)

    @property
    def needs(self) -> tuple[str, str]:
        """Its memory now and after."""
        return self._both(need_line)

    def _both(self, text: Callable[[Answer], str]) -> tuple[str, str]:
        before, after = (text(side) if side else "no page" for side in (self.before, self.after))
        return before, after


class First:
    """The first changes; two of each model before others of the same, for a change of a quantization is of all."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.of_model: Counter[int] = Counter()
        self.first: list[Change] = []
        self.others: list[Change] = []

    def add(self, change: Change) -> None:
        """Keep it where there is room."""
        model = id(change.pair.model)
        self.of_model[model] += 1
        place = self.first if self.of_model[model] <= OF_A_MODEL else self.others
        if len(place) < self.most:
            place.append(change)

    def changes(self) -> tuple[Change, ...]:
        """Those to show."""
        return tuple([*self.first, *self.others][: self.most])


class Largest:
    """The largest changes, by how many times as much the one figure is of the other."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.heap: list[tuple[float, int, Change]] = []
        self.added = 0

    def add(self, times: float, change: Change) -> None:
        """Keep it where it is among the largest; of those alike the first, and none without a change."""
        self.added += 1
        if times:
            keep = heappush if len(self.heap) < self.most else heappushpop
            keep(self.heap, (times, -self.added, change))

    def changes(self) -> tuple[Change, ...]:
        """The largest first."""
        return tuple(change for _, _, change in sorted(self.heap, reverse=True))
