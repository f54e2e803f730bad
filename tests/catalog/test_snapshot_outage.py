"""Without a database the last picture goes on being served; only a process that has none says so."""

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from catalog import snapshot as catalog_snapshot
from catalog.models import CatalogRevision, Gpu
from catalog.snapshot import EMPTY_SNAPSHOT, Snapshot, current
from tests.catalog.rows import change


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was closed: the connection, which the test's own transaction needs, only seemingly."""
    calls: list[str] = []
    monkeypatch.setattr(connection, "close", lambda: calls.append("the connection"))
    return calls


def answers(*tokens: str | type[Exception]) -> Callable[[], str]:
    """A look-up of the revision that gives these tokens in turn, or fails."""
    following = iter(tokens)

    def answer() -> str:
        token = next(following)
        if isinstance(token, str):
            return token
        raise token("the server is away")

    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, DatabaseError, InterfaceError])
def test_without_a_database_the_last_picture_is_served(
    error: type[Exception], snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(CatalogRevision, "current_token", answers(error))
    assert current() is snapshot
    assert f"serving the catalog of {snapshot.revision.changed_at}" in caplog.text


@pytest.mark.django_db
def test_without_a_database_and_a_last_picture_the_error_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_snapshot, "_last", None)
    monkeypatch.setattr(CatalogRevision, "current_token", answers(OperationalError))
    with pytest.raises(DatabaseError, match="the server is away"):
        current()


@pytest.mark.django_db
def test_a_database_that_goes_away_while_a_new_picture_is_read_leaves_the_last_one(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(Gpu, "l4", bandwidth_gb_s=345)
    monkeypatch.setattr(CatalogRevision, "current_token", answers("a new one", OperationalError))
    assert current() is snapshot


@pytest.mark.django_db
def test_once_the_database_is_back_the_next_picture_is_of_now(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(Gpu, "l4", bandwidth_gb_s=345)
    with monkeypatch.context() as during_the_outage:
        during_the_outage.setattr(CatalogRevision, "current_token", answers(OperationalError))
        assert current() is snapshot
    assert current().gpus["l4"].spec.bandwidth_gb_s == 345


def test_a_connection_that_did_not_survive_is_replaced_before_the_last_picture_is_served(
    closed: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(catalog_snapshot, "_last", EMPTY_SNAPSHOT)
    monkeypatch.setattr(CatalogRevision, "current_token", answers(OperationalError, EMPTY_SNAPSHOT.revision.token))
    assert current() is EMPTY_SNAPSHOT
    assert (closed, caplog.text) == (["the connection"], "")


def test_a_connection_that_fails_twice_is_given_up_for_the_next_request_to_make_a_new_one(
    closed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_snapshot, "_last", EMPTY_SNAPSHOT)
    monkeypatch.setattr(CatalogRevision, "current_token", answers(OperationalError, OperationalError))
    assert current() is EMPTY_SNAPSHOT
    assert closed == ["the connection"] * 2


@pytest.mark.django_db
def test_a_database_that_hangs_costs_one_request_its_time_and_the_others_none(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def hang() -> str:
        asked.append(1)
        time.sleep(0.2)
        raise OperationalError("no answer")

    monkeypatch.setattr(catalog_snapshot, "SLOW_S", 0.1)
    monkeypatch.setattr(CatalogRevision, "current_token", hang)
    assert [current() is snapshot for _ in range(50)] == [True] * 50
    assert len(asked) == 1, "not even a second time over a new connection"


@pytest.mark.django_db
def test_a_process_without_a_picture_says_at_once_that_the_database_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_snapshot, "_last", None)
    catalog_snapshot.OUTAGE.noted(3.0)
    monkeypatch.setattr(CatalogRevision, "current_token", answers())
    with pytest.raises(OperationalError, match="did not answer a moment ago"):
        current()


@pytest.mark.django_db
def test_who_waits_for_another_thread_to_read_is_not_kept_waiting_by_a_database_that_hangs(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads holds the others; when there was no answer, they do not each ask for themselves."""
    monkeypatch.setattr(CatalogRevision, "current_token", answers("a new one"))

    def taken(timeout: float) -> bool:
        catalog_snapshot.OUTAGE.noted(3.0)
        return True

    lock = SimpleNamespace(acquire=taken, release=lambda: None)
    monkeypatch.setattr(catalog_snapshot, "_lock", lock)
    monkeypatch.setattr(catalog_snapshot, "build", None)
    assert current() is snapshot


@pytest.mark.django_db
def test_reading_that_takes_another_thread_too_long_is_not_waited_for(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CatalogRevision, "current_token", answers("a new one"))
    monkeypatch.setattr(catalog_snapshot, "READING_S", 0.05)
    with catalog_snapshot._lock:
        assert current() is snapshot
