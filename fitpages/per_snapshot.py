"""Answers kept for as long as the catalog they were made from is the current one."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

from catalog.snapshot import Snapshot

Answer = TypeVar("Answer")


def per_snapshot(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """Remember `function(snapshot, *items)` for each choice of items, which must be hashable and few enough to keep.

    With the next snapshot everything is forgotten, the old snapshot, too.
    """

    @lru_cache(maxsize=1)
    def answers(_: Snapshot) -> dict[tuple[Any, ...], Answer]:
        return {}

    @wraps(function)
    def remembered(snapshot: Snapshot, *items: Any) -> Answer:
        known = answers(snapshot)
        try:
            return known[items]
        except KeyError:
            known[items] = answer = function(snapshot, *items)
            return answer

    return remembered
