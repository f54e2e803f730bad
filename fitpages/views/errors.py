import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template

from catalog import snapshot as catalog_snapshot
from catalog.database_faults import OUTAGES
from catalog.snapshot import Snapshot
from fitpages.pages import not_found as not_found_page
from fitpages.serving import database_down
from fitpages.serving.page_view import NoPage
from fitpages.serving.responses import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the pages whose names come nearest, where the catalog can be reached."""
    page = not_found_page.build(_snapshot(exception), request.path)
    return HttpResponse(render(page), status=404)


def _snapshot(exception: Exception) -> Snapshot | None:
    if isinstance(exception, NoPage):
        return exception.snapshot
    try:
        return catalog_snapshot.current()
    except OUTAGES:
        return None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, by a template that needs nothing. Django's own view reads the form once more, which may be what failed."""
    return render_template(None, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, by a template that needs nothing; a fault of the database by its name, wherever it happened."""
    error = sys.exc_info()[1]
    if isinstance(error, database_down.FAILED):
        return database_down.response(request, error)
    return render_template(None, "500.html", status=500)
