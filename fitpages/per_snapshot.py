"""Answers that live in the snapshot they were worked out for, and go with it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

from catalog.snapshot import Snapshot

Items = TypeVarTuple("Items")
Answer = TypeVar("Answer")

# Where a snapshot keeps them, by function, then by items.
ANSWERS = "_answers"


def per_snapshot(function: Callable[[Snapshot, *Items], Answer]) -> Callable[[Snapshot, *Items], Answer]:
    """Work out `function(snapshot, *items)` once in the life of a snapshot for each choice of items.

    Items must be hashable, and few enough to keep every answer: records of the catalog, never what a visitor typed.
    """

    @wraps(function)
    def remembered(snapshot: Snapshot, *items: *Items) -> Answer:
        try:
            answer: Answer = snapshot.__dict__[ANSWERS][function][items]
        except KeyError:
            answers = snapshot.__dict__.setdefault(ANSWERS, {}).setdefault(function, {})
            answers[items] = answer = function(snapshot, *items)
        return answer

    return remembered


def share(function: Callable[[Snapshot, *Items], Answer], before: Snapshot, after: Snapshot) -> None:
    """Let `after` remember the answers of `function` that `before` does, and the other way round: what it asks of
    either is the same."""
    inner = getattr(function, "__wrapped__")  # noqa: B009
    of_before = before.__dict__.setdefault(ANSWERS, {}).setdefault(inner, {})
    after.__dict__.setdefault(ANSWERS, {})[inner] = of_before
