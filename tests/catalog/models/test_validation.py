"""Rules of single fields."""

import pytest
from django.core.exceptions import ValidationError

from catalog.models.validation import validate_other_names
from tests.catalog.desk import Desk
from tests.catalog.rows import gpu


@pytest.mark.parametrize("names", ["", "Strix Halo", "Strix Halo, Framework Desktop", "7840U,8845HS"])
def test_other_names_are_a_list_with_commas(names: str) -> None:
    validate_other_names(names)


@pytest.mark.parametrize("names", [",", "Strix Halo,", "a, , b", "Mac mini, mac mini", " "])
def test_an_empty_name_or_one_twice_is_refused(names: str) -> None:
    with pytest.raises(ValidationError, match="each name once"):
        validate_other_names(names)


def test_an_editor_adds_a_name(db: None, desk: Desk) -> None:
    row = gpu()
    row.save()
    assert "each name once" in str(desk.save(row, also_called="Big Card,"))
    assert desk.save(row, also_called="Big Card, The Wall") == {}
    row.refresh_from_db()
    assert row.also_called == "Big Card, The Wall"
