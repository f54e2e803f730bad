"""Any public page with drafts in it, for who may see them; and the way there from a record's form."""

from typing import cast
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from catalog import preview
from catalog.drafts import KINDS
from catalog.models import CatalogRecord
from catalog.snapshot import Snapshot
from fitpages.desk.preview.asked import Asked, asked, match_of
from fitpages.desk.preview.banner import banner
from fitpages.desk.preview.html import previewed
from fitpages.desk.preview.places import inside
from fitpages.desk.preview.rendering import render_page
from fitpages.desk.preview.shown_on import address_of
from fitpages.pages import not_found, nothing_published
from fitpages.pages.common.page import Page
from fitpages.serving.page_view import NoPage, on_a_snapshot

# Kept by nobody, and told to no search engine.
HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}


@require_safe
def page(request: HttpRequest, address: str = "") -> HttpResponseBase:
    """The page at a public address with the drafts that are named in it, or were on the page that led here."""
    question = asked(request, f"/{address}")
    _check_rights(request, question)
    answer = _answer(question, preview.current(question.drafts))
    for name, value in HEADERS.items():
        answer[name] = value
    return answer


@require_safe
def of_record(request: HttpRequest, kind: str, key: int) -> HttpResponseBase:
    """Leads to the page where a record is seen first."""
    row = KINDS[kind].objects.filter(pk=key).first() if kind in KINDS else None
    if row is None:
        raise Http404("There is no such record.")
    _check_right(request, type(row))
    return HttpResponseRedirect(address_of(row))


def _check_rights(request: HttpRequest, question: Asked) -> None:
    for row in question.rows:
        _check_right(request, type(row))


def _check_right(request: HttpRequest, model: type[CatalogRecord]) -> None:
    """Drafts of a kind are shown to who may look at their forms."""
    if not request.user.has_perm(f"catalog.view_{model.kind()}"):
        raise PermissionDenied


def _answer(question: Asked, snapshot: Snapshot) -> HttpResponse:
    """As fitpages.serving.page_view answers, but for the snapshot, and kept nowhere."""
    if not snapshot.quants:
        return _shown(nothing_published.build(), question, status=503)
    view = on_a_snapshot(question.match.func) if question.match else None
    if view is None or question.match is None:
        return _nowhere(question, snapshot)
    try:
        built = view(snapshot, question.request, **question.match.kwargs)
        if isinstance(built, HttpResponseBase):
            return _led(cast(HttpResponse, built), question)
        return _shown(built(), question)
    except NoPage:
        return _nowhere(question, snapshot)


def _nowhere(question: Asked, snapshot: Snapshot) -> HttpResponse:
    """404 within the preview, but for an address that only lacks its last stroke."""
    with_stroke = f"{question.path}/"
    if not question.path.endswith("/") and match_of(with_stroke):
        return HttpResponseRedirect(inside(f"{quote(with_stroke)}?{question.query.urlencode()}", question.drafts))
    return _shown(not_found.build(snapshot, question.path), question, status=404)


def _led(answer: HttpResponse, question: Asked) -> HttpResponse:
    """An answer that is no page to build: a way to another, or a page of what is gone, with its own status."""
    if "Location" in answer:
        return HttpResponseRedirect(inside(answer["Location"], question.drafts))
    return _with_banner(answer.content.decode(), question, answer.status_code)


def _shown(page: Page, question: Asked, status: int = 200) -> HttpResponse:
    return _with_banner(render_page(page), question, status)


def _with_banner(html: str, question: Asked, status: int) -> HttpResponse:
    html = previewed(html, banner(question.rows), static("fitpages/preview.css"), question.drafts)
    return HttpResponse(html, status=status)
