"""The addresses of pages: what a reader, a crawler and a cache are answered."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from catalog.models import Gpu, LanguageModel
from catalog.snapshot import Snapshot
from fitpages.matching.pairs import find_pair
from fitpages.pages.pair import page as pair_page
from tests.fitpages.prose import texts
from tests.html_page import HtmlPage

pytestmark = pytest.mark.django_db

ADDRESS = "/run/qwen2-5-72b-on-l4/"


def html(answer: HttpResponse) -> HtmlPage:
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    return HtmlPage(answer.content.decode())


@pytest.fixture
def answer(client: Client) -> HttpResponse:
    got = client.get(ADDRESS)
    assert got.status_code == 200
    return got


def test_a_page_has_one_h1_a_title_a_description_and_its_address(answer: HttpResponse) -> None:
    page = html(answer)
    assert page.headings("h1") == ["Run Qwen2.5 72B on NVIDIA L4"]
    assert page.title.startswith("Qwen2.5 72B on NVIDIA L4: not in practice, ")
    assert page.meta["description"].startswith("Qwen2.5 72B on NVIDIA L4: not in practice, ")
    assert page.canonical == settings.SITE_URL + ADDRESS
    assert "robots" not in page.meta


def test_a_page_shows_all_that_was_assembled_for_it(answer: HttpResponse, snapshot: Snapshot) -> None:
    pair = find_pair(snapshot, "qwen2-5-72b-on-l4")
    assert pair is not None
    page, shown = pair_page.build(snapshot, pair), html(answer)
    hidden = {page.title, page.description}
    for text in [text for text in texts(page) if text not in hidden]:
        assert text in shown.text, text
    for row in page.levels.rows:
        cells = [row.name, *row.counted, row.expect, row.span, row.quality, row.rule_need, row.rule_fits]
        assert " ".join(cell for cell in (*cells, row.rule_ceiling) if cell) in shown.text
    assert {line.address for compared in page.compare for line in compared.lines} <= set(shown.links)


def test_the_advised_row_is_marked_in_words(client: Client) -> None:
    text = html(client.get("/run/llama-3-1-8b-on-rtx-4090/")).text
    assert re.search(r"Q6_K advised \d\.\d 128K 128K .* 7\.9 yes ~130", text)
    assert text.count(" advised ") == 1


def test_structured_data_says_only_what_the_page_shows(answer: HttpResponse) -> None:
    page = html(answer)
    nodes = {node["@type"]: node for node in page.structured_data()}
    assert set(nodes) == {"BreadcrumbList", "FAQPage"}
    for question in nodes["FAQPage"]["mainEntity"]:
        assert question["name"] in page.headings("h3")
        assert question["acceptedAnswer"]["text"] in page.text
    assert len(nodes["FAQPage"]["mainEntity"]) == 2
    crumbs = nodes["BreadcrumbList"]["itemListElement"]
    assert [crumb["name"] for crumb in crumbs] == ["Models", "Qwen2.5 72B", "NVIDIA L4"]
    assert [crumb["position"] for crumb in crumbs] == [1, 2, 3]
    assert crumbs[-1]["item"] == page.canonical
    assert {crumb["item"].removeprefix(settings.SITE_URL) for crumb in crumbs[:-1]} <= set(page.links)


def test_a_page_costs_one_query_rendered_repeated_or_unchanged(
    client: Client, snapshot: Snapshot, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        etag = client.get("/run/yi-34b-on-rtx-3090/?afresh")["ETag"]
    with django_assert_num_queries(1):
        client.get(ADDRESS)
    with django_assert_num_queries(1):
        client.get(ADDRESS)
    with django_assert_num_queries(1):
        assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304


def test_a_page_sets_no_cookie_and_is_the_same_for_every_visitor(client: Client) -> None:
    client.cookies["sessionid"] = "x" * 32
    answer = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("weak", ["", "W/"])
def test_a_page_that_did_not_change_is_a_304_without_being_assembled(
    client: Client, answer: HttpResponse, monkeypatch: pytest.MonkeyPatch, weak: str
) -> None:
    monkeypatch.setattr(pair_page, "build", None)
    for condition in (
        {"If-None-Match": weak + answer["ETag"]},
        {"If-None-Match": f'"another", {answer["ETag"]}'},
        {"If-None-Match": answer["ETag"], "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        unchanged = client.get(ADDRESS, headers=condition)
        assert unchanged.status_code == 304
        assert unchanged["ETag"] == answer["ETag"]
        assert unchanged["Last-Modified"] == answer["Last-Modified"]


@pytest.mark.parametrize(
    "condition",
    [
        {"If-None-Match": '"another"'},
        {"If-None-Match": "x"},
        {"If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT"},
        {"If-Modified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"},
        {"If-None-Match": '"another"', "If-Modified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"},
        {"If-Match": "*", "If-Modified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"},
    ],
)
def test_a_page_is_sent_whole_to_who_has_another_state_of_it(
    client: Client, answer: HttpResponse, condition: dict[str, str]
) -> None:
    whole = client.get(ADDRESS, headers=condition)
    assert whole.status_code == 200
    assert whole.content == answer.content


def test_the_state_of_a_page_does_not_depend_on_when_it_is_asked_for(client: Client, answer: HttpResponse) -> None:
    again = client.get(ADDRESS)
    assert (again["ETag"], again["Last-Modified"]) == (answer["ETag"], answer["Last-Modified"])
    assert again.content == answer.content


def test_after_an_edit_the_former_state_is_answered_with_the_new_figure(client: Client, answer: HttpResponse) -> None:
    assert b"345 GB/s" not in answer.content
    gpu = Gpu.objects.get(slug="l4")
    gpu.bandwidth_gb_s = 345
    gpu.save()
    edited = client.get(ADDRESS, headers={"If-None-Match": answer["ETag"]})
    assert edited.status_code == 200
    assert b"345 GB/s" in edited.content
    assert edited["ETag"] != answer["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        "/run/QWEN2-5-72B-ON-L4/",
        "/run/Qwen2-5-72b-on-l4/",
        "/run/qwen2-5-72b-on-L4/",
        "/run/Qwen2.5-72B-on-L4/",
        "/run/qwen2_5_72b-on-l4/",
    ],
)
def test_another_spelling_redirects_for_good(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (301, ADDRESS)


def test_a_former_address_redirects_for_good(client: Client) -> None:
    gpu, model = Gpu.objects.get(slug="l4"), LanguageModel.objects.get(slug="qwen2-5-72b")
    gpu.slug, model.slug = "l4-24", "qwen-72"
    gpu.save()
    model.save()
    for path in (ADDRESS, ADDRESS.upper().replace("/RUN/", "/run/"), "/run/qwen-72-on-l4/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, "/run/qwen-72-on-l4-24/")
    assert client.get("/run/qwen-72-on-l4-24/").status_code == 200


def test_a_missing_slash_redirects_for_good(client: Client) -> None:
    answer = client.get(ADDRESS.rstrip("/"))
    assert (answer.status_code, answer["Location"]) == (301, ADDRESS)


def test_names_are_escaped_wherever_they_stand(client: Client) -> None:
    name = '<b>L4</b> & "co" </script>'
    Gpu.objects.filter(slug="l4").update(name=name)
    page = html(client.get(ADDRESS))
    assert page.headings("h1") == [f"Run Qwen2.5 72B on {name}"]
    assert page.title.startswith(f"Qwen2.5 72B on {name}: ")
    crumbs = next(node for node in page.structured_data() if node["@type"] == "BreadcrumbList")["itemListElement"]
    assert crumbs[-1]["name"] == name


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("client", [Client(), Client(enforce_csrf_checks=True)], ids=["trusted", "as served"])
def test_a_page_is_only_read(client: Client, method: str) -> None:
    answer = getattr(client, method)(ADDRESS)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_head_is_answered_with_the_headers_of_the_page(client: Client, answer: HttpResponse) -> None:
    head = client.head(ADDRESS)
    assert head.status_code == 200
    for name in ("Content-Type", "Content-Length", "ETag", "Last-Modified", "Cache-Control"):
        assert head[name] == answer[name]


@pytest.mark.parametrize("page", ["0", "-1", "9999999", "abc", "1e5", "٣"])
def test_a_page_that_is_not_there_is_the_nearest_there_is(client: Client, page: str) -> None:
    assert client.get("/run/", {"page": page}).status_code == 200


def test_a_model_and_a_machine_together_lead_to_their_pair(client: Client) -> None:
    assert client.get("/run/?model=qwen2-5-72b&gpu=l4")["Location"] == "/run/qwen2-5-72b-on-l4/"
    assert client.get("/run/?model=Qwen2.5+72B&gpu=nvidia+l4")["Location"] == "/run/qwen2-5-72b-on-l4/"
    for query in ("model=qwen2-5-72b&gpu=", "model=&gpu=l4", "model=nope&gpu=nope", "model=%00&gpu=//example.org"):
        assert client.get(f"/run/?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/models/QWEN2-5-72B/", "/models/Qwen2.5-72B/", "/gpus/L4/", "/gpus/rtx_4090/"])
def test_other_spellings_of_a_hub_redirect_for_good(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (301, re.sub("[._]", "-", path.lower()))


@pytest.mark.parametrize("path", ["/models/nope/", "/gpus/gh200-144/"])
def test_there_is_no_hub_of_what_is_not_published(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_editors_notes_are_shown_without_what_could_harm(client: Client) -> None:
    model = LanguageModel.objects.get(slug="qwen2-5-72b")
    model.notes = "Good at **code**.\n\n<script>alert(1)</script> [link](javascript:alert(1)) [ok](https://example.org)"
    model.save()
    html = client.get("/models/qwen2-5-72b/").content.decode()
    assert "<strong>code</strong>" in html
    assert '<a href="https://example.org" rel="noopener noreferrer">ok</a>' in html
    assert "<script>alert" not in html
    assert not re.search(r'href="javascript', html)
