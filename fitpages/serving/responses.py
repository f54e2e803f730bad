"""How a public page is answered: 304 without rendering, bytes rendered before, or rendered now."""

from collections.abc import Callable
from datetime import UTC
from email.utils import format_datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import get_template
from django.utils.cache import get_conditional_response

from catalog.snapshot import Snapshot
from fitpages.pages.common.page import Page
from fitpages.per_snapshot import per_snapshot
from fitpages.serving.rendered_pages import RenderedPages

# A page is a few tens of kilobytes.
RENDERED = RenderedPages(most_pages=2_000, most_addresses=20_000)


def render(page: Page) -> bytes:
    """The page as HTML in UTF-8."""
    return get_template(page.template, using="pages").render({"page": page}).encode()


def gone(page: Page) -> HttpResponse:
    """410: there was a page at this address, and it does not come back. CacheTimesMiddleware says how long it holds."""
    return HttpResponse(render(page), status=410)


def respond(
    request: HttpRequest,
    snapshot: Snapshot,
    body: Callable[[], bytes],
    content_type: str = "text/html; charset=utf-8",
    kept: RenderedPages = RENDERED,
) -> HttpResponseBase:
    """Answer with a page that the catalog's revision and this release determine, at this address.

    Every cache may keep it and must ask before using it again, so an edit is in the very next request. Only an ETag
    tells whether it is the same: two edits may be of one second, and a clock set back, or a backup, makes the newer
    page the one with the earlier time.
    """
    state = _state(snapshot)
    response = get_conditional_response(request, etag=state.etag) if _names_an_etag(request) else None
    if response is None:
        # Only plain addresses are kept: their number is known, that of query strings is the visitor's.
        is_plain = not request.META["QUERY_STRING"]
        response = HttpResponse(
            kept.get(request.path, state.etag, body) if is_plain else body(), content_type=content_type
        )
    response["ETag"] = state.etag
    response["Last-Modified"] = state.last_modified
    response["Cache-Control"] = "public, no-cache"
    return response


def _names_an_etag(request: HttpRequest) -> bool:
    return "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MATCH" in request.META


class State(NamedTuple):
    """What a page is the page of: the catalog's revision under this release."""

    etag: str
    last_modified: str


@per_snapshot
def _state(snapshot: Snapshot) -> State:
    changed_at = max(snapshot.revision.changed_at, settings.RELEASED_AT)
    return State(
        etag=f'"{snapshot.revision.token}-{int(settings.RELEASED_AT.timestamp())}"',
        last_modified=format_datetime(changed_at.astimezone(UTC), usegmt=True),
    )
