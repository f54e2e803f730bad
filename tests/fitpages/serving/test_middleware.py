"""Where a page cannot do without the database, it says so in plain words; other faults are not its business."""

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpResponse
from django.test import RequestFactory

from fitpages.serving.middleware import DatabaseDownMiddleware

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
