"""A row is held against the other published rows, and not against itself."""

import pytest

from catalog.doubts.others import Others, but
from catalog.models import Gpu, LanguageModel
from tests.catalog.doubts.beside import card
from tests.catalog.rows import language_model

pytestmark = pytest.mark.django_db


def test_drafts_are_no_yardstick() -> None:
    card(name="D", slug="d", status="draft").save()
    card(name="P", slug="p").save()
    slugs = {row.slug for row in Others().gpus}
    assert "p" in slugs
    assert "d" not in slugs


def test_a_row_is_left_out_under_another_slug_too() -> None:
    card().save()
    row = Gpu.objects.get(slug="test-card")
    row.slug = "renamed"
    names = [other.name for other in but(Others().gpus, row, lambda other: other.name == "Test Card")]
    assert names == []


def test_names_are_counted_without_the_row_itself() -> None:
    for number, vendor in enumerate(("Test Maker", "Test Maker", "Test Makers")):
        language_model(name=f"M{number}", slug=f"m{number}", vendor=vendor).save()
    names = Others()
    rows = [LanguageModel.objects.get(slug=f"m{number}") for number in range(3)]
    counted = [names.names("models", "vendor", row) for row in rows]
    assert [(of["Test Maker"], of["Test Makers"]) for of in counted] == [(1, 1), (1, 1), (2, 0)]
    assert names.names("models", "vendor", language_model())["Test Maker"] == 2


def test_a_model_is_made_once_for_all_that_name_it() -> None:
    row = language_model()
    row.save()
    others = Others()
    again = LanguageModel.objects.get(pk=row.pk)
    assert others.whole_model(row) is others.whole_model(again)
    assert Others().whole_model(row) is not others.whole_model(row)
