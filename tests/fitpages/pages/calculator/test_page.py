"""The calculator: an answer for what makes sense, a sentence at the field for what does not, never a 500."""

from typing import Any

import pytest
from django.test import Client

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import find_pair
from fitpages.pages.calculator import page as calculator_page
from fitpages.pages.calculator.fields import SelectField
from fitpages.pages.calculator.form import CalculatorForm
from fitpages.pages.pair import page as pair_page


def _errors(page: calculator_page.CalculatorPage) -> dict[str, str]:
    return {field.name: field.error for field in (*page.model_fields, *page.gpu_fields) if field.error}


def test_a_pair_has_the_figures_of_its_page_and_its_address_as_canonical(small: Snapshot) -> None:
    pair = find_pair(small, "small-8b-on-rtx-24")
    assert pair is not None
    page = calculator_page.build(small, {"model": "small-8b", "gpu": "rtx-24"})
    assert page.result is not None
    of_page = pair_page.build(small, pair)
    assert (page.result.headline, page.result.levels) == (of_page.answer, of_page.levels)
    assert page.canonical.endswith("/run/small-8b-on-rtx-24/")
    assert not page.indexable


@pytest.mark.parametrize("more", [{"context": "4096"}, {"cache": "q8_0"}, {"offload": "layers"}, {"cards": "2"}])
def test_a_question_beyond_the_pair_is_not_the_pair_s_page(small: Snapshot, more: dict[str, str]) -> None:
    page = calculator_page.build(small, {"model": "mixture-30b", "gpu": "rtx-24", **more})
    assert page.canonical.endswith("/calculator/")


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"parameters": "abc", "gpu": "h80"}, {"parameters": "This must be a number above 0 and at most 100,000."}),
        ({"model": "small-8b"}, {"gpu": "Choose a GPU from the list, or give your own memory."}),
        (
            {"model": "small-8b", "gpu": "h80", "cards": "0"},
            {"cards": "The number of cards must be a whole number from 1 to 64."},
        ),
        (
            {"model": "small-8b", "gpu": "h80", "quant": "q9"},
            {"quant": "There is no quantization “q9” in the catalog. Choose from the list."},
        ),
        ({"model": "small-8b", "gpu": "h80", "cache": "q3_0"}, {"cache": "Choose from the list."}),
        ({"model": "small-8b", "gpu": "h80", "offload": "all"}, {"offload": "Choose from the list."}),
        ({"model": "small-8b", "gpu": "h80", "ram": "ddr9-2"}, {"ram": "Choose from the list."}),
        ({"model": "small-8b", "gpu": "h80", "split": "row"}, {"split": "Choose from the list."}),
        (
            {"model": "small-8b", "gpu": "h80", "split": "tensor"},
            {"split": "A split by tensor takes two cards or more."},
        ),
        (
            {"model": "small-8b", "gpu": "h80", "ram_bandwidth": "fast"},
            {"ram_bandwidth": "This must be a number above 0 and at most 1,000,000."},
        ),
    ],
)
def test_what_makes_no_sense_is_said_at_the_field_and_kept(
    small: Snapshot, query: dict[str, str], errors: dict[str, str]
) -> None:
    page = calculator_page.build(small, query)
    assert _errors(page) == errors
    assert page.result is None
    typed = {field.name: field.value for field in (*page.model_fields, *page.gpu_fields) if hasattr(field, "value")}
    assert all(typed[name] == value for name, value in query.items() if name in typed)


@pytest.mark.parametrize(
    "name", ["model", "parameters", "active", "gpu", "memory", "bandwidth", "cards", "quant", "ram_bandwidth", "ram"]
)
@pytest.mark.parametrize("value", ["\x00", "<b>", "-0", "1e400", "9" * 400, "1_000", " ", "'", "٣", "0x10", "--1"])
def test_no_value_of_any_field_is_a_500(client: Client, db: None, name: str, value: str) -> None:
    query: dict[str, Any] = {"model": "llama-3-1-8b", "gpu": "rtx-4090", name: value}
    answer = client.get("/calculator/", query)
    assert answer.status_code == 200
    assert b"<b>" not in answer.content.replace(b"<b>Model</b>", b"")


def test_an_empty_form_asks_nothing_and_is_indexed(small: Snapshot) -> None:
    page = calculator_page.build(small, {})
    assert (page.result, page.has_errors, page.indexable) == (None, False, True)
    assert page.canonical.endswith("/calculator/")


def test_what_was_chosen_of_ram_and_split_stays_chosen(small: Snapshot) -> None:
    question = {"model": "large-70b", "gpu": "rtx-24", "cards": "2", "split": "tensor", "ram": "ddr5-8"}
    fields = [field for field in calculator_page.build(small, question).gpu_fields if isinstance(field, SelectField)]
    chosen = {
        field.name: choice.value
        for field in fields
        for group in field.groups
        for choice in group.choices
        if choice.chosen
    }
    assert chosen == {"gpu": "rtx-24", "split": "tensor", "ram": "ddr5-8"}


def test_every_field_of_the_form_is_on_the_page_once(small: Snapshot) -> None:
    page = calculator_page.build(small, {})
    names = [field.name for field in (*page.model_fields, *page.gpu_fields)]
    assert sorted(names) == sorted(CalculatorForm(None, small).fields)
