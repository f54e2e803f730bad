"""Figures at the desk have their thousands apart and their short form, in lists and under their fields."""

from decimal import Decimal

import pytest

from catalog.admin.figures import FigureInput, column, grouped, in_full, short
from catalog.models import LanguageModel
from tests.catalog import rows
from tests.catalog.desk import Desk


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("parameters", 8_030_261_248, "8,030,261,248 (8.0B)"),
        ("active_parameters", 512_000_000, "512,000,000 (512M)"),
        ("size_bytes", 47_415_715_104, "47,415,715,104 (47.4 GB)"),
        ("native_context", 131_072, "131,072"),
        ("bus_bits", 384, ""),
    ],
)
def test_a_long_figure_is_said_in_full_and_in_short(name: str, value: int, text: str) -> None:
    assert in_full(name, value) == text
    assert short(name, value) in text


def test_decimals_have_no_empty_places() -> None:
    assert [grouped(Decimal(text)) for text in ("1008.00", "23.50")] == ["1,008", "23.5"]


def test_a_column_has_both_and_shows_what_is_missing_as_missing() -> None:
    shown = column(LanguageModel, "parameters")
    assert shown(LanguageModel(parameters=8_030_261_248)) == '<span class="figure">8,030,261,248 <b>8.0B</b></span>'
    assert shown(LanguageModel(parameters=None)) is None
    assert (shown.admin_order_field, shown.short_description) == ("parameters", "parameters")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "text"), [(8030261248, "8,030,261,248 (8.0B)"), ("12000", "12,000 (0M)"), ("8B", ""), (None, "")]
)
def test_under_a_field_stands_what_is_in_it(value: object, text: str) -> None:
    html = FigureInput("parameters").render("parameters", value, {"id": "id_parameters"})
    assert html.endswith(f'<output class="figure" for="id_parameters">{text}</output>')


@pytest.mark.django_db
def test_forms_and_lists_have_them(desk: Desk) -> None:
    row = rows.language_model(name="ZZ", slug="zz", parameters=8_030_261_248)
    row.save()
    form = desk.page(row).content.decode()
    assert "8,030,261,248 (8.0B)" in form
    assert "catalog/figures.js" in form
    assert "8,030,261,248 <b>8.0B</b>" in desk.client.get("/admin/catalog/languagemodel/?q=zz").content.decode()
