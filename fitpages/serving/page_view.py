"""What every public view is: read only, of one snapshot, and without a page where it says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from catalog import snapshot as catalog_snapshot
from catalog.snapshot import Snapshot
from fitpages.pages import nothing_published
from fitpages.pages.common.page import Page
from fitpages.serving.responses import render, respond

View = Callable[..., HttpResponseBase]
# What builds the page, so that it is built only where it is not kept; or an answer of another kind, such as a redirect.
Answer = Callable[[], Page] | HttpResponseBase
# Where a view has the function that it was made of.
ON_A_SNAPSHOT = "_on_a_snapshot"


def read_only(view: View) -> View:
    """GET and HEAD; anything else is 405, not a complaint about a missing token."""
    return csrf_exempt(require_safe(view))


def page_view(view: Callable[..., Answer]) -> View:
    """A view of the snapshot: `view(snapshot, request, ...)` says what builds the page, redirects, or raises NoPage.

    Answers 405, 404, 304 and, in a catalog without quantizations, the one page that there is then.
    """

    @wraps(view)
    def answer(request: HttpRequest, **captured: Any) -> HttpResponseBase:
        snapshot = catalog_snapshot.current()
        if not snapshot.quants:
            return HttpResponse(render(nothing_published.build()), status=503, headers={"Retry-After": "3600"})
        build = view(snapshot, request, **captured)
        return build if isinstance(build, HttpResponseBase) else respond(request, snapshot, lambda: render(build()))

    answer.__dict__[ON_A_SNAPSHOT] = view
    return read_only(answer)


def on_a_snapshot(view: View) -> Callable[..., Answer] | None:
    """What `page_view` made this view of, to be asked of a snapshot that is not the public one; None of other views."""
    return view.__dict__.get(ON_A_SNAPSHOT)


class NoPage(Http404):
    """There is no page at this address; what the catalog has instead is in the snapshot that the view saw."""

    def __init__(self, snapshot: Snapshot, *args: Any) -> None:
        super().__init__(*args)
        self.snapshot = snapshot
