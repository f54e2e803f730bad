"""How a public page is answered: 304 without rendering, bytes rendered before, or rendered now."""

from collections.abc import Callable
from datetime import UTC
from email.utils import format_datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import get_template
from django.utils.cache import get_conditional_response

from catalog.models.revision import Revision
from catalog.snapshot import Snapshot
from fitpages.pages.common.page import Page


def render(template_name: str, page: Page) -> bytes:
    """The page as HTML in UTF-8."""
    return _template(template_name).render({"page": page}).encode()


def _template(name: str) -> Any:
    """The template, looked up once, unless templates are reloaded when they change."""
    return get_template(name, using="pages") if settings.DEBUG else _kept_template(name)


@cache
def _kept_template(name: str) -> Any:
    return get_template(name, using="pages")


def respond(
    request: HttpRequest,
    snapshot: Snapshot,
    body: Callable[[], bytes],
    content_type: str = "text/html; charset=utf-8",
) -> HttpResponseBase:
    """Answer with a page that the catalog's revision and this release determine, at this address.

    Every cache may keep it and must ask before using it again, so an edit is in the very next request.
    """
    state = _state(snapshot.revision)
    response = get_conditional_response(request, etag=state.etag, last_modified=state.changed_s)
    if response is None:
        # Only plain addresses are kept: their number is known, that of query strings is the visitor's.
        content = body() if request.META["QUERY_STRING"] else _kept(request.path, state.etag, body)
        response = HttpResponse(content, content_type=content_type)
    response["ETag"] = state.etag
    response["Last-Modified"] = state.last_modified
    response["Cache-Control"] = "public, no-cache"
    return response


ASKED_REMEMBERED = 20_000
_asked: set[str] = set()


class State(NamedTuple):
    """What a page is the page of: the catalog's revision under this release."""

    etag: str
    changed_s: int
    last_modified: str


@lru_cache(maxsize=4)
def _state(revision: Revision) -> State:
    changed_at = max(revision.changed_at, settings.RELEASED_AT)
    etag = f'"{revision.token}-{int(settings.RELEASED_AT.timestamp())}"'
    return State(etag, int(changed_at.timestamp()), format_datetime(changed_at.astimezone(UTC), usegmt=True))


def _kept(address: str, etag: str, body: Callable[[], bytes]) -> bytes:
    """The bytes of this address at this state, kept in each process from the second time that they are asked for.

    A crawler asks for each of 99,000 pages once: what it leaves behind would only push out what readers ask for.
    """
    key = f"{etag}{address}"
    if not _asked_before(key):
        return body()
    content = _cache().get(key)
    if content is None:
        content = body()
        _cache().set(key, content)
    return content


def _asked_before(key: str) -> bool:
    """Whether this was asked for already; false once in a while for one that was, when the list begins anew."""
    if key in _asked:
        return True
    if len(_asked) >= ASKED_REMEMBERED:
        _asked.clear()
    _asked.add(key)
    return False


@cache
def _cache() -> BaseCache:
    """The pages' cache, looked up once: Django looks it up anew each time."""
    return caches["pages"]
