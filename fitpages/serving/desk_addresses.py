"""Addresses of the desk that no link leads to: answered 400, where Django alone would answer 500."""

import logging
import re
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

# Longer than any name or title.
LONGEST_SEARCH = 200
# Django's names of what is searched for: in lists, and by the fields that complete a name.
SEARCHES = ("q", "term")
# No link compares by these. An expression may take longer than anybody waits; a range without two ends is a question
# that PostgreSQL takes for a fault of the program.
NEVER_LINKED = {"regex", "iregex", "range"}
# What a value that cannot be is answered with in Python, and by PostgreSQL.
NONSENSE = (ValueError, OverflowError, TypeError, ValidationError, FieldDoesNotExist, DataError)
# SQLite says all its refusals in one class, that of a database that is away; these speak of the question.
OF_THE_QUESTION = re.compile("user-defined function|too many|too large|too complex|too long|too big")


class DeskAddressesMiddleware:
    """Tells addresses that cannot be meant from faults of ours, which stay faults; either is logged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Before anything is asked of the database."""
        return _bad_request() if _is_at_desk(request) and any(_faults(request)) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Where an address, or a choice of rows, could not be evaluated."""
        if not (_is_at_desk(request) and _could_be_nonsense(request) and _is_of_the_question(exception)):
            return None
        logger.warning("The desk cannot answer %r: %s.", request.get_full_path()[:500], _where(exception))
        return _bad_request()


def _is_at_desk(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and "admin" in match.app_names


def _faults(request: HttpRequest) -> Iterator[bool]:
    """Whether each part of what is asked for is one that no link has."""
    yield "\0" in request.path
    yield any("\0" in value for value in request.COOKIES.values())
    for name, values in request.GET.lists():
        yield "\0" in name or any("\0" in value for value in values)
        yield not NEVER_LINKED.isdisjoint(name.split("__"))
        yield name in SEARCHES and any(len(value) > LONGEST_SEARCH for value in values)


def _could_be_nonsense(request: HttpRequest) -> bool:
    """Whether there is anything in a request that whoever asks has chosen, besides the page.

    A form that is saved is none: what is wrong with it is said at its fields, and anything else is a fault of ours.
    """
    match = request.resolver_match
    if request.method not in ("GET", "HEAD"):
        return "_selected_action" in request.POST
    return bool(request.GET or (match and match.kwargs))


def _is_of_the_question(exception: Exception) -> bool:
    if isinstance(exception, OperationalError):
        return connection.vendor == "sqlite" and bool(OF_THE_QUESTION.search(str(exception)))
    return isinstance(exception, NONSENSE)


def _where(exception: Exception) -> str:
    """What was raised, and where: enough to tell whether the fault is ours after all."""
    last = traceback.extract_tb(exception.__traceback__)[-1]
    return f"{type(exception).__name__} in line {last.lineno} of {last.filename}"


def _bad_request() -> HttpResponse:
    text = "This address of the desk has something in it that cannot be looked for.\n"
    return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
