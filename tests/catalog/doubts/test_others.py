"""A row is held against the other published rows, and not against itself."""

import pytest

from catalog.doubts.others import Others, but
from catalog.models import Gpu
from tests.catalog.doubts.beside import card

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
