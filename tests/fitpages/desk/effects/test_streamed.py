"""A page that is sent while its effects are counted."""

import time
from collections.abc import Generator

import pytest
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from catalog.snapshot import Snapshot
from fitpages.desk.effects import counting, streamed
from fitpages.desk.effects.streamed import MARK, RUNNING, stream
from tests.fitpages.desk.effects.changed import without


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "PAIRS_A_STEP", 5)
    monkeypatch.setattr(counting, "SECONDS_A_STEP", -1)


def counting_of(small: Snapshot) -> Generator[str]:
    return streamed.parts("<body>", "</body>", small, without("q4-k-m"), time.perf_counter())


def test_steps_stand_between_the_head_and_the_report(small: Snapshot) -> None:
    first, *steps, report, last = counting_of(small)
    assert (first, last) == ("<body>", "</body>")
    assert len(steps) == 4
    assert all('class="effects-step"' in step for step in steps)
    assert "Counted: 5 pairs, of 20 that may change" in steps[0]
    assert "All 20 pairs that may change were counted" in report


def test_one_count_runs_at_a_time(small: Snapshot) -> None:
    running = counting_of(small)
    assert [next(running), next(running)]
    first, busy, last = counting_of(small)
    assert (first, last) == ("<body>", "</body>")
    assert "Somebody else is counting" in busy
    assert "All 20 pairs" in list(running)[-2]
    assert "All 20 pairs" in list(counting_of(small))[-2]


def test_a_count_that_nobody_waits_for_is_over(small: Snapshot) -> None:
    running = counting_of(small)
    assert [next(running), next(running)]
    assert RUNNING.locked()
    running.close()
    assert not RUNNING.locked()


def test_a_fault_while_counting_lets_the_next_begin(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamed, "step_by_step", lambda *_: iter(()))
    with pytest.raises(RuntimeError):
        list(counting_of(small))
    assert not RUNNING.locked()


def test_nothing_holds_back_what_is_short(small: Snapshot) -> None:
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING="gzip")

    def answer(_: object) -> HttpResponse:
        return stream(f"{'x' * 300}{MARK}", small, without("q4-k-m"), 0)  # type: ignore[return-value]

    sent = GZipMiddleware(answer)(request)
    assert sent["Content-Encoding"] == "identity"
    assert sent["X-Accel-Buffering"] == "no"
    assert next(iter(sent.streaming_content)) == b"x" * 300  # type: ignore[attr-defined]
