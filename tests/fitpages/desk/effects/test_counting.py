"""Counted in the time that somebody waits: the common pairs at once, all of them step by step."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count

import pytest

from catalog.snapshot import Snapshot
from fitpages.desk.effects import counting
from fitpages.desk.effects.affected import affected
from fitpages.desk.effects.compared import compare
from fitpages.desk.effects.counting import at_once, step_by_step
from tests.fitpages.desk.effects.changed import rare, with_gpu, without


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Each look at it is a second later."""
    seconds = count()
    monkeypatch.setattr(counting.time, "perf_counter", lambda: float(next(seconds)))
    return seconds


def test_few_pairs_are_all_counted_at_once(small: Snapshot) -> None:
    report = at_once(small, with_gpu("rtx-24", bandwidth_gb_s=Decimal(5)), 0)
    assert report.is_whole
    assert (report.total, report.effects.pairs) == (4, 4)
    assert report.counted.startswith("All 4 pairs that may change were counted, in ")


def test_of_many_pairs_the_common_ones_are(small: Snapshot, monkeypatch: pytest.MonkeyPatch, clock: object) -> None:
    monkeypatch.setattr(counting, "MOST_AT_ONCE", 15)
    report = at_once(small, rare(without("q4-k-m"), "closed-100b"), 0)
    assert not report.is_whole
    assert (report.total, report.effects.pairs) == (20, 12)
    assert report.counted.startswith("Counted: 12 pairs of common models on common GPUs, of 20 that may change, in ")


def test_where_none_is_common_the_first_are(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_AT_ONCE", 3)
    report = at_once(small, with_gpu("rx-16-laptop", bandwidth_gb_s=Decimal(5)), 0)
    assert (report.total, report.effects.pairs, report.is_of_common) == (4, 3, False)


def test_a_change_of_nothing_says_so(small: Snapshot) -> None:
    report = at_once(small, with_gpu("rtx-24", notes="New."), 0)
    assert report.counted.startswith("Nothing that an answer follows from changes. ")
    assert report.is_whole


def test_steps_end_with_all_pairs(small: Snapshot, monkeypatch: pytest.MonkeyPatch, clock: object) -> None:
    monkeypatch.setattr(counting, "PAIRS_A_STEP", 3)
    after = without("q4-k-m")
    reports = list(step_by_step(small, after, 0))
    assert [report.effects.pairs for report in reports] == [3, 6, 9, 12, 15, 18, 20, 20]
    assert [report.is_whole for report in reports] == [False] * 6 + [True] * 2
    assert reports[-1].effects == compare(small, after, affected(small, after).pairs())
    assert reports[0].counted == "Counted: 3 pairs, of 20 that may change, in 1.0 s."


def test_time_is_up_and_what_was_counted_is_said(
    small: Snapshot, monkeypatch: pytest.MonkeyPatch, clock: object
) -> None:
    monkeypatch.setattr(counting, "PAIRS_A_STEP", 3)
    reports = list(step_by_step(small, without("q4-k-m"), 0, most_s=2))
    assert [report.effects.pairs for report in reports] == [3, 6, 9]
    assert not reports[-1].is_whole


def test_nobody_is_told_more_often_than_can_be_read(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "PAIRS_A_STEP", 3)
    monkeypatch.setattr(counting.time, "perf_counter", lambda: 0.1)
    assert len(list(step_by_step(small, without("q4-k-m"), 0))) == 1
