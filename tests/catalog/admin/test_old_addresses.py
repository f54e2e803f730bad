"""Old addresses are seen and mended at the desk, and the public site follows in the next request."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from catalog.interchange.load import load_catalog
from catalog.models import Gpu, Price, RetiredSlug
from tests.catalog.desk import Desk
from tests.catalog.people import EDITORS, PUBLISHERS, desk_of_member
from tests.catalog.rows import change, gpu

pytestmark = pytest.mark.django_db

LIST = "/admin/catalog/retiredslug/"


def add(desk: Desk, slug: str, leads_to: str) -> dict[str, list[str]]:
    """The errors of the form, none if the address was added."""
    answer = desk.client.post(f"{LIST}add/", {"slug": slug, "leads_to": leads_to})
    assert answer.status_code == (200 if answer.context else 302)
    return dict(answer.context["adminform"].form.errors) if answer.context else {}


def lead(desk: Desk, slug: str, leads_to: str) -> dict[str, list[str]]:
    row = RetiredSlug.objects.get(slug=slug)
    answer = desk.client.post(f"{LIST}{row.pk}/change/", {"leads_to": leads_to})
    assert answer.status_code == (200 if answer.context else 302)
    return dict(answer.context["adminform"].form.errors) if answer.context else {}


def listed(desk: Desk, **query: str) -> list[str]:
    answer = desk.client.get(LIST, query)
    assert answer.status_code == 200
    return [row.slug for row in answer.context["cl"].queryset]


@pytest.fixture
def some() -> None:
    """One that leads to a page, one to a draft, one nowhere, one of a kind without pages."""
    change(Gpu, "l4", slug="l4-b")
    gpu(status="draft").save()
    RetiredSlug.objects.create(kind="gpu", slug="draft-was", successor="test-card")
    Price.objects.filter(gpu__slug="a10")._raw_delete("default")
    Gpu.objects.get(slug="a10").delete()
    RetiredSlug.objects.create(kind="quant", slug="q4", successor="q4-k-m")


@pytest.mark.usefixtures("some")
def test_the_list_says_where_each_leads_and_finds_it(desk: Desk) -> None:
    assert listed(desk) == ["a10", "draft-was", "l4", "q4"]
    assert listed(desk, leads="there") == ["l4"]
    assert listed(desk, leads="off") == ["draft-was"]
    assert listed(desk, leads="nowhere") == ["a10"]
    assert listed(desk, why="deleted") == ["a10"]
    assert listed(desk, kind="quant") == ["q4"]
    assert listed(desk, q="l4-b") == ["l4"]
    assert listed(desk, q="NVIDIA A10") == ["a10"]
    page = desk.client.get(LIST).content.decode()
    assert "/gpus/l4/" in page
    assert 'href="/admin/catalog/gpu/?slug=l4-b"' in page


@pytest.mark.usefixtures("some")
def test_a_list_costs_no_more_the_longer_it_is(desk: Desk, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        RetiredSlug.objects.create(kind="gpu", slug=f"was-{number}", successor="l40")
    with django_assert_max_num_queries(9):
        desk.client.get(LIST)


def test_a_spelling_that_people_link_to_is_added(desk: Desk, client: Client) -> None:
    assert client.get("/gpus/nvidia-l4/").status_code == 404
    assert add(desk, "nvidia-l4", "gpu:l4") == {}
    assert client.get("/gpus/nvidia-l4/").headers["Location"] == "/gpus/l4/"
    assert client.get("/run/qwen2-5-72b-on-NVIDIA-L4/").headers["Location"] == "/run/qwen2-5-72b-on-l4/"
    assert LogEntry.objects.get().change_message == "Leads to “l4”."


@pytest.mark.parametrize(
    ("slug", "leads_to", "field", "words"),
    [
        ("a10", "gpu:l4", "slug", "This is the address of a GPU that is there"),
        ("l4", "gpu:l4", "slug", "This is the address of a GPU that is there"),
        ("test-card", "gpu:l4", "slug", "This is the address of a GPU that is there"),
        ("l4-was", "gpu:a10", "slug", "This address is in the list already"),
        ("new", "", "leads_to", "Choose where it leads."),
        ("new", "gpu:nothing", "leads_to", "Select a valid choice"),
        ("new", "gpu:l4-was", "leads_to", "Select a valid choice"),
        ("new", "languagemodel:l4", "leads_to", "Select a valid choice"),
        ("new", "quant:q4-k-m", "leads_to", "Select a valid choice"),
        ("a-on-b", "gpu:l4", "slug", "A slug must not contain"),
        ("RTX 4090", "gpu:l4", "slug", "Use small letters"),
        ("../admin", "gpu:l4", "slug", "Use small letters"),
        ("", "gpu:l4", "slug", "This field is required."),
        ("a" * 81, "gpu:l4", "slug", "Ensure this value has at most 80 characters"),
    ],
)
def test_what_cannot_be_an_address_or_lead_there_is_refused(
    desk: Desk, slug: str, leads_to: str, field: str, words: str
) -> None:
    gpu(status="draft").save()
    RetiredSlug.objects.create(kind="gpu", slug="l4-was", successor="l4")
    errors = add(desk, slug, leads_to)
    assert list(errors) == [field]
    assert errors[field][0].startswith(words)
    assert RetiredSlug.objects.count() == 1


def test_the_same_spelling_may_be_of_a_model_and_of_a_card(desk: Desk) -> None:
    assert add(desk, "l4", "languagemodel:qwen2-5-72b") == {}


def test_where_an_address_leads_is_changed_and_said_in_its_history(desk: Desk, client: Client) -> None:
    change(Gpu, "l4", slug="l4-b")
    assert lead(desk, "l4", "gpu:a10") == {}
    assert client.get("/gpus/l4/").headers["Location"] == "/gpus/a10/"
    assert lead(desk, "l4", "") == {}
    assert client.get("/gpus/l4/").status_code == 410
    messages = LogEntry.objects.order_by("pk").values_list("change_message", flat=True)
    assert list(messages) == ["Led from “l4-b” to “a10”.", "Led from “a10” to “nowhere”."]


def test_of_what_kind_an_address_is_stays(desk: Desk) -> None:
    change(Gpu, "l4", slug="l4-b")
    assert list(lead(desk, "l4", "languagemodel:qwen2-5-72b")) == ["leads_to"]
    desk.client.post(
        f"{LIST}{RetiredSlug.objects.get().pk}/change/", {"leads_to": "gpu:a10", "slug": "x", "kind": "quant"}
    )
    assert RetiredSlug.objects.values_list("kind", "slug", "successor").get() == ("gpu", "l4", "a10")


def test_a_load_still_knows_the_record_whose_address_leads_elsewhere(desk: Desk) -> None:
    change(Gpu, "l4", slug="l4-b")
    lead(desk, "l4", "gpu:a10")
    assert RetiredSlug.led_away("gpu").successors == {"l4": "l4-b"}
    report = load_catalog()
    assert (report.created, report.updated) == (0, 0)
    assert Gpu.objects.filter(slug="l4-b").exists()
    change(Gpu, "l4-b", slug="l4-c")
    assert RetiredSlug.led_away("gpu").successors == {"l4": "l4-c", "l4-b": "l4-c"}


def test_a_record_of_a_file_takes_an_address_that_was_added_by_hand(desk: Desk, client: Client) -> None:
    Price.objects.filter(gpu__slug="rtx-4090")._raw_delete("default")
    Gpu.objects.filter(slug="rtx-4090")._raw_delete("default")
    assert add(desk, "rtx-4090", "gpu:a10") == {}
    report = load_catalog()
    assert report.created == 1 + Price.objects.filter(gpu__slug="rtx-4090").count() > 1
    assert "has its address, which led elsewhere by hand" in report.remarks[0]
    assert client.get("/gpus/rtx-4090/").status_code == 200
    assert not RetiredSlug.objects.exists()


def test_an_address_that_is_deleted_is_not_found(desk: Desk, client: Client) -> None:
    add(desk, "nvidia-l4", "gpu:l4")
    row = RetiredSlug.objects.get()
    assert client.get("/gpus/nvidia-l4/").status_code == 301
    desk.client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"})
    assert client.get("/gpus/nvidia-l4/").status_code == 404


def test_an_editor_looks_and_a_publisher_mends() -> None:
    change(Gpu, "l4", slug="l4-b")
    row = RetiredSlug.objects.get()
    editor, publisher = desk_of_member(EDITORS), desk_of_member(PUBLISHERS)
    assert "l4-b" in editor.client.get(f"{LIST}{row.pk}/change/").content.decode()
    assert editor.client.post(f"{LIST}{row.pk}/change/", {"leads_to": "gpu:a10"}).status_code == 403
    assert editor.client.post(f"{LIST}add/", {"slug": "x", "leads_to": "gpu:a10"}).status_code == 403
    assert lead(publisher, "l4", "gpu:a10") == {}


def test_a_records_form_shows_what_leads_to_it_and_how_to_add_more(desk: Desk) -> None:
    row = change(Gpu, "l4", slug="l4-b")
    page = desk.page(row).content.decode()
    assert f'<a href="{LIST}{RetiredSlug.objects.get().pk}/change/">/gpus/l4/</a>' in page
    address = f"{LIST}add/?leads_to=gpu%3Al4-b"
    assert f'href="{address}"' in page
    assert '<option value="gpu:l4-b" selected>' in desk.client.get(address).content.decode()
    assert "No other address leads to this record." in desk.page(Gpu.objects.get(slug="a10")).content.decode()
    assert "addlink" not in desk_of_member(EDITORS).page(row).content.decode().partition("old-addresses")[2]
