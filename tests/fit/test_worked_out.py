"""Figures that are worked out when they are first asked for."""

from dataclasses import dataclass, replace

from fit.worked_out import WorkedOut, once


def test_a_figure_is_worked_out_once_and_only_when_it_is_asked_for() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    doubles = WorkedOut(double)
    assert asked == []
    assert [doubles[3], doubles[3], doubles[4]] == [6, 6, 8]
    assert asked == [3, 4]


@dataclass(frozen=True)
class Record:
    name: str


asked_of: list[str] = []


@once
def length(record: Record) -> int:
    asked_of.append(record.name)
    return len(record.name)


@once
def first_letter(record: Record) -> str:
    return record.name[0]


def test_of_a_record_a_figure_is_worked_out_once_and_kept_with_it() -> None:
    asked_of.clear()
    first, second = Record("first"), Record("second one")
    assert [length(first), length(first), length(second)] == [5, 5, 10]
    assert (first_letter(first), first_letter(second)) == ("f", "s")
    assert asked_of == ["first", "second one"]
    assert length(replace(first, name="changed")) == 7
    assert first == Record("first")
