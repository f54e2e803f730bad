"""The picture that public pages are made from: what is published, now, at the cost of one query."""

import dataclasses
import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import reading
from catalog import snapshot as catalog_snapshot
from catalog.models import RECORD_MODELS, CatalogRevision, Gpu, LanguageModel, Quant
from catalog.snapshot import Snapshot, current
from tests.catalog.rows import change, gpu, language_model

pytestmark = pytest.mark.django_db

Queries = Callable[[int], Any]


def l4_bandwidth() -> Decimal:
    return current().gpus["l4"].spec.bandwidth_gb_s


def edit_by_save() -> None:
    change(Gpu, "l4", bandwidth_gb_s=345)


def edit_by_update() -> None:
    Gpu.objects.filter(slug="l4").update(bandwidth_gb_s=345)


def edit_by_bulk_update() -> None:
    row = Gpu.objects.get(slug="l4")
    row.bandwidth_gb_s = 345
    Gpu.objects.bulk_update([row], ["bandwidth_gb_s"])


def edit_by_update_or_create() -> None:
    Gpu.objects.update_or_create(slug="l4", defaults={"bandwidth_gb_s": 345})


@pytest.mark.parametrize("edit", [edit_by_save, edit_by_update, edit_by_bulk_update, edit_by_update_or_create])
def test_an_edit_is_in_the_next_picture(edit: Callable[[], None]) -> None:
    assert l4_bandwidth() == 300
    edit()
    assert l4_bandwidth() == 345


@pytest.mark.parametrize("create", [lambda: gpu().save(), lambda: Gpu.objects.bulk_create([gpu()])])
def test_a_new_record_is_in_the_next_picture(create: Callable[[], object]) -> None:
    assert "test-card" not in current().gpus
    create()
    assert "test-card" in current().gpus


@pytest.mark.parametrize(
    "delete", [lambda: Gpu.objects.get(slug="l4").delete(), lambda: Gpu.objects.filter(slug="l4").delete()]
)
def test_a_deleted_record_is_not_in_the_next_picture(delete: Callable[[], object]) -> None:
    assert "l4" in current().gpus
    delete()
    assert "l4" not in current().gpus


def test_an_edit_of_a_model_or_a_quantization_is_in_the_next_picture_too() -> None:
    change(LanguageModel, "qwen2-5-72b", parameters=72_000_000_000)
    change(Quant, "q4-k-m", bytes_per_weight="0.57")
    assert current().models["qwen2-5-72b"].spec.parameters == 72_000_000_000
    assert current().default_quant.spec.bytes_per_weight == Decimal("0.57")


def test_every_edit_gives_the_catalog_a_revision_of_its_own(snapshot: Snapshot) -> None:
    before = datetime.datetime.now(datetime.UTC)
    edit_by_save()
    first = current().revision
    edit_by_save()
    assert len({snapshot.revision.token, first.token, current().revision.token}) == 3
    assert snapshot.revision.changed_at < before <= first.changed_at <= current().revision.changed_at


def delete() -> None:
    Gpu.objects.get(slug="l4").delete()


