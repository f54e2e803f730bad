"""A copy is a form that is filled in: what is only true of the old one is empty, and nothing is saved before Save."""

from typing import Any

import pytest
from django.contrib import admin

from catalog.admin.copy_as_new import OWN, OWN_OF
from catalog.models import RECORD_MODELS, CatalogRecord, Gpu
from tests.catalog.desk import Desk, desk_of
from tests.catalog.people import EDITORS, desk_of_member, staff
from tests.catalog.rows import (
    artifact,
    benchmark,
    board_score,
    everything,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    quant,
    repository,
)

pytestmark = pytest.mark.django_db

MAKERS = (quant, gpu, language_model, artifact, repository, benchmark, popularity, board_score, price, pick)


@pytest.fixture
def editor() -> Desk:
    return desk_of_member(EDITORS)


def copy(desk: Desk, row: CatalogRecord) -> Any:
    return desk.client.get(f"/admin/catalog/{row.kind()}/add/?copy_of={row.pk}")


@pytest.mark.parametrize("make", MAKERS)
def test_figures_are_the_same_and_what_is_its_own_is_empty(editor: Desk, make: Any) -> None:
    row = make()
    row.save()
    row.refresh_from_db()
    before = everything()
    form = copy(editor, row).context["adminform"].form
    empty = {name for name in (*OWN, *OWN_OF[row.kind()]) if name in form.fields}
    assert {"name", "slug", "sources"} <= empty
    for name in form.fields.keys() - {"opened_state", "seen_state"}:
        if name in empty:
            assert form[name].value() == type(form)()[name].value(), name
        else:
            assert form[name].value() == type(form)(instance=row)[name].value(), name
    assert everything() == before


def test_what_is_left_empty_is_said(editor: Desk) -> None:
    row = gpu()
    row.save()
    (message,) = copy(editor, row).context["messages"]
    assert str(message).startswith(
        "A copy of “Test Card”, not saved yet. Left empty, for it is only true of that: name, slug,"
    )
    assert "launch price" in str(message)


def test_a_copy_is_saved_as_a_draft_of_its_own(editor: Desk) -> None:
    row = gpu(memory_type="GDDR6X", release_date="2022-10-12")
    row.save()
    form = copy(editor, row).context["adminform"].form
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    own = {"name": "Second", "slug": "second", "full_name": "A Second"}
    answer = editor.client.post(f"/admin/catalog/gpu/add/?copy_of={row.pk}", {**sent, **own})
    assert answer.status_code == 302
    second = Gpu.objects.get(slug="second")
    assert (second.memory_type, second.memory_gb, second.release_date, second.status) == ("GDDR6X", 24, None, "draft")
    assert Gpu.objects.get(slug="test-card").name == "Test Card"


@pytest.mark.parametrize("key", ["", "0", "nothing", "999999", "9" * 40, "%00"])
def test_what_is_no_record_is_copied_as_nothing(editor: Desk, key: str) -> None:
    answer = editor.client.get(f"/admin/catalog/gpu/add/?copy_of={key}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert answer.context["adminform"].form["memory_gb"].value() is None
        assert list(answer.context["messages"]) == []


def test_who_may_not_look_at_a_record_does_not_copy_it() -> None:
    row = gpu()
    row.save()
    form = copy(desk_of(staff("adder", "add_gpu")), row).context["adminform"].form
    assert form["memory_gb"].value() is None


def test_a_form_has_the_way_there_where_one_may_add(editor: Desk) -> None:
    row = gpu(status="draft")
    row.save()
    link = f"/admin/catalog/gpu/add/?copy_of={row.pk}"
    assert link in editor.page(row).content.decode()
    assert link not in desk_of(staff("reader", "view_gpu")).page(row).content.decode()


def test_every_name_is_a_field_of_its_kind() -> None:
    assert OWN_OF.keys() == {model.kind() for model in RECORD_MODELS}
    for model in RECORD_MODELS:
        names = {column.name for column in model._meta.concrete_fields}
        assert set(OWN_OF[model.kind()]) <= names
        assert admin.site.is_registered(model)
    assert set(OWN) <= {column.name for model in RECORD_MODELS for column in model._meta.concrete_fields}
