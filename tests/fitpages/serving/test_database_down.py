"""A fault of the database as a page, by its name, and as a line of the log."""

import sys

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from fitpages.serving import database_down
from fitpages.views import errors

REQUEST = RequestFactory().get("/admin/")


@pytest.mark.parametrize(
    ("text", "status", "title"),
    [
        ("database or disk is full", 507, "The disk is full"),
        ("attempt to write a readonly database", 503, "The catalog can only be read here"),
        ("database is locked", 503, "Another change has not ended yet"),
    ],
)
def test_a_fault_that_has_a_name_is_called_by_it(text: str, status: int, title: str) -> None:
    answer = database_down.response(REQUEST, OperationalError(text))
    assert (answer.status_code, answer["Retry-After"]) == (status, "30")
    assert f"<h1>{title}</h1>" in answer.content.decode()
    assert "Nothing was saved." in answer.content.decode()


def test_an_outage_is_one_line_of_the_log_however_many_are_told(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(50):
        database_down.response(REQUEST, OperationalError("away\nfrom here"))
    assert [record.getMessage() for record in caplog.records] == ["The database cannot be reached. (away from here)"]
    assert [record.exc_info for record in caplog.records] == [None]


def test_one_that_happens_outside_of_a_view_is_called_by_its_name_too() -> None:
    """A session is saved on the way out, where no middleware hears of it."""
    try:
        raise OperationalError("database or disk is full")
    except OperationalError:
        assert sys.exc_info()[1] is not None
        answer = errors.server_error(REQUEST)
    assert (answer.status_code, b"The disk is full" in answer.content) == (507, True)
    assert errors.server_error(REQUEST).status_code == 500
