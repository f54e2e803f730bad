"""Every public page with drafts in it, for the staff alone; the public knows nothing of it, before or after."""

import re

import pytest
from django.test import Client

from catalog.models import CatalogRecord, Gpu, Quant, RetiredSlug
from fitpages.addresses import CHANGES_FEED
from tests.browser.pages import EXAMPLES, Example
from tests.browser.pages import name as example_name
from tests.catalog.people import EDITORS, desk_of_member, staff
from tests.catalog.rows import (
    artifact,
    benchmark,
    board_score,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    quant,
    repository,
)
from tests.html_page import HtmlPage

pytestmark = pytest.mark.django_db

CARD = "/admin/preview/gpus/test-card/"
DRAFTS = "with=artifact:test-file,gpu:test-card,languagemodel:test-model,quant:q1-k"
# Names that stand in a page only where a draft does.
OF_DRAFTS = ("test-card", "Test Card", "test-model", "Test Model", "Q1_K", "tests/Test-GGUF")
AS_IF_KEPT = {"If-None-Match": "*", "If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 GMT"}
PUBLIC = (
    *("/gpus/", "/models/", "/run/", "/", "/models/qwen2-5-72b/", "/run/qwen2-5-72b-on-l4/", "/gpus/l4/"),
    *("/search/?q=test+card", "/search/?q=test+model", "/calculator/", "/guides/quantization/", "/accuracy/"),
    *("/sitemap.xml", "/sitemaps/gpus.xml", "/sitemaps/models.xml", "/llms.txt"),
)


@pytest.fixture
def drafts() -> list[CatalogRecord]:
    rows = [
        *(gpu(), language_model(), quant(), artifact(), repository(), benchmark()),
        *(popularity(), board_score(), price(), pick()),
    ]
    for row in rows:
        row.status = "draft"
        row.save()
    return rows


@pytest.fixture
def editor() -> Client:
    return desk_of_member(EDITORS).client


@pytest.mark.parametrize("example", EXAMPLES, ids=example_name)
def test_every_page_has_its_preview_and_no_link_leads_out(
    editor: Client, drafts: list[CatalogRecord], example: Example
) -> None:
    between = "&" if "?" in example.address else "?"
    answer = editor.get(f"/admin/preview{example.address}{between}{DRAFTS}")
    html = answer.content.decode()
    assert answer.status_code == example.status
    assert "Preview: not public." in html
    # A feed is a file, and the public's.
    links = [link for link in HtmlPage(html).links if link.startswith(("/", "?")) and link != CHANGES_FEED]
    assert len(links) > 10
    pages = [link for link in links if not re.fullmatch(r"/admin/catalog/\w+/\d+/change/", link)]
    assert [link for link in pages if not link.startswith(("/admin/preview/", "?"))] == []
    assert [link for link in pages if DRAFTS not in link] == []
    forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(<input type="hidden" name="with"[^>]*>)?', html)
    assert [form for form in forms if not (form[0].startswith("/admin/preview/") and form[1])] == []


def test_drafts_are_on_the_pages_where_they_would_be(editor: Client, drafts: list[CatalogRecord]) -> None:
    assert "What should I run on a Test Card?" in editor.get(CARD).content.decode()
    pair = editor.get("/admin/preview/run/test-model-on-test-card/").content.decode()
    assert "Test Model" in pair
    assert "Test Card" in pair
    assert "Test Card" in editor.get("/admin/preview/gpus/?with=gpu:test-card").content.decode()
    assert "Test Card" not in editor.get("/admin/preview/gpus/").content.decode()
    assert "Test Card" in editor.get("/admin/preview/search/?q=test+card&with=gpu:test-card").content.decode()
    assert (
        "tests/Test-GGUF" in editor.get("/admin/preview/models/qwen2-5-72b/?with=artifact:test-file").content.decode()
    )


def test_a_preview_is_kept_by_nobody_and_never_answered_by_a_304(editor: Client, drafts: list[CatalogRecord]) -> None:
    for address in (CARD, "/admin/preview/gpus/nowhere/", "/admin/preview/gpus/test-card"):
        answer = editor.get(address, headers=AS_IF_KEPT)
        assert answer.status_code in (200, 302, 404)
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        assert "public" not in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "ETag" not in answer
        assert "Last-Modified" not in answer


def test_others_are_asked_to_sign_in_and_led_back(client: Client, drafts: list[CatalogRecord]) -> None:
    answer = client.get(f"{CARD}?with=quant:q1-k")
    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/login/?next={CARD}%3Fwith%3Dquant%3Aq1-k"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("rights", [[], ["view_languagemodel"]])
