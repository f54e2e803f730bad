"""Fetch, build the page, answer."""

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render as render_template
from django.views.decorators.http import require_safe

from catalog import snapshot as catalog_snapshot
from fitpages import pairings
from fitpages.pages import not_found as not_found_page
from fitpages.pages import pair as pair_page
from fitpages.responses import render, respond


@require_safe
def pair(request: HttpRequest, name: str) -> HttpResponseBase:
    """A model on a GPU; a former or differently written address leads to the present one."""
    snapshot = catalog_snapshot.current()
    found = pairings.find(snapshot, name)
    if found is None:
        raise Http404
    if request.path != found.address:
        return HttpResponsePermanentRedirect(found.address)
    return respond(request, snapshot, lambda: render("fitpages/pair.html", pair_page.build(snapshot, found)))


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process serves: 200 with the database, 503 without."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the pages whose names come nearest."""
    page = not_found_page.build(catalog_snapshot.current(), request.path)
    return HttpResponse(render("404.html", page), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, by a template that needs nothing."""
    return render_template(None, "500.html", status=500)  # type: ignore[arg-type]
