"""Figures that are worked out when they are first asked for."""

from fit.worked_out import WorkedOut


def test_a_figure_is_worked_out_once_and_only_when_it_is_asked_for() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    doubles = WorkedOut(double)
    assert asked == []
    assert [doubles[3], doubles[3], doubles[4]] == [6, 6, 8]
    assert asked == [3, 4]