def test_drafts_of_a_kind_take_the_right_to_look_at_it(rights: list[str], drafts: list[CatalogRecord]) -> None:
    client = Client()
    client.force_login(staff("reader", *rights))
    assert client.get(CARD).status_code == 403
    assert client.get(f"/admin/catalog/gpu/{drafts[0].pk}/preview/").status_code == 403
    assert client.get("/admin/preview/gpus/l4/").status_code == 200
    assert client.get("/admin/preview/models/test-model/").status_code == (200 if rights else 403)


def test_the_public_sees_no_draft_after_a_preview_was_looked_at(
    client: Client, editor: Client, drafts: list[CatalogRecord]
) -> None:
    before = {address: client.get(address).content for address in PUBLIC}
    for address in PUBLIC:
        editor.get(f"/admin/preview{address}{'&' if '?' in address else '?'}{DRAFTS}")
        editor.get(f"/admin/preview{address}{'&' if '?' in address else '?'}{DRAFTS}")
    for row, address in zip(drafts, ("/gpus/test-card/", "/models/test-model/"), strict=False):
        assert editor.get(f"/admin/catalog/{row.kind()}/{row.pk}/preview/", follow=True).status_code == 200
        assert client.get(address).status_code == 404
        assert editor.get(address).status_code == 404
    assert client.get("/run/test-model-on-test-card/").status_code == 404
    after = {address: client.get(address).content for address in PUBLIC}
    assert after == before
    for address, content in after.items():
        asked_for = "search" in address
        assert asked_for or not [name for name in OF_DRAFTS if name in content.decode()], address


def test_redirects_stay_inside(editor: Client, drafts: list[CatalogRecord]) -> None:
    RetiredSlug.rename("gpu", "older-card", "l4", was_public=True)
    drafts[0].save()
    led = {
        "gpus/test-card": CARD,
        "gpus/Test-Card/": f"{CARD}?with=gpu:test-card",
        "gpus/older-card/": "/admin/preview/gpus/l4/",
        "run/?model=test-model&gpu=l4": "/admin/preview/run/test-model-on-l4/?with=languagemodel:test-model",
        "gpus?q=a&with=gpu:test-card": "/admin/preview/gpus/?q=a&with=gpu:test-card",
    }
    answers = {address: editor.get(f"/admin/preview/{address}") for address in led}
    assert {address: answer.get("Location") for address, answer in answers.items()} == led
    assert {answer.status_code for answer in answers.values()} == {302}


@pytest.mark.parametrize(
    "address", ["gpus/nowhere/", "robots.txt", "sitemap.xml", "healthz", "admin/", "/evil.example/"]
)
def test_what_is_no_page_is_no_page_of_the_preview(editor: Client, address: str) -> None:
    answer = editor.get(f"/admin/preview/{address}")
    assert answer.status_code == 404
    assert "<strong>Preview.</strong>" in answer.content.decode()
    assert 'href="/admin/preview/run/"' in answer.content.decode()


def test_what_is_gone_is_gone_in_the_preview_until_a_draft_takes_its_address(editor: Client) -> None:
    Gpu.objects.get(slug="l4").delete()
    answer = editor.get("/admin/preview/gpus/l4/")
    assert answer.status_code == 410
    assert "<strong>Preview.</strong>" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    gpu(name="Another L4", slug="l4", status="draft").save()
    assert editor.get("/admin/preview/gpus/l4/").status_code == 200


def test_a_preview_is_only_read(editor: Client) -> None:
    assert editor.post("/admin/preview/gpus/l4/").status_code == 405
    assert editor.post("/admin/catalog/gpu/1/preview/").status_code == 405


def test_what_is_no_record_has_no_preview(editor: Client) -> None:
    assert editor.get("/admin/catalog/gpu/999999/preview/").status_code == 404
    assert editor.get("/admin/catalog/nothing/1/preview/").status_code == 404


def test_a_catalog_without_quantizations_has_the_one_page(editor: Client, drafts: list[CatalogRecord]) -> None:
    Quant.objects.update(status="draft", is_default=False)
    answer = editor.get("/admin/preview/gpus/")
    assert answer.status_code == 503
    assert "Nothing is published yet" in answer.content.decode()


def test_odd_addresses_are_answered(editor: Client) -> None:
    for address in ("/admin/preview/gpus/%00/", "/admin/preview/gpus/?with=%00", f"/admin/preview/gpus/{'a' * 500}/"):
        assert editor.get(address).status_code in (200, 400, 404)