@pytest.mark.parametrize("edit", [edit_by_save, edit_by_update, edit_by_bulk_update, delete])
def test_an_edit_whose_revision_cannot_be_renewed_is_not_made(
    edit: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise RuntimeError("no revision")

    monkeypatch.setattr(CatalogRevision, "bump", refuse)
    with pytest.raises(RuntimeError, match="no revision"):
        edit()
    assert Gpu.objects.get(slug="l4").bandwidth_gb_s == 300


def test_changes_that_are_one_get_one_revision_when_all_are_made() -> None:
    before = CatalogRevision.current_token()
    with CatalogRevision.as_one_change():
        for edit in (edit_by_save, edit_by_update, delete):
            edit()
            assert CatalogRevision.current_token() == before
    after = CatalogRevision.current_token()
    assert after != before
    edit_by_update()
    assert CatalogRevision.current_token() != after, "the next change has its own"


def test_no_changes_are_no_revision() -> None:
    before = CatalogRevision.current()
    with CatalogRevision.as_one_change():
        pass
    assert CatalogRevision.current() == before


@CatalogRevision.as_one_change()
def edit_half_way() -> None:
    edit_by_save()
    raise RuntimeError("half way")


def test_changes_that_are_one_are_all_made_or_none() -> None:
    before = CatalogRevision.current()
    with pytest.raises(RuntimeError, match="half way"):
        edit_half_way()
    assert CatalogRevision.current() == before
    assert Gpu.objects.get(slug="l4").bandwidth_gb_s == 300
    edit_by_save()
    assert CatalogRevision.current() != before, "changes outside are announced again"


def test_an_unchanged_catalog_costs_one_query_and_is_the_same_picture(django_assert_num_queries: Queries) -> None:
    first = current()
    with django_assert_num_queries(1):
        assert current() is first


def test_after_an_edit_only_the_first_picture_costs_more(django_assert_num_queries: Queries) -> None:
    edit_by_save()
    current()
    with django_assert_num_queries(1):
        current()


def queries_of_a_new_picture() -> int:
    CatalogRevision.bump()
    with CaptureQueriesContext(connection) as queries:
        current()
    return len(queries)


def test_a_new_picture_costs_the_same_few_queries_however_large_the_catalog() -> None:
    whole = queries_of_a_new_picture()
    for model in [model for model in RECORD_MODELS if model not in (Quant, Gpu, LanguageModel)] + [Gpu, LanguageModel]:
        model.objects.all()._raw_delete("default")
    # Of each kind its rows and three looks at its history; the revision, before and after, and old addresses.
    assert queries_of_a_new_picture() == whole <= 4 * len(RECORD_MODELS) + 4


def test_an_empty_catalog_without_a_revision_costs_one_query_too(django_assert_num_queries: Queries) -> None:
    for model in reversed(RECORD_MODELS):
        model.objects.all()._raw_delete("default")
    CatalogRevision.objects.all().delete()
    empty = current()
    assert (dict(empty.gpus), dict(empty.models), dict(empty.files_of)) == ({}, {}, {})
    assert (empty.quants, empty.default_slug, empty.benchmarks) == ((), "", ())
    with django_assert_num_queries(1):
        assert current() is empty


def test_a_picture_is_taken_again_when_the_catalog_changes_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    edits, read = [edit_by_save], reading.of_rows

    def read_while_an_editor_saves(*asked: Any) -> Snapshot:
        seen = read(*asked)
        if edits:
            edits.pop()()
        return seen

    monkeypatch.setattr(reading, "of_rows", read_while_an_editor_saves)
    snapshot = catalog_snapshot.build()
    assert snapshot.gpus["l4"].spec.bandwidth_gb_s == 345
    assert snapshot.revision.token == CatalogRevision.current_token()


@pytest.mark.parametrize("edit", [edit_by_save, edit_by_update])
def test_only_the_record_that_was_edited_is_made_anew(edit: Callable[[], None]) -> None:
    before = current()
    edit()
    after = current()
    assert after is not before
    anew = [slug for slug, gpu in after.gpus.items() if gpu is not before.gpus[slug]]
    assert (anew, after.gpus["l4"].spec is before.gpus["l4"].spec) == (["l4"], False)
    assert all(after.models[slug].spec is model.spec for slug, model in before.models.items())
    assert after.quants == before.quants


def test_an_edit_of_the_architecture_makes_the_spec_of_that_model_alone_anew() -> None:
    before = current()
    row = LanguageModel.objects.get(slug="qwen2-5-72b")
    row.architecture["blocks"][0]["n"] += 1
    LanguageModel.objects.filter(pk=row.pk).update(architecture=row.architecture)
    after = current()
    assert [slug for slug, model in after.models.items() if model.spec is not before.models[slug].spec] == [row.slug]
    assert len(after.gpus) == sum(after.gpus[slug] is gpu for slug, gpu in before.gpus.items())


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Snapshot)])
def test_nothing_in_a_picture_can_be_replaced(snapshot: Snapshot, name: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(snapshot, name, None)


@pytest.mark.parametrize(
    "name",
    ["gpus", "models", "files_of", "repositories_of", "former_gpu_slugs", "former_model_slugs", "by_fingerprint"],
)
def test_no_table_of_a_picture_can_be_changed(snapshot: Snapshot, name: str) -> None:
    with pytest.raises(TypeError, match="does not support item assignment"):
        getattr(snapshot, name)["l4"] = None


def test_no_table_of_the_files_of_a_model_can_be_changed() -> None:
    snapshot = catalog_snapshot.build()
    with pytest.raises(TypeError, match="does not support item assignment"):
        snapshot.files_of["mixtral-8x22b"][0] = None  # type: ignore[index]  # refused, as tested


def test_no_record_of_a_picture_can_be_changed(snapshot: Snapshot) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        snapshot.files_of["mixtral-8x22b"][0].size_bytes = 1  # type: ignore[misc]  # refused, as tested
    for record in (snapshot.gpus["l4"], snapshot.models["qwen2-5-72b"], snapshot.default_quant):
        with pytest.raises(dataclasses.FrozenInstanceError):
            record.slug = "other"  # type: ignore[misc]  # refused, as tested
        with pytest.raises(dataclasses.FrozenInstanceError):
            record.spec.slug = "other"  # type: ignore[misc]  # refused, as tested


def test_models_of_one_architecture_share_it_and_a_note_of_the_desk_renews_no_record() -> None:
    first = LanguageModel.objects.published().exclude(architecture=None)[0]
    language_model(name="Its twin", slug="its-twin", architecture=first.architecture).save()
    before = reading.build()
    assert before.models["its-twin"].spec.architecture is before.models[first.slug].spec.architecture
    LanguageModel.objects.filter(slug="its-twin").update(saved_anyway=[{"check": "c", "says": "s", "reason": "r"}])
    assert reading.build(before).models["its-twin"] is before.models["its-twin"]
