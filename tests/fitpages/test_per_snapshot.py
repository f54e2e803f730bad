"""What was worked out for one catalog is kept for it, and forgotten with it."""

import gc
import weakref
from types import SimpleNamespace
from typing import Any

from fitpages.per_snapshot import per_snapshot


class Catalog(SimpleNamespace):
    """Stands for a snapshot: compared by identity, as snapshots are."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def counting() -> tuple[Any, list[tuple[object, ...]]]:
    calls: list[tuple[object, ...]] = []

    @per_snapshot
    def answer(snapshot: Any, *items: Any) -> str:
        calls.append(items)
        return f"{snapshot.name} {items}"

    return answer, calls


def test_an_answer_is_worked_out_once_for_each_item() -> None:
    answer, calls = counting()
    catalog = Catalog(name="one")
    assert [answer(catalog, 1), answer(catalog, 2), answer(catalog, 1), answer(catalog)] == [
        "one (1,)",
        "one (2,)",
        "one (1,)",
        "one ()",
    ]
    assert calls == [(1,), (2,), ()]


def test_the_next_catalog_gets_its_own_answers() -> None:
    answer, _ = counting()
    assert answer(Catalog(name="old"), 1) == "old (1,)"
    assert answer(Catalog(name="new"), 1) == "new (1,)"


def test_an_answer_of_none_is_kept_too() -> None:
    calls = []

    @per_snapshot
    def nothing(snapshot: Any) -> None:
        calls.append(snapshot)

    catalog = Catalog(name="one")
    assert nothing(catalog) is nothing(catalog) is None
    assert len(calls) == 1


def test_the_old_catalog_is_let_go() -> None:
    answer, _ = counting()
    old = Catalog(name="old")
    gone = weakref.ref(old)
    answer(old, 1)
    answer(Catalog(name="new"), 1)
    del old
    gc.collect()
    assert gone() is None
