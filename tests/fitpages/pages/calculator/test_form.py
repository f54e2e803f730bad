"""What makes no sense is said at its field, and what makes sense is a number."""

from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fitpages.pages.calculator.form import MOST_CARDS, MOST_CONTEXT, CalculatorForm
from tests.published import narrow_heads, published_model
from tests.small_catalog import snapshot_of

NUMBER = "This must be a number above 0 and at most 100,000."
PAIR = {"model": "small-8b", "gpu": "rtx-24"}


def errors(small: Snapshot, **query: str) -> dict[str, str]:
    form = CalculatorForm(query, small)
    form.is_valid()
    return {name: " ".join(messages) for name, messages in form.errors.items()}


def cleaned(small: Snapshot, **query: str) -> dict[str, object]:
    form = CalculatorForm(query, small)
    assert form.is_valid(), form.errors
    return dict(form.cleaned_data)


@pytest.mark.parametrize(
    "value", ["abc", "-1", "0", "NaN", "inf", "1e30", "1" + "0" * 30, "1e-30", "0.0000009", "100000.1", "0x10", "--1"]
)
def test_a_figure_of_one_s_own_is_a_number_in_reach(small: Snapshot, value: str) -> None:
    assert errors(small, parameters=value, gpu="rtx-24") == {"parameters": NUMBER}
    assert errors(small, model="small-8b", memory=value) == {"memory": NUMBER}


@pytest.mark.parametrize("value", ["0.000001", "8.03", "100000"])
def test_the_ends_of_what_is_in_reach_are_in_it(small: Snapshot, value: str) -> None:
    assert cleaned(small, parameters=value, gpu="rtx-24")["parameters"] == Decimal(value)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            {"model": "nope", "gpu": "rtx-24"},
            {"model": "There is no model “nope” in the catalog. Choose from the list."},
        ),
        (
            {"model": "small-8b", "gpu": "g" * 70},
            {"gpu": f"There is no GPU “{'g' * 60}” in the catalog. Choose from the list."},
        ),
        ({**PAIR, "quant": "q9"}, {"quant": "There is no quantization “q9” in the catalog. Choose from the list."}),
        ({"model": "small-8b"}, {"gpu": "Choose a GPU from the list, or give your own memory."}),
        ({"gpu": "rtx-24"}, {"model": "Choose a model from the list, or give your own parameters."}),
        (
            {**PAIR, "memory": "24"},
            {"memory": "Either a GPU from the list or your own memory: leave one of them empty."},
        ),
        (
            {**PAIR, "parameters": "8"},
            {"parameters": "Either a model from the list or your own parameters: leave one of them empty."},
        ),
        (
            {"parameters": "8", "active": "9", "gpu": "rtx-24"},
            {"active": "The active parameters must not exceed all parameters."},
        ),
        (
            {**PAIR, "active": "3"},
            {"active": "Active parameters go with your own parameters, not with a model of the catalog."},
        ),
        (
            {**PAIR, "bandwidth": "300"},
            {"bandwidth": "Bandwidth goes with your own memory, not with a GPU of the catalog."},
        ),
        ({**PAIR, "cache": "q3_0"}, {"cache": "Choose from the list."}),
        ({**PAIR, "offload": "all"}, {"offload": "Choose from the list."}),
    ],
    ids=lambda value: " ".join(value) if "Choose" not in str(value) else "",
)
def test_what_does_not_go_together_is_said_at_one_field(
    small: Snapshot, query: dict[str, str], expected: dict[str, str]
) -> None:
    assert errors(small, **query) == expected


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "1e1", "٢", "65", "9" * 20, "one"])
def test_cards_are_a_whole_number_up_to_64(small: Snapshot, value: str) -> None:
    assert errors(small, **PAIR, cards=value) == {"cards": "The number of cards must be a whole number from 1 to 64."}


@pytest.mark.parametrize("value", ["0", "-1", "1e5", str(MOST_CONTEXT + 1)])
def test_a_context_is_a_whole_number_up_to_a_hundred_million(small: Snapshot, value: str) -> None:
    sentence = "The context must be a whole number from 1 to 100,000,000."
    assert errors(small, **PAIR, context=value) == {"context": sentence}


def test_whole_numbers_are_taken_up_to_their_ends_and_nothing_is_one_card(small: Snapshot) -> None:
    assert cleaned(small, **PAIR)["cards"] == 1
    assert cleaned(small, **PAIR)["context"] is None
    most = cleaned(small, **PAIR, cards=str(MOST_CARDS), context=f" {MOST_CONTEXT} ")
    assert (most["cards"], most["context"]) == (MOST_CARDS, MOST_CONTEXT)


def test_as_many_active_as_all_parameters_are_possible(small: Snapshot) -> None:
    assert cleaned(small, parameters="8", active="8", gpu="rtx-24")["active"] == 8


def test_a_cache_that_llama_cpp_refuses_for_the_model_is_refused_at_its_field() -> None:
    narrow = published_model("Narrow 3B", 2_779_683_840, narrow_heads())
    snapshot = snapshot_of(models=[narrow])
    form = CalculatorForm({"model": "narrow-3b", "gpu": "rtx-24", "cache": "q8_0"}, snapshot)
    assert form.errors == {
        "cache": [
            "A head of 80 elements is no whole number of blocks of 32, which q8_0 is made of: keep keys as f16 or bf16."
        ]
    }
    assert CalculatorForm({"model": "narrow-3b", "gpu": "rtx-24", "cache": "bf16"}, snapshot).is_valid()
