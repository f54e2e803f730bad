"""Where a page cannot do without the database, it says so in plain words; and how long an answer may be kept."""

from types import SimpleNamespace

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from catalog.models import Gpu
from fitpages.serving.middleware import CacheTimesMiddleware, ConnectionGivenBackMiddleware, DatabaseDownMiddleware
from tests.catalog.rows import change

REQUEST = RequestFactory().get("/admin/")


def middleware() -> DatabaseDownMiddleware:
    return DatabaseDownMiddleware(lambda request: HttpResponse("an answer"))


def test_an_answer_goes_through_as_it_is() -> None:
    assert middleware()(REQUEST).content == b"an answer"


@pytest.mark.parametrize("error", [OperationalError("away"), InterfaceError("closed")], ids=str)
def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(error: Exception) -> None:
    answer = middleware().process_exception(REQUEST, error)
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert b"The database cannot be reached" in answer.content


@pytest.mark.parametrize("error", [ProgrammingError("no column"), ZeroDivisionError()], ids=repr)
def test_another_fault_is_left_to_others(error: Exception) -> None:
    assert middleware().process_exception(REQUEST, error) is None


@pytest.mark.parametrize(
    ("status", "kept"),
    [(200, None), (301, "max-age=300"), (302, None), (404, "max-age=300"), (410, "max-age=300"), (500, "no-store")],
)
def test_what_no_view_says_a_time_of_is_kept_for_a_while_or_not_at_all(status: int, kept: str | None) -> None:
    answer = CacheTimesMiddleware(lambda request: HttpResponse(status=status))(REQUEST)
    assert answer.headers.get("Cache-Control") == kept


def test_what_a_view_says_is_left_as_it_is() -> None:
    own = HttpResponse(status=404, headers={"Cache-Control": "private"})
    assert CacheTimesMiddleware(lambda request: own)(REQUEST)["Cache-Control"] == "private"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/gpus/no-such/", "/nothing", "/gpus/l4", "/gpus/L4/"])
def test_nowhere_and_elsewhere_are_kept_for_minutes(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (301, 404)
    assert answer["Cache-Control"] == "max-age=300"


@pytest.mark.django_db
def test_a_rename_can_be_taken_back(client: Client) -> None:
    change(Gpu, "l4", slug="l4-renamed")
    assert client.get("/gpus/l4/")["Location"] == "/gpus/l4-renamed/"
    change(Gpu, "l4-renamed", slug="l4")
    assert client.get("/gpus/l4/").status_code == 200
    assert client.get("/gpus/l4-renamed/")["Location"] == "/gpus/l4/"


@pytest.mark.parametrize(
    ("max_age", "taken", "in_atomic_block", "given_back"),
    [(0, "a connection", False, True), (0, None, False, False), (60, "its own", False, False), (0, "a", True, False)],
)
def test_a_shared_connection_is_given_back_before_the_answer_is_sent(
    monkeypatch: pytest.MonkeyPatch, max_age: int, taken: str | None, in_atomic_block: bool, given_back: bool
) -> None:
    closed: list[str] = []
    shared = SimpleNamespace(
        settings_dict={"CONN_MAX_AGE": max_age},
        connection=taken,
        in_atomic_block=in_atomic_block,
        close=lambda: closed.append("it"),
    )
    monkeypatch.setattr("fitpages.serving.middleware.connection", shared)
    assert ConnectionGivenBackMiddleware(lambda request: HttpResponse("an answer"))(REQUEST).status_code == 200
    assert closed == (["it"] if given_back else [])
