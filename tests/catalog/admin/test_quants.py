"""The default quantization is moved from one to another, and never taken away."""

import pytest

from catalog.admin.quants import CHOOSE_ONE, LAST_DEFAULT
from catalog.models import CatalogRevision, Quant
from tests.catalog.desk import Desk

pytestmark = pytest.mark.django_db


def row(slug: str) -> Quant:
    return Quant.objects.get(slug=slug)


def test_the_mark_is_not_taken_away_by_hand(desk: Desk) -> None:
    form = desk.page(row("q4-k-m")).context["adminform"].form
    answer = desk.client.post(
        f"/admin/catalog/quant/{row('q4-k-m').pk}/change/",
        {field.html_name: field.value() or "" for field in form if field.name != "is_default"},
    )
    assert answer.context["adminform"].form.errors["is_default"] == [LAST_DEFAULT]
    assert row("q4-k-m").is_default


def test_the_list_moves_the_mark_as_one_change(desk: Desk) -> None:
    before = CatalogRevision.current_token()
    assert desk.act("make_default", row("q5-k-m")) == ["Q5_K_M is the default now."]
    assert list(Quant.objects.filter(is_default=True).values_list("slug", flat=True)) == ["q5-k-m"]
    assert CatalogRevision.current_token() != before


def test_what_is_not_always_shown_is_not_made_the_default(desk: Desk) -> None:
    (sentence,) = desk.act("make_default", row("q2-k"))
    assert sentence == "Q2_K was left as it is: The default quantization must be shown always."
    assert row("q4-k-m").is_default


def test_there_is_one_default(desk: Desk) -> None:
    assert desk.act("make_default", row("q5-k-m"), row("q6-k")) == [CHOOSE_ONE]
    assert row("q4-k-m").is_default
