"""Figures that are worked out when they are first asked for, and kept."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Figure = TypeVar("Figure")


class WorkedOut(dict[Key, Figure]):
    """A mapping from whatever it is asked for to what `work_out` makes of it, which is called once for each."""

    def __init__(self, work_out: Callable[[Key], Figure]) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, key: Key) -> Figure:
        self[key] = figure = self.work_out(key)
        return figure
