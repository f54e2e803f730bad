"""The calculator: an answer for what makes sense, a sentence at the field for what does not, never a 500."""

from typing import Any

import pytest
from django.test import Client

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import find_pair
from fitpages.pages.calculator import page as calculator_page
from fitpages.pages.pair import page as pair_page


def _errors(page: calculator_page.CalculatorPage) -> dict[str, str]:
    return {field.name: field.error for field in (*page.model_fields, *page.gpu_fields) if field.error}


def test_a_pair_has_the_figures_of_its_page_and_its_address_as_canonical(snapshot: Snapshot) -> None:
    pair = find_pair(snapshot, "llama-3-1-8b-on-rtx-4090")
    assert pair is not None
    page = calculator_page.build(snapshot, {"model": "llama-3-1-8b", "gpu": "rtx-4090"})
    assert page.result is not None
    assert page.result.rows == pair_page.build(snapshot, pair).rows
    assert page.canonical.endswith("/run/llama-3-1-8b-on-rtx-4090/")
    assert not page.indexable


def test_own_figures_give_what_the_catalog_gives_for_the_same(snapshot: Snapshot) -> None:
    own = {"parameters": "72.706203648", "memory": "24", "bandwidth": "300"}
    of_catalog = calculator_page.build(snapshot, {"model": "qwen2-5-72b", "gpu": "l4"}).result
    result = calculator_page.build(snapshot, own).result
    assert result is not None
    assert of_catalog is not None
    assert result.rows == of_catalog.rows
    assert result.pair is None
    assert calculator_page.build(snapshot, own).canonical.endswith("/calculator/")


def test_two_cards_add_memory_and_not_speed(snapshot: Snapshot) -> None:
    one = calculator_page.build(snapshot, {"model": "mixtral-8x7b", "gpu": "a100-40"}).result
    two = calculator_page.build(snapshot, {"model": "mixtral-8x7b", "gpu": "a100-40", "cards": "2"}).result
    assert one is not None
    assert two is not None
    assert [row.ceiling for row in one.rows if row.fits] == [row.ceiling for row in two.rows][-2:]
    assert sum(row.fits for row in two.rows) > sum(row.fits for row in one.rows)
    assert two.pair is None


def test_without_a_bandwidth_no_speed_is_shown(snapshot: Snapshot) -> None:
    result = calculator_page.build(snapshot, {"model": "llama-3-1-8b", "memory": "24"}).result
    assert result is not None
    assert {row.ceiling for row in result.rows} == {"—"}
    assert "Give a bandwidth to see the speed it allows." in result.details


def test_a_quantization_that_was_chosen_is_answered_for(snapshot: Snapshot) -> None:
    result = calculator_page.build(snapshot, {"model": "qwen2-5-72b", "gpu": "a100-80", "quant": "fp16"}).result
    assert result is not None
    assert result.answer == "No, not at FP16 (full)"
    assert [row.name for row in result.rows if row.marked] == ["FP16 (full)"]


NUMBER = "This must be a number above 0 and at most 100,000."


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"parameters": "abc", "gpu": "l4"}, {"parameters": NUMBER}),
        ({"parameters": "-1", "gpu": "l4"}, {"parameters": NUMBER}),
        ({"parameters": "0", "gpu": "l4"}, {"parameters": NUMBER}),
        ({"parameters": "NaN", "gpu": "l4"}, {"parameters": NUMBER}),
        ({"parameters": "inf", "gpu": "l4"}, {"parameters": NUMBER}),
        ({"parameters": "1e30", "gpu": "l4"}, {"parameters": NUMBER}),
        ({"parameters": "1" + "0" * 30, "gpu": "l4"}, {"parameters": NUMBER}),
        ({"parameters": "1e-30", "gpu": "l4"}, {"parameters": NUMBER}),
        ({"model": "llama-3-1-8b", "memory": "-24"}, {"memory": NUMBER}),
        (
            {"model": "nope", "gpu": "l4"},
            {"model": "There is no model “nope” in the catalog. Choose from the list."},
        ),
        ({"model": "llama-3-1-8b"}, {"gpu": "Choose a GPU from the list, or give your own memory."}),
        ({"gpu": "l4"}, {"model": "Choose a model from the list, or give your own parameters."}),
        (
            {"model": "llama-3-1-8b", "gpu": "l4", "memory": "24"},
            {"memory": "Either a GPU from the list or your own memory: leave one of them empty."},
        ),
        (
            {"parameters": "8", "active": "9", "gpu": "l4"},
            {"active": "The active parameters must not exceed all parameters."},
        ),
        (
            {"model": "llama-3-1-8b", "gpu": "l4", "cards": "0"},
            {"cards": "The number of cards must be a whole number from 1 to 64."},
        ),
        (
            {"model": "llama-3-1-8b", "gpu": "l4", "cards": "٢"},
            {"cards": "The number of cards must be a whole number from 1 to 64."},
        ),
        (
            {"model": "llama-3-1-8b", "gpu": "l4", "quant": "q9"},
            {"quant": "There is no quantization “q9” in the catalog. Choose from the list."},
        ),
    ],
)
def test_what_makes_no_sense_is_said_at_the_field_and_kept(
    snapshot: Snapshot, query: dict[str, str], errors: dict[str, str]
) -> None:
    page = calculator_page.build(snapshot, query)
    assert _errors(page) == errors
    assert page.result is None
    typed = {field.name: field.value for field in (*page.model_fields, *page.gpu_fields) if hasattr(field, "value")}
    assert all(typed[name] == value for name, value in query.items() if name in typed)


@pytest.mark.parametrize("name", ["model", "parameters", "active", "gpu", "memory", "bandwidth", "cards", "quant"])
@pytest.mark.parametrize("value", ["\x00", "<b>", "-0", "1e400", "9" * 400, "1_000", " ", "'", "٣", "0x10", "--1"])
def test_no_value_of_any_field_is_a_500(client: Client, db: None, name: str, value: str) -> None:
    query: dict[str, Any] = {"model": "llama-3-1-8b", "gpu": "rtx-4090", name: value}
    answer = client.get("/calculator/", query)
    assert answer.status_code == 200
    assert b"<b>" not in answer.content.replace(b"<b>Model</b>", b"")
