"""Lists are filtered by the facts that their rows lack."""

import pytest

from catalog.missing import FACTS
from catalog.models import CatalogRecord, Gpu
from tests.catalog import rows
from tests.catalog.desk import Desk

pytestmark = pytest.mark.django_db


def test_rows_that_lack_a_fact_are_listed(desk: Desk) -> None:
    rows.gpu(name="ZZ 1", slug="zz-1", memory_type="GDDR7").save()
    rows.gpu(name="ZZ 2", slug="zz-2").save()
    assert desk.listing(Gpu, q="zz", missing="memory_type") == ["zz-2"]


def test_what_is_no_fact_filters_nothing(desk: Desk) -> None:
    rows.gpu(name="ZZ 1", slug="zz-1").save()
    assert desk.listing(Gpu, q="zz", missing="loaded_digest") == ["zz-1"]


@pytest.mark.parametrize("model", FACTS)
def test_every_list_has_the_filter_with_its_facts_by_their_labels(desk: Desk, model: type[CatalogRecord]) -> None:
    answer = desk.client.get(f"/admin/catalog/{model.kind()}/", {"missing": FACTS[model][0]})
    (chosen,) = (spec for spec in answer.context["cl"].filter_specs if spec.title == "missing fact")
    labels = [str(label) for _, label in chosen.lookup_choices]
    assert labels == [str(model._meta.get_field(name).verbose_name) for name in FACTS[model]]
