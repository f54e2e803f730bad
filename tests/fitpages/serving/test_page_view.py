"""A page view is read only, of one snapshot, and redirects or builds what is not kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.test import RequestFactory

from catalog import snapshot as catalog_snapshot
from catalog.snapshot import Snapshot
from fitpages.pages import about
from fitpages.serving.page_view import Answer, NoPage, on_a_snapshot, page_view, read_only
from tests.small_catalog import snapshot_of

View = Callable[..., Any]


@pytest.fixture
def built(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses whose page was built; the catalog is the small one."""
    monkeypatch.setattr(catalog_snapshot, "current", lambda: small)
    return []


def view_of(built: list[str]) -> View:
    @page_view
    def view(snapshot: Snapshot, request: HttpRequest) -> Answer:
        def build() -> about.AboutPage:
            built.append(request.path)
            return about.build(snapshot)

        return build

    return view


def test_a_page_is_rendered(built: list[str]) -> None:
    answer = view_of(built)(RequestFactory().get("/about/"))
    assert (answer.status_code, built) == (200, ["/about/"])
    assert b"<h1>About this site" in answer.content


def test_a_page_that_did_not_change_is_not_built(built: list[str]) -> None:
    view = view_of(built)
    etag = view(RequestFactory().get("/about/"))["ETag"]
    answer = view(RequestFactory().get("/about/", headers={"If-None-Match": etag}))
    assert (answer.status_code, built) == (304, ["/about/"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_is_only_read(built: list[str], method: str) -> None:
    answer = view_of(built)(getattr(RequestFactory(enforce_csrf_checks=True), method)("/about/"))
    assert (answer.status_code, answer["Allow"], built) == (405, "GET, HEAD", [])


def test_a_redirect_is_answered_as_it_is(built: list[str]) -> None:
    @page_view
    def view(snapshot: Snapshot, request: HttpRequest, name: str) -> Answer:
        return HttpResponsePermanentRedirect(f"/{name}/")

    answer = view(RequestFactory().get("/old/"), name="new")
    assert (answer.status_code, answer["Location"]) == (301, "/new/")


def test_a_catalog_without_quantizations_is_answered_before_the_view_is_asked(
    monkeypatch: pytest.MonkeyPatch, built: list[str]
) -> None:
    monkeypatch.setattr(catalog_snapshot, "current", lambda: snapshot_of(quants=(), default_slug=""))
    answer = view_of(built)(RequestFactory().get("/about/"))
    assert (answer.status_code, answer["Retry-After"], built) == (503, "3600", [])
    assert b"Nothing is published yet" in answer.content


def test_where_there_is_no_page_the_snapshot_is_passed_on(small: Snapshot, built: list[str]) -> None:
    @page_view
    def view(snapshot: Snapshot, request: HttpRequest) -> Answer:
        raise NoPage(snapshot)

    with pytest.raises(NoPage) as raised:
        view(RequestFactory().get("/nothing/"))
    assert raised.value.snapshot is small


def test_read_only_lets_a_head_request_through() -> None:
    view = read_only(lambda request: HttpResponse("ok"))
    assert view(RequestFactory().head("/")).status_code == 200


def test_a_view_can_be_asked_of_another_snapshot(small: Snapshot, built: list[str]) -> None:
    view = on_a_snapshot(view_of(built))
    assert view
    page = view(snapshot_of(quants=(), default_slug=""), RequestFactory().get("/about/"))()
    assert (page.heading, built) == ("About this site", ["/about/"])


def test_a_view_of_another_kind_is_of_no_snapshot() -> None:
    assert on_a_snapshot(read_only(lambda request: HttpResponse("ok"))) is None
