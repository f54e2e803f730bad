"""What is answered where there is no page, or no database."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client

from catalog import snapshot as catalog_snapshot
from catalog.models import CatalogRevision, Quant
from fitpages import addresses
from fitpages.pages.pair import page as pair_page
from tests.fitpages.views.outage import failing
from tests.html_page import HtmlPage

pytestmark = pytest.mark.django_db

ADDRESS = "/run/qwen2-5-72b-on-l4/"


@pytest.fixture
def outage(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that cannot be reached; the connection, which the test's transaction needs, stays open."""
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(CatalogRevision, "current_token", failing(OperationalError))
    monkeypatch.setattr(connection, "cursor", failing(OperationalError))


def test_an_unknown_pair_is_a_404_that_offers_the_nearest_names(client: Client) -> None:
    answer = client.get("/run/qwen2-5-72-on-rtx-4091/")
    page = HtmlPage(answer.content.decode())
    assert answer.status_code == 404
    assert page.meta["robots"] == "noindex"
    assert page.canonical == ""
    assert len(page.headings("h1")) == 1
    offered = [link for link in page.links if link.startswith("/run/") and link != "/run/"]
    assert "/run/qwen2-5-72b-on-rtx-4090/" in offered
    assert 1 <= len(offered) <= 6
    assert {client.get(link).status_code for link in offered} == {200}


@pytest.mark.parametrize("path", ["/run/qwen2-5-72b-on-gh200-144/", "/run/qwen2-5-72b/", "/run/l4-on-qwen2-5-72b/"])
def test_a_draft_or_half_a_pair_has_no_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert HtmlPage(answer.content.decode()).meta["robots"] == "noindex"
    assert path not in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/run/-on-/",
        "/run/-on-l4/",
        "/run/%00-on-l4/",
        "/run/%FF%FE-on-l4/",
        "/run/" + "a" * 5000 + "/",
        "/run/" + "-on-" * 500 + "/",
        "/run/' OR 1=1-on-l4/",
        "/run/qwen2-5-72b-on-l4%0d%0aSet-Cookie:x/",
        "/run/qwen2-5-72b-on-l4%20/",
        "/run/%3Cscript%3Ealert(1)%3C%2Fscript%3E-on-l4/",
        "/run/%3Cimg src=x onerror=alert(1)%3E-on-l4/",
        '/run/"onmouseover="alert(1)-on-l4/',
        "/run/{{1234*5678}}-on-l4/",
        "/run/日本-on-l4/",
        "/run/../../etc/passwd/",
        "/run/qwen2-5-72b-on-l4/more/",
    ],
)
def test_an_odd_address_is_a_404_that_repeats_nothing_of_it(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    page = HtmlPage(answer.content.decode())
    assert page.meta["robots"] == "noindex"
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert not [text for text in ("alert(", "7006652", "OR 1=1", "aaaaaa", "passwd") if text in answer.content.decode()]
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize("query", ["x=<script>alert(1)</script>", "name=h20", "x=%00", "page=-1", "x=" + "y" * 5000])
def test_a_query_that_the_page_does_not_know_changes_nothing(client: Client, query: str) -> None:
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 200
    assert answer.content == client.get(ADDRESS).content


def test_without_the_database_a_page_is_served_from_the_last_catalog(
    client: Client, request: pytest.FixtureRequest
) -> None:
    before = client.get(ADDRESS)
    request.getfixturevalue("outage")
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.content == before.content
    assert client.get(ADDRESS, headers={"If-None-Match": before["ETag"]}).status_code == 304
    assert client.get("/run/llama-3-1-8b-on-rtx-4090/").status_code == 200
    assert client.get("/run/qwen2-5-72b-on-l5/").status_code == 404


def test_a_process_that_never_saw_the_catalog_says_that_the_database_is_away(
    client: Client, outage: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_snapshot, "_last", None)
    answer = client.get(ADDRESS)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert b"The database cannot be reached" in answer.content
    assert "noindex" in HtmlPage(answer.content.decode()).meta["robots"]
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize("path", ["/nothing-here/", "/run/qwen2-5-72b-on-l5/"])
def test_an_unknown_address_is_no_fault_of_ours_even_then(
    outage: None, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(catalog_snapshot, "_last", None)
    assert Client(raise_request_exception=False).get(path).status_code in (404, 503)


def test_a_fault_of_ours_is_a_500_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_page, "build", lambda *_: 1 / 0)
    answer = Client(raise_request_exception=False).get(f"{ADDRESS}?afresh")
    assert answer.status_code == 500
    page = HtmlPage(answer.content.decode())
    assert page.headings("h1") == ["Something failed here"]
    assert page.meta["robots"] == "noindex"
    assert "ZeroDivisionError" not in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/login/", "/admin/", "/admin/logout/"])
def test_a_form_in_characters_that_are_not_ours_is_a_400(address: str) -> None:
    """The check of the form's token reads it first, and an answer that reads it again fails again."""
    odd = "application/x-www-form-urlencoded; charset=utf-16"
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post(address, b"a=b", content_type=odd)
    assert answer.status_code == 400
    assert HtmlPage(answer.content.decode()).headings("h1") == ["This cannot be answered"]


@pytest.mark.parametrize("file", ["400.html", "500.html", "503.html"])
def test_a_page_for_when_nothing_else_works_is_a_whole_page_that_needs_nothing(file: str) -> None:
    html = (Path(settings.BASE_DIR) / "templates" / file).read_text()
    page = HtmlPage(html)
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">\n')
    assert [page.tags.count(tag) for tag in ("title", "main", "h1")] == [1, 1, 1]
    assert html.index("<main>") < html.index("<h1>") < html.index("</main>")
    assert page.headings("h1") == [page.title]
    assert page.meta == {
        "viewport": "width=device-width, initial-scale=1",
        "robots": "noindex",
        "color-scheme": "light dark",
    }
    assert page.links == ["/"]
    assert not {"link", "script", "style", "img"} & set(page.tags)
    # The same, but for the indentation, which is taken off when templates are compiled.
    assert render_to_string(file).split() == html.split()


@pytest.mark.parametrize(
    ("path", "offered"),
    [("/models/qwen2-5-72/", "/models/qwen2-5-72b/"), ("/gpus/RTX-4090x/", "/gpus/rtx-4090/")],
)
def test_an_unknown_model_or_gpu_is_a_404_that_offers_its_own_kind(client: Client, path: str, offered: str) -> None:
    answer = client.get(path)
    folder = path.split("/")[1]
    assert answer.status_code == 404
    links = [link for link in HtmlPage(answer.content.decode()).links if link.startswith(f"/{folder}/")]
    assert offered in links
    assert {client.get(link).status_code for link in links} == {200}


def test_nothing_like_it_offers_nothing(client: Client) -> None:
    assert "Perhaps one of these" not in client.get("/models/zzzzzzzzzz/").content.decode()


@pytest.mark.parametrize("path", [*addresses.STANDING_PAGES, ADDRESS, "/models/qwen2-5-72b/", "/gpus/l4/", "/search/"])
def test_a_catalog_without_quantizations_has_one_page_that_says_so(client: Client, path: str) -> None:
    Quant.objects.update(status="draft", is_default=False)
    CatalogRevision.bump()
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "3600"
    page = HtmlPage(answer.content.decode())
    assert page.headings("h1") == ["Nothing is published yet"]
    assert page.meta["robots"] == "noindex"
