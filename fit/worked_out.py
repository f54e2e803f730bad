"""Figures that are worked out when they are first asked for, and kept."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Key = TypeVar("Key")
Figure = TypeVar("Figure")
Record = TypeVar("Record")


class WorkedOut(dict[Key, Figure]):
    """A mapping from whatever it is asked for to what `work_out` makes of it, which is called once for each."""

    def __init__(self, work_out: Callable[[Key], Figure]) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, key: Key) -> Figure:
        self[key] = figure = self.work_out(key)
        return figure


def once(function: Callable[[Record], Figure]) -> Callable[[Record], Figure]:
    """Work out `function(record)` once in the life of a frozen record, and keep it with the record.

    For what is no property of it, since it is made of modules that the record knows nothing of.
    """
    place = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(record: Record) -> Figure:
        figures = record.__dict__
        if place not in figures:
            figures[place] = function(record)
        figure: Figure = figures[place]
        return figure

    return kept
