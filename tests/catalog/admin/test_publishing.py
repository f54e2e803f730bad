"""Publishing is a right of its own: without it drafts can be kept, and nothing reaches a public page."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from catalog.admin.publishing import READ_ONLY
from catalog.models import RECORD_MODELS, CatalogRecord, Gpu
from tests.catalog.desk import Desk, desk_of
from tests.catalog.people import EDITORS, PUBLISHERS, desk_of_member, staff
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

pytestmark = pytest.mark.django_db

NEW = {"name": "New Card", "slug": "new-card", "full_name": "A New Card", "sources": "https://example.org/card"}
CARD = {"vendor": "NVIDIA", "segment": "consumer", "memory_gb": "24", "bandwidth_gb_s": "1008"}
OTHER = "https://example.org/other"
ROWS = [quant, gpu, language_model, artifact, repository, benchmark, popularity, board_score, price, pick]


@pytest.fixture
def editor() -> Desk:
    return desk_of_member(EDITORS)


@pytest.fixture
def publisher() -> Desk:
    return desk_of_member(PUBLISHERS)


def saved(row: CatalogRecord) -> CatalogRecord:
    row.save()
    return row


def now(row: CatalogRecord) -> CatalogRecord:
    """A row as the database has it now."""
    return type(row).objects.get(pk=row.pk)


def change_address(row: CatalogRecord) -> str:
    return f"/admin/catalog/{row._meta.model_name}/{row.pk}/change/"


def test_there_is_a_row_of_every_kind_of_record() -> None:
    assert {type(make()) for make in ROWS} == set(RECORD_MODELS)


def test_an_editor_adds_a_draft_whatever_status_is_sent(editor: Desk) -> None:
    assert editor.add(Gpu, **NEW, **CARD, status="published") == {}
    assert Gpu.objects.get(slug="new-card").status == "draft"


def test_a_publisher_adds_a_published_record(publisher: Desk) -> None:
    assert publisher.add(Gpu, **NEW, **CARD, status="published") == {}
    assert Gpu.objects.get(slug="new-card").status == "published"


@pytest.mark.parametrize("make", ROWS)
def test_an_editor_changes_a_draft_and_cannot_publish_it(editor: Desk, make: type[CatalogRecord]) -> None:
    draft = saved(make(status="draft"))
    assert "status" not in editor.page(draft).context["adminform"].form.fields
    assert editor.save(draft, sources=OTHER, status="published") == {}
    assert (now(draft).sources, now(draft).status) == (OTHER, "draft")


@pytest.mark.parametrize("make", ROWS)
def test_an_editor_only_looks_at_a_public_record_and_is_told_why(editor: Desk, make: type[CatalogRecord]) -> None:
    public = saved(make())
    page = editor.page(public)
    assert page.status_code == 200
    assert [str(message) for message in page.context["messages"]] == [READ_ONLY]
    assert 'name="_save"' not in page.content.decode()
    answer = editor.client.post(change_address(public), {"sources": OTHER, "status": "draft"})
    assert answer.status_code == 403
    assert (now(public).sources, now(public).status) == (public.sources, "published")


@pytest.mark.parametrize("make", ROWS)
def test_a_publisher_changes_and_publishes(publisher: Desk, make: type[CatalogRecord]) -> None:
    draft = saved(make(status="draft"))
    assert publisher.save(draft, sources=OTHER, status="published") == {}
    assert (now(draft).sources, now(draft).status) == (OTHER, "published")
    assert READ_ONLY not in publisher.page(draft).content.decode()
    assert publisher.save(draft, sources=OTHER, status="draft") == {}
    assert (now(draft).sources, now(draft).status) == (OTHER, "draft")


@pytest.mark.parametrize("action", ["publish", "take_off", "delete_selected"])
@pytest.mark.parametrize("status", ["draft", "published"])
def test_an_editor_has_no_action_on_many(editor: Desk, action: str, status: str) -> None:
    row = saved(gpu(status=status))
    assert editor.act(action, row) == []
    assert now(row).status == status
    assert editor.client.get("/admin/catalog/gpu/").context["action_form"] is None


def test_a_publisher_publishes_and_takes_off_many(publisher: Desk) -> None:
    rows = [saved(gpu(status="draft")), saved(gpu(status="draft", name="Second", slug="second"))]
    assert publisher.act("publish", *rows) == ["2 published."]
    assert [now(row).status for row in rows] == ["published", "published"]
    assert publisher.act("take_off", *rows) == ["2 taken off the site."]
    assert [now(row).status for row in rows] == ["draft", "draft"]


@pytest.mark.parametrize(("group", "status", "is_left"), [(EDITORS, 403, True), (PUBLISHERS, 302, False)])
def test_only_a_publisher_deletes(group: str, status: int, is_left: bool) -> None:
    row = saved(gpu(status="draft"))
    answer = desk_of_member(group).client.post(f"/admin/catalog/gpu/{row.pk}/delete/", {"post": "yes"})
    assert answer.status_code == status
    assert Gpu.objects.filter(pk=row.pk).exists() is is_left


def test_who_may_delete_but_not_publish_deletes_drafts_only() -> None:
    client = desk_of(staff("tidy", "view_gpu", "change_gpu", "delete_gpu")).client
    draft, public = saved(gpu(status="draft")), saved(gpu(name="Second", slug="second"))
    chosen = {"action": "delete_selected", "post": "yes", "_selected_action": [draft.pk, public.pk]}
    assert client.post("/admin/catalog/gpu/", chosen).status_code == 403
    assert client.post(f"/admin/catalog/gpu/{public.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/admin/catalog/gpu/{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    assert Gpu.objects.filter(pk__in=[draft.pk, public.pk]).get() == public


def test_who_may_only_look_is_not_told_of_publishing() -> None:
    page = desk_of(staff("reader", "view_gpu")).page(saved(gpu()))
    assert (page.status_code, list(page.context["messages"])) == (200, [])


def test_the_right_is_of_one_kind_of_record() -> None:
    desk = desk_of(
        staff(
            "of cards",
            *(f"{action}_{kind}" for action in ("view", "change") for kind in ("gpu", "quant")),
            "publish_gpu",
        )
    )
    assert "status" in desk.page(saved(gpu(status="draft"))).context["adminform"].form.fields
    assert "status" not in desk.page(saved(quant(status="draft"))).context["adminform"].form.fields


def test_a_right_that_is_given_counts_at_once(editor: Desk) -> None:
    row = saved(gpu())
    assert "adminform" in editor.page(row).context
    assert editor.client.post(change_address(row), {}).status_code == 403
    editor_account = Group.objects.get(name=EDITORS).user_set.get()
    editor_account.groups.add(Group.objects.get(name=PUBLISHERS))
    assert editor.client.post(change_address(row), {}).status_code == 200


def test_a_draft_of_an_editor_is_on_no_page(editor: Desk, client: Client) -> None:
    assert editor.add(Gpu, **NEW, **CARD) == {}
    assert client.get("/gpus/new-card/").status_code == 404
