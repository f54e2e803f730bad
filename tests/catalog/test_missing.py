"""What a record should have: which rows lack it."""

import pytest

from catalog.missing import FACTS, lacks
from catalog.models import RECORD_MODELS, CatalogRecord, Gpu, LanguageModel
from tests.catalog import rows

pytestmark = pytest.mark.django_db


def lacking(model: type[CatalogRecord], name: str) -> list[str]:
    return list(model.objects.filter(lacks(model, name), slug__startswith="zz").values_list("slug", flat=True))


def test_every_kind_of_record_has_facts_and_each_is_a_column() -> None:
    assert set(FACTS) == set(RECORD_MODELS)
    assert all(model._meta.get_field(name).column for model, names in FACTS.items() for name in names)


@pytest.mark.parametrize(("name", "value"), [("memory_type", "GDDR7"), ("power_w", 300), ("sources", "a book")])
def test_a_fact_is_missing_where_its_column_is_empty(name: str, value: object) -> None:
    rows.gpu(name="ZZ 1", slug="zz-1", status="draft", sources="").save()
    assert lacking(Gpu, name) == ["zz-1"]
    rows.change(Gpu, "zz-1", **{name: value})
    assert lacking(Gpu, name) == []


def test_only_a_mixture_of_experts_lacks_active_parameters() -> None:
    rows.language_model(name="ZZ 1", slug="zz-1").save()
    rows.language_model(name="ZZ 2", slug="zz-2", mixture_of_experts=True).save()
    assert lacking(LanguageModel, "active_parameters") == ["zz-2"]


def test_what_is_never_sold_alone_lacks_no_price() -> None:
    rows.gpu(name="ZZ 1", slug="zz-1").save()
    rows.gpu(name="ZZ 2", slug="zz-2", segment="laptop").save()
    assert lacking(Gpu, "launch_price_usd") == ["zz-1"]


def test_a_model_lacks_its_architecture() -> None:
    rows.language_model(name="ZZ 1", slug="zz-1", architecture=None).save()
    assert lacking(LanguageModel, "architecture") == ["zz-1"]
