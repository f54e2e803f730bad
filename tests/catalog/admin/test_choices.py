"""Closed sets are chosen from, other words are suggested, and no value of a row is lost."""

from typing import Any

import pytest
from django import forms

from catalog.models import Benchmark, BoardScore, Gpu, LanguageModel, Popularity, Price, Quant, Repository
from tests.catalog import rows
from tests.catalog.desk import Desk

pytestmark = pytest.mark.django_db


def field(desk: Desk, kind: Any, name: str) -> Any:
    address = f"/admin/catalog/{kind.kind()}/add/"
    return desk.client.get(address).context["adminform"].form.fields[name]


@pytest.mark.parametrize(
    ("kind", "name", "word"),
    [
        (Gpu, "speed_class", "nvidia-gddr"),
        (Benchmark, "speed_class", "apple-ultra"),
        (Quant, "mix", "Q1_0"),
        (Benchmark, "backend", "Vulkan"),
    ],
)
def test_a_closed_set_is_chosen_from_what_the_code_has(desk: Desk, kind: Any, name: str, word: str) -> None:
    choices = field(desk, kind, name)
    assert isinstance(choices, forms.ChoiceField)
    assert word in dict(choices.choices)


def test_classes_have_their_words_beside_them_in_forms_and_filters(desk: Desk) -> None:
    words = "apple-ultra: Apple Ultra (two dies)"
    assert ("apple-ultra", words) in field(desk, Gpu, "speed_class").choices
    for kind in ("gpu", "benchmark"):
        changelist = desk.client.get(f"/admin/catalog/{kind}/").context["cl"]
        (filters,) = (spec for spec in changelist.filter_specs if spec.title == "speed class")
        assert words in [choice["display"] for choice in filters.choices(changelist)]


def test_a_value_that_only_a_row_has_is_a_choice_and_its_row_can_be_saved(desk: Desk) -> None:
    card = rows.gpu(speed_class="of-a-load")
    card.save()
    assert ("of-a-load", "of-a-load") in field(desk, Gpu, "speed_class").choices
    assert desk.save(card, editor_notes="Looked at.") == {}


def test_what_is_in_no_list_is_refused(desk: Desk) -> None:
    card = rows.gpu()
    card.save()
    assert "speed_class" in desk.save(card, speed_class="nvidia-gdr")


@pytest.mark.parametrize(
    ("kind", "name", "word"),
    [
        (LanguageModel, "family", "Qwen2.5"),
        (LanguageModel, "licence", "Apache 2.0"),
        (Repository, "publisher", "bartowski"),
        (Gpu, "memory_type", "GDDR6X"),
        (LanguageModel, "successor", "qwen3-32b"),
        (BoardScore, "board", "Arena text"),
        (BoardScore, "data_licence", "CC BY 4.0"),
        (Price, "seller", "eBay"),
        (Price, "currency", "USD"),
        (Popularity, "pulls_family", "qwen3"),
        (Benchmark, "runtime", "llama.cpp server"),
    ],
)
def test_words_of_other_rows_are_suggested(desk: Desk, kind: Any, name: str, word: str) -> None:
    html = desk.client.get(f"/admin/catalog/{kind.kind()}/add/").content.decode()
    assert f'list="id_{name}-suggested"' in html
    assert (
        f'<option value="{word}"></option>'
        in html.partition(f'id="id_{name}-suggested">')[2].partition("</datalist")[0]
    )


def test_a_vendor_of_cards_stays_a_choice_and_words_are_escaped(desk: Desk) -> None:
    rows.language_model(family='a "b" <c>').save()
    html = desk.client.get("/admin/catalog/languagemodel/add/").content.decode()
    assert 'value="a &quot;b&quot; &lt;c&gt;"' in html
    assert "vendor-suggested" not in desk.client.get("/admin/catalog/gpu/add/").content.decode()
