"""What was public and was deleted answers 410; what never was, 404."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Gpu, LanguageModel
from tests.catalog.rows import change, gpu
from tests.html_page import HtmlPage

pytestmark = pytest.mark.django_db

PAIR, CARD = "/run/qwen2-5-72b-on-l4/", "/gpus/l4/"


def delete(slug: str, leads_to: str = "") -> None:
    row = Gpu.objects.get(slug=slug)
    row.address_leads_to = leads_to
    row.delete()


@pytest.mark.parametrize(
    "path", [CARD, "/gpus/L4/", PAIR, "/run/Qwen2.5-72B-on-L4/", "/gpus/l4-old/", "/run/qwen2-5-72b-on-l4-old/"]
)
def test_every_address_of_a_deleted_card_is_gone(client: Client, path: str) -> None:
    change(Gpu, "l4", slug="l4-old")
    change(Gpu, "l4-old", slug="l4")
    delete("l4")
    answer = client.get(path)
    page = HtmlPage(answer.content.decode())
    assert answer.status_code == 410
    assert answer["Cache-Control"] == "max-age=300"
    assert page.headings("h1") == ["NVIDIA L4 was taken out of the catalog"]
    assert page.meta["robots"] == "noindex"
    assert page.canonical == ""
    offered = [link for link in page.links if link.startswith(("/gpus/", "/run/", "/models/")) and link.count("/") > 2]
    assert offered
    assert {client.get(link).status_code for link in offered} == {200}


def test_head_is_answered_like_get_and_other_methods_are_not(client: Client) -> None:
    delete("l4")
    for path in (CARD, PAIR):
        get, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (410, b"")
        assert head["Content-Length"] == get["Content-Length"] if "Content-Length" in get else True
        assert client.post(path).status_code == 405


def test_a_page_of_what_is_gone_costs_one_query(client: Client) -> None:
    delete("l4")
    client.get(PAIR)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(PAIR).status_code == 410
    assert len(queries) == 1


def test_a_deleted_model_is_gone_with_all_its_pairs(client: Client) -> None:
    LanguageModel.objects.get(slug="qwen2-5-72b").delete()
    delete("l4")
    assert client.get("/models/qwen2-5-72b/").status_code == 410
    assert client.get("/run/qwen2-5-72b-on-rtx-4090/").status_code == 410
    page = HtmlPage(client.get(PAIR).content.decode())
    assert page.headings("h1") == ["Qwen2.5 72B and NVIDIA L4 were taken out of the catalog"]


@pytest.mark.parametrize("path", ["/run/nothing-on-l4/", "/run/qwen2-5-72b-on-l4-on-l4/", "/run/l4/", "/models/l4/"])
def test_what_never_was_a_page_is_not_gone(client: Client, path: str) -> None:
    delete("l4")
    assert client.get(path).status_code == 404


def test_what_was_taken_off_may_come_back_and_what_never_was_public_is_free(client: Client) -> None:
    change(Gpu, "l4", status="draft")
    assert client.get(CARD).status_code == client.get(PAIR).status_code == 404
    gpu(status="draft").save()
    delete("test-card")
    assert client.get("/gpus/test-card/").status_code == 404


def test_a_deleted_card_may_lead_to_another(client: Client) -> None:
    delete("l4", leads_to="a10")
    for path, place in ((CARD, "/gpus/a10/"), (PAIR, "/run/qwen2-5-72b-on-a10/")):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, place)


def test_a_new_record_takes_the_address_and_is_there_at_once(client: Client) -> None:
    delete("l4")
    row = gpu(name="NVIDIA L4", slug="l4", status="draft")
    row.save()
    assert client.get(CARD).status_code == 404
    row.status = "published"
    row.save()
    assert client.get(CARD).status_code == 200


def test_no_list_for_machines_has_it(client: Client) -> None:
    delete("l4")
    for path in ("/sitemaps/gpus.xml", "/llms.txt"):
        assert "/gpus/l4/" not in client.get(path).content.decode()
