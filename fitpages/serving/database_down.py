"""What visitors and editors are told when the database fails: 507 where its disk is full, 503 for all else."""

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog import snapshot as catalog_snapshot
from catalog.database_faults import AWAY, BUSY, FULL, NO_TABLES, READ_ONLY, SLOW, in_words

FAILED = (OperationalError, InterfaceError)
ADVICE = {
    FULL: "It can be saved again when there is room on the database's disk.",
    READ_ONLY: "The file of the database, or its folder, may not be written.",
    BUSY: "Try again in a minute.",
    SLOW: "Try again in a minute.",
}


def response(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The page that says what is wrong; the log has a line of it."""
    catalog_snapshot.OUTAGE.log(error)
    title = in_words(error)
    if title in (AWAY, NO_TABLES):
        return _temporary(render(None, "503.html", status=503))
    context = {"title": title.removesuffix("."), "advice": ADVICE[title]}
    return _temporary(render(None, "not_saved.html", context, status=507 if title == FULL else 503, using="pages"))


def _temporary(answer: HttpResponse) -> HttpResponse:
    answer["Retry-After"] = "30"
    return answer
