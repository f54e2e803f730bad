"""A deletion at the desk says first what goes with it, and leads the address where it is told."""

import re

import pytest
from django.test import Client

from catalog.models import Gpu, LanguageModel, Quant, RetiredSlug
from catalog.models.quant import DEFAULT_STAYS
from tests.catalog.desk import Desk
from tests.catalog.people import EDITORS, PUBLISHERS, desk_of_member
from tests.catalog.rows import artifact, gpu

pytestmark = pytest.mark.django_db


def address(row: Gpu | LanguageModel | Quant) -> str:
    return f"/admin/catalog/{row.kind()}/{row.pk}/delete/"


def choose(desk: Desk, *rows: Gpu | Quant, **sent: str) -> str:
    """The page after “Delete selected”."""
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], **sent}
    answer = desk.client.post(f"/admin/catalog/{rows[0].kind()}/", chosen, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_question_says_what_goes_with_a_record(desk: Desk) -> None:
    page = desk.client.get(address(Gpu.objects.get(slug="rtx-3090"))).content.decode()
    assert f"1 page and {LanguageModel.objects.published().count():,} pages of pairs" in page
    assert "stay, without their GPU." in page
    assert re.search(r"Called much like it: [^.]*\bRTX 3090 Ti\b", page)
    assert page.index('<option value="RTX 3090 Ti">') < page.index('<option value="NVIDIA L4">')


def test_of_hundreds_ten_are_named(desk: Desk) -> None:
    row = LanguageModel.objects.get(slug="qwen2-5-72b")
    for number in range(12):
        artifact(name=f"Test file {number}", slug=f"test-file-{number}", label=f"UD-{number}", quant=None).save()
    page = desk.client.get(address(row)).content.decode()
    owned = (row.artifacts, row.repositories, row.popularity, row.board_scores, row.picks)
    related = sum(rows.count() for rows in owned)
    assert f"and {related - 10:,} more" in page
    kinds = ("Published file", "Repository", "Popularity count", "Board score", "Pick")
    assert sum(page.count(f"{kind}: ") for kind in kinds) == 10


def test_without_a_choice_the_address_is_gone(desk: Desk, client: Client) -> None:
    assert desk.client.post(address(Gpu.objects.get(slug="l4")), {"post": "yes"}).status_code == 302
    assert client.get("/gpus/l4/").status_code == 410


@pytest.mark.parametrize("typed", ["a10", "NVIDIA A10", " NVIDIA A10 "])
def test_the_address_leads_where_it_is_told(desk: Desk, client: Client, typed: str) -> None:
    desk.client.post(address(Gpu.objects.get(slug="l4")), {"post": "yes", "leads_to": typed})
    assert client.get("/gpus/l4/").headers["Location"] == "/gpus/a10/"


@pytest.mark.parametrize("place", ["l4", "nowhere-at-all", "qwen2-5-72b", "gh200-144", "\0", "/evil"])
def test_it_leads_nowhere_else_and_then_nothing_is_deleted(desk: Desk, place: str) -> None:
    row = Gpu.objects.get(slug="l4")
    answer = desk.client.post(address(row), {"post": "yes", "leads_to": place}, follow=True)
    assert "Nothing was deleted" in answer.content.decode()
    assert "Nothing was deleted" in choose(desk, row, post="yes", leads_to=place)
    assert Gpu.objects.filter(slug="l4").exists()


def test_many_are_deleted_with_the_same_question_and_one_place(desk: Desk, client: Client) -> None:
    rows = list(Gpu.objects.filter(slug__in=["l4", "a10"]))
    page = choose(desk, *rows)
    assert f"2 pages and {2 * LanguageModel.objects.published().count():,} pages of pairs" in page
    assert Gpu.objects.filter(slug__in=["l4", "a10"]).count() == 2
    choose(desk, *rows, post="yes", leads_to="l40")
    assert RetiredSlug.led_away("gpu").successors == {"l4": "", "a10": ""}
    assert client.get("/run/qwen2-5-72b-on-a10/").headers["Location"] == "/run/qwen2-5-72b-on-l40/"


@pytest.mark.parametrize("who", ["superuser", PUBLISHERS])
def test_the_default_quantization_is_deleted_by_nobody(desk: Desk, who: str) -> None:
    mine = desk if who == "superuser" else desk_of_member(who)
    row, other = Quant.objects.get(is_default=True), Quant.objects.get(slug="q6-k")
    for page in (mine.client.get(address(row)), mine.client.post(address(row), {"post": "yes"})):
        assert DEFAULT_STAYS in page.content.decode()
    assert DEFAULT_STAYS in choose(mine, row, other)
    assert DEFAULT_STAYS in choose(mine, row, other, post="yes")
    assert Quant.objects.filter(pk__in=[row.pk, other.pk]).count() == 2


def test_who_may_not_publish_deletes_nothing_that_is_public() -> None:
    desk = desk_of_member(EDITORS)
    row = Gpu.objects.get(slug="l4")
    assert desk.client.post(address(row), {"post": "yes"}).status_code == 403
    choose(desk, row, post="yes")
    assert Gpu.objects.filter(slug="l4").exists()


def test_a_draft_that_never_was_public_is_asked_for_no_place(desk: Desk) -> None:
    row = gpu(status="draft")
    row.save()
    page = desk.client.get(address(row)).content.decode()
    assert "Never public: the address is free again." in page
    assert "leads_to" not in page


def test_a_record_that_there_is_not_is_no_fault(desk: Desk) -> None:
    assert desk.client.get("/admin/catalog/gpu/999999/delete/").status_code == 302
    assert desk.client.get("/admin/catalog/gpu/x/delete/").status_code == 302
