"""The picture that public pages are made from: what is published, now, at the cost of one query."""

import dataclasses
import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F

from catalog import snapshot as catalog_snapshot
from catalog.models import CatalogRecord, CatalogRevision, Gpu, LanguageModel, Quant
from catalog.snapshot import Snapshot, current
from tests.catalog.rows import change, gpu, language_model, quant

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
    assert current().default_quant is not None
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


def test_an_unchanged_catalog_costs_one_query_and_is_the_same_picture(django_assert_num_queries: Queries) -> None:
    first = current()
    with django_assert_num_queries(1):
        assert current() is first


def test_after_an_edit_only_the_first_picture_costs_more(django_assert_num_queries: Queries) -> None:
    edit_by_save()
    current()
    with django_assert_num_queries(1):
        current()


@pytest.mark.parametrize("kept", [0, 2])
def test_a_new_picture_costs_the_same_few_queries_however_large_the_catalog(
    kept: int, django_assert_num_queries: Queries
) -> None:
    Gpu.objects.exclude(pk__in=Gpu.objects.values("pk")[:kept])._raw_delete("default")
    LanguageModel.objects.exclude(pk__in=LanguageModel.objects.values("pk")[:kept])._raw_delete("default")
    CatalogRevision.bump()
    with django_assert_num_queries(8):
        assert len(current().gpus) <= kept


def test_an_empty_catalog_without_a_revision_costs_one_query_too(django_assert_num_queries: Queries) -> None:
    for model in (Gpu, LanguageModel, Quant):
        model.objects.all()._raw_delete("default")
    CatalogRevision.objects.all().delete()
    empty = current()
    assert (dict(empty.gpus), dict(empty.models), empty.quants, empty.default_quant) == ({}, {}, (), None)
    with django_assert_num_queries(1):
        assert current() is empty


def test_a_picture_is_taken_again_when_the_catalog_changes_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    edits, read = [edit_by_save], catalog_snapshot._read

    def read_while_an_editor_saves(revision: Any) -> Snapshot:
        seen = read(revision)
        if edits:
            edits.pop()()
        return seen

    monkeypatch.setattr(catalog_snapshot, "_read", read_while_an_editor_saves)
    snapshot = catalog_snapshot.build()
    assert snapshot.gpus["l4"].spec.bandwidth_gb_s == 345
    assert snapshot.revision.token == CatalogRevision.current_token()


def slugs(snapshot: Snapshot) -> set[str]:
    """The slug of everything that the picture shows, in whatever list."""
    shown = [*snapshot.gpus.values(), *snapshot.models.values(), *snapshot.quants]
    return {record.slug for record in [*shown, *snapshot.common_gpus, *snapshot.models_by_size]}


@pytest.mark.parametrize(("model", "slug"), [(Gpu, "l4"), (LanguageModel, "qwen2-5-72b"), (Quant, "q6-k")])
def test_a_record_taken_back_to_draft_is_in_no_list_until_it_is_published(
    model: type[CatalogRecord], slug: str
) -> None:
    assert slug in slugs(current())
    change(model, slug, status="draft")
    assert slug not in slugs(current())
    change(model, slug, status="published")
    assert slug in slugs(current())


@pytest.mark.parametrize("make", [gpu, language_model, quant])
def test_a_new_draft_is_in_no_list(make: Callable[..., CatalogRecord]) -> None:
    make(status="draft").save()
    assert make().slug not in slugs(current())


def test_common_cards_are_the_humblest_first(snapshot: Snapshot) -> None:
    figures = [(card.spec.nameplate_gb, card.spec.bandwidth_gb_s, card.slug) for card in snapshot.common_gpus]
    assert figures == sorted(figures)
    assert set(snapshot.common_gpus) == {card for card in snapshot.gpus.values() if card.common}


def test_models_by_size_are_all_models_the_smallest_first(snapshot: Snapshot) -> None:
    sizes = [(model.spec.parameters, model.slug) for model in snapshot.models_by_size]
    assert sizes == sorted(sizes)
    assert set(snapshot.models_by_size) == set(snapshot.models.values())


def test_quantizations_are_in_the_editors_order_best_quality_first(snapshot: Snapshot) -> None:
    assert [quant.slug for quant in snapshot.quants] == ["fp16", "q8-0", "q6-k", "q5-k-m", "q4-k-m", "q3-k-m"]


def default_slug() -> str | None:
    default = current().default_quant
    return default.slug if default else None


@pytest.mark.parametrize(
    ("change_quants", "slug"),
    [
        (lambda quants: quants.none(), "q4-k-m"),
        (lambda quants: quants.update(is_default=False), "q3-k-m"),
        (lambda quants: quants.update(is_default=False, worth_recommending=F("order") % 2), "q4-k-m"),
        (lambda quants: quants.filter(slug="q4-k-m").update(status="draft"), "q3-k-m"),
        (lambda quants: quants.update(is_default=False, worth_recommending=False), "q3-k-m"),
        (lambda quants: quants.exclude(slug__in=["fp16", "q8-0"]).delete(), "q8-0"),
        (lambda quants: quants.update(status="draft"), None),
        (lambda quants: quants.all().delete(), None),
    ],
    ids=[
        "marked",
        "none marked",
        "smallest not recommended",
        "marked draft",
        "none recommended",
        "seldom worth their size",
        "drafts",
        "none",
    ],
)
def test_the_default_is_the_marked_one_else_the_smallest_recommended_else_the_smallest(
    change_quants: Callable[[Any], object], slug: str | None
) -> None:
    change_quants(Quant.objects)
    assert default_slug() == slug


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Snapshot)])
def test_nothing_in_a_picture_can_be_replaced(snapshot: Snapshot, name: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(snapshot, name, None)


@pytest.mark.parametrize("name", ["gpus", "models", "former_gpu_slugs", "former_model_slugs"])
def test_no_table_of_a_picture_can_be_changed(snapshot: Snapshot, name: str) -> None:
    with pytest.raises(TypeError, match="does not support item assignment"):
        getattr(snapshot, name)["l4"] = None


def test_no_record_of_a_picture_can_be_changed(snapshot: Snapshot) -> None:
    assert snapshot.default_quant is not None
    for record in (snapshot.gpus["l4"], snapshot.models["qwen2-5-72b"], snapshot.default_quant):
        with pytest.raises(dataclasses.FrozenInstanceError):
            record.slug = "other"  # type: ignore[misc]
        with pytest.raises(dataclasses.FrozenInstanceError):
            record.spec.slug = "other"  # type: ignore[misc]
