"""A measurement is one mark, where its two speeds are; what lies beyond the axes stands at their edge."""

import math
import re
from dataclasses import replace

import pytest

from catalog.observations import observations
from catalog.snapshot import Snapshot
from fit.calibration.agreement import Prediction, compare
from fit.speed_constants import load_constants
from fitpages.pages.accuracy.plot import ARM, DECADE, plot


def prediction(small: Snapshot, measured: float, estimated: float) -> Prediction:
    row = compare(observations(small, small.benchmarks), load_constants())[0]
    return replace(row, observation=replace(row.observation, tokens_s=measured), tokens_s=estimated)


@pytest.mark.parametrize(("measured", "estimated"), [(1, 1), (10, 100), (127.5, 112), (1000, 1)])
def test_a_mark_stands_where_its_two_speeds_are(small: Snapshot, measured: float, estimated: float) -> None:
    shown = plot([prediction(small, measured, estimated)], [], "")
    match = re.fullmatch(r"M(\d+) (\d+)h0", shown.marks[0].path)
    assert match
    assert (int(match[1]) - shown.left) / DECADE == pytest.approx(math.log10(measured), abs=0.01)
    assert (shown.bottom - int(match[2])) / DECADE == pytest.approx(math.log10(estimated), abs=0.01)
    assert shown.beyond == ""


@pytest.mark.parametrize("tokens_s", [0.0001, 0.9, 1.0, 1000.0, 1000.1, 99999.999])
def test_a_mark_beyond_the_axes_stands_at_their_edge_and_is_counted(small: Snapshot, tokens_s: float) -> None:
    shown = plot([], [prediction(small, 100, tokens_s)], "")
    _, y = map(int, re.findall(r"\d+", shown.marks[1].path)[:2])
    assert y + ARM in (shown.top, shown.bottom)
    assert shown.beyond == ("" if 1 <= tokens_s <= 1000 else "1")


def test_used_measurements_are_dots_and_the_others_crosses(small: Snapshot) -> None:
    rows = [prediction(small, speed, speed) for speed in (5, 50, 500)]
    used, unused = plot(rows, rows[:2], "").marks
    assert (used.kind, used.count, used.path.count("h0")) == ("used", "3", 3)
    assert (unused.kind, unused.count, unused.path.count("M")) == ("unused", "2", 2)


def test_marks_come_in_order_whatever_order_they_were_given_in(small: Snapshot) -> None:
    rows = [prediction(small, speed, speed) for speed in (5, 50, 500)]
    assert plot(rows, [], "").marks[0].path == plot(rows[::-1], [], "").marks[0].path


def test_ticks_are_powers_of_ten_from_corner_to_corner() -> None:
    shown = plot([], [], "in words")
    assert [tick.text for tick in shown.ticks] == ["1", "10", "100", "1,000"]
    assert (shown.ticks[0].x, shown.ticks[0].y) == (shown.left, shown.bottom)
    assert (shown.ticks[-1].x, shown.ticks[-1].y) == (shown.right, shown.top)
    assert (shown.text, [mark.path for mark in shown.marks]) == ("in words", ["", ""])
