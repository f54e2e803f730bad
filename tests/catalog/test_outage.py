"""Who asks a database that failed, how often, and what the log has of it."""

import pytest
from django.db import OperationalError

from catalog import outage
from catalog.outage import Outage


class Clock:
    """The seconds that a test says."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(outage, "time", clock)
    return clock


def fail(kept: Outage, clock: Clock | None = None) -> None:
    """At once, or after three seconds of the clock."""
    with pytest.raises(OperationalError), kept.asking():
        _away(clock)


def _away(clock: Clock | None) -> None:
    if clock:
        clock.now += 3
    raise OperationalError("away")


def test_a_database_that_answers_is_asked_by_everybody(clock: Clock) -> None:
    kept = Outage()
    for _ in range(3):
        assert kept.is_worth_asking()
        with kept.asking():
            assert kept.is_worth_asking(), "at the same time, too"
    assert not kept.is_on()


def test_a_database_that_refuses_at_once_is_asked_by_everybody(clock: Clock) -> None:
    kept = Outage()
    fail(kept)
    assert (kept.is_on(), kept.is_worth_asking(), kept.is_worth_asking()) == (True, True, True)


def test_after_a_failure_that_took_long_nobody_asks_for_a_second_and_then_one_does(clock: Clock) -> None:
    kept = Outage()
    fail(kept, clock)
    assert (kept.is_on(), kept.is_worth_asking()) == (True, False)
    clock.now += outage.PAUSE_S
    assert [kept.is_worth_asking() for _ in range(3)] == [True, False, False]


def test_as_long_as_one_asks_the_others_do_not(clock: Clock) -> None:
    kept = Outage()
    fail(kept, clock)
    clock.now += outage.PAUSE_S
    assert kept.is_worth_asking()
    with kept.asking():
        clock.now += 10
        assert not kept.is_worth_asking()
    assert kept.is_worth_asking()


def test_who_never_came_back_stops_nobody(clock: Clock) -> None:
    kept = Outage()
    fail(kept, clock)
    clock.now += outage.PAUSE_S
    assert kept.is_worth_asking()
    clock.now += outage.PAUSE_S
    assert kept.is_worth_asking()


def test_a_database_that_hangs_is_not_asked_by_those_who_come_later(clock: Clock) -> None:
    kept = Outage()
    with kept.asking():
        clock.now += outage.SLOW_S
        assert kept.is_worth_asking()
        clock.now += 0.1
        assert not kept.is_worth_asking()
    assert kept.is_worth_asking()


def test_an_answer_ends_it_with_a_line(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    kept = Outage()
    fail(kept)
    clock.now += 12
    with kept.asking():
        pass
    assert (kept.is_on(), kept.is_worth_asking()) == (False, True)
    assert caplog.messages[-1] == "The database answers again, after 12 seconds."


def test_the_log_has_a_line_a_second_and_no_traceback(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    kept = Outage()
    for _ in range(100):
        kept.log(OperationalError("away\nfrom here"), "; serving the last")
        clock.now += 0.05
    assert caplog.messages == ["The database cannot be reached; serving the last. (away from here)"] * 5
    assert not any(record.exc_info for record in caplog.records)


def test_another_error_is_no_outage(clock: Clock) -> None:
    kept = Outage()
    with pytest.raises(ZeroDivisionError), kept.asking():
        raise ZeroDivisionError
    clock.now += 100
    assert (kept.is_on(), kept.is_worth_asking()) == (False, True)
