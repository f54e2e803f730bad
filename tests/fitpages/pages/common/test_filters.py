"""Filters offer what the catalog has, keep what was chosen, and say where a choice is not there."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.answers import Answer, answer
from fitpages.pages.common.filters import (
    answer_facets,
    chosen_gpus,
    chosen_models,
    facet,
    gpu_facets,
    is_chosen,
    model_facets,
)
from tests.published import published_model

OPTIONS = [("a", "Letter A"), ("b", "Letter B")]


def gpus(small: Snapshot, **query: str) -> list[str]:
    return [gpu.slug for gpu in chosen_gpus(small, gpu_facets(query, small), small.gpus.values())]


def models(small: Snapshot, **query: str) -> list[str]:
    return [model.slug for model in chosen_models(model_facets(query, small), small.models.values())]


def test_what_was_chosen_is_marked_and_nothing_else() -> None:
    chosen = facet({"letter": " b "}, "letter", "Letter", OPTIONS)
    assert [(choice.value, choice.text, choice.chosen) for choice in chosen.choices] == [
        ("", "Any", False),
        ("a", "Letter A", False),
        ("b", "Letter B", True),
    ]
    assert (chosen.value, chosen.error) == ("b", "")


@pytest.mark.parametrize("query", [{}, {"letter": ""}, {"letter": "  "}])
def test_no_choice_is_no_error(query: dict[str, str]) -> None:
    nothing = facet(query, "letter", "Letter", OPTIONS)
    assert (nothing.value, nothing.error) == ("", "")
    assert nothing.choices[0].chosen


def test_a_choice_that_is_not_there_is_said_and_cut() -> None:
    unknown = facet({"letter": "z" * 50}, "letter", "Letter", OPTIONS)
    assert unknown.value == ""
    assert unknown.error == f"There is no choice “{'z' * 40}” here. Choose from the list."


def test_an_order_has_no_choice_of_anything() -> None:
    order = facet({}, "sort", "Order", OPTIONS, anything="")
    assert [choice.value for choice in order.choices] == ["a", "b"]


def test_filters_of_gpus_offer_what_the_catalog_has(small: Snapshot) -> None:
    vendor, segment, memory, price = gpu_facets({}, small)
    assert [choice.text for choice in vendor.choices] == ["Any", "AMD", "Apple", "NVIDIA"]
    assert [choice.text for choice in segment.choices] == ["Any", "Apple", "Consumer", "Data center", "Laptop"]
    assert ("24", "24 GiB or more") in [(choice.value, choice.text) for choice in memory.choices]
    assert ("1000", "$1,000 or less") in [(choice.value, choice.text) for choice in price.choices]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ({}, ["rtx-24", "rtx-8", "h80", "rx-16-laptop", "mac-64"]),
        ({"vendor": "AMD"}, ["rx-16-laptop"]),
        ({"segment": "consumer"}, ["rtx-24", "rtx-8"]),
        ({"memory": "24"}, ["rtx-24", "h80", "mac-64"]),
        ({"memory": "80"}, ["h80"]),
        ({"vendor": "NVIDIA", "segment": "consumer", "memory": "12"}, ["rtx-24"]),
        ({"vendor": "Apple", "segment": "laptop"}, []),
        ({"price": "1000"}, ["rtx-8"]),
        ({"price": "1599"}, ["rtx-24", "rtx-8"]),
        ({"price": "-5"}, ["rtx-24", "rtx-8", "h80", "rx-16-laptop", "mac-64"]),
        ({"vendor": "3dfx"}, ["rtx-24", "rtx-8", "h80", "rx-16-laptop", "mac-64"]),
    ],
    ids=str,
)
def test_gpus_pass_every_filter_that_is_set(small: Snapshot, query: dict[str, str], slugs: list[str]) -> None:
    assert gpus(small, **query) == slugs


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ({"family": "Large"}, ["large-70b"]),
        ({"licence": "Apache 2.0"}, ["small-8b", "mixture-30b"]),
        ({"size": "3-9"}, ["small-8b"]),
        ({"size": "80-200"}, ["closed-100b"]),
        ({"family": "Small", "size": "80-200"}, []),
        ({"use": "chat"}, ["small-8b", "large-70b", "mixture-30b", "closed-100b"]),
        ({"use": "code"}, []),
        ({"use": "long"}, ["small-8b", "large-70b", "mixture-30b"]),
        ({"use": "magic"}, ["small-8b", "large-70b", "mixture-30b", "closed-100b"]),
    ],
    ids=str,
)
def test_models_pass_every_filter_that_is_set(small: Snapshot, query: dict[str, str], slugs: list[str]) -> None:
    assert models(small, **query) == slugs


@pytest.mark.parametrize(
    ("parameters", "band"),
    [(3 * 10**9, "0-3"), (3 * 10**9 + 1, "3-9"), (9 * 10**9, "3-9"), (200 * 10**9 + 1, "200-")],
)
def test_a_size_belongs_to_the_band_that_ends_with_it(small: Snapshot, parameters: int, band: str) -> None:
    model = published_model("Any", parameters, None)
    bands = [choice.value for choice in model_facets({}, small)[2].choices if choice.value]
    passed = [size for size in bands if chosen_models(model_facets({"size": size}, small), [model])]
    assert passed == [band]


def test_bands_are_said_in_billions(small: Snapshot) -> None:
    texts = [choice.text for choice in model_facets({}, small)[2].choices]
    assert (texts[1], texts[2], texts[-1]) == ("up to 3B", "3B to 9B", "over 200B")


def of_pair(small: Snapshot, model: str, gpu: str) -> Answer:
    return answer(small, small.models[model], small.gpus[gpu])


def test_answers_are_filtered_by_kind_or_by_every_yes(small: Snapshot) -> None:
    on_card, with_ram = of_pair(small, "small-8b", "rtx-8"), of_pair(small, "mixture-30b", "rtx-8")
    slow, no = of_pair(small, "large-70b", "rtx-8"), of_pair(small, "closed-100b", "rtx-8")
    passing = {
        choice.value: [
            is_chosen(answer_facets({"answer": choice.value}), each) for each in (on_card, with_ram, slow, no)
        ]
        for choice in answer_facets({})[0].choices
    }
    assert passing == {
        "": [True, True, True, True],
        "yes": [True, True, False, False],
        "on-card": [True, False, False, False],
        "with-ram": [False, True, False, False],
        "short": [False, False, False, False],
        "not-in-practice": [False, False, True, False],
        "no": [False, False, False, True],
    }


def test_answers_are_filtered_by_context_and_by_speed(small: Snapshot) -> None:
    fast, no = of_pair(small, "small-8b", "rtx-24"), of_pair(small, "closed-100b", "rtx-8")
    context, speed = fast.verdict.context, fast.tokens_s or 0
    assert context == 32768
    assert speed > 60
    for query in ({"context": "32768"}, {"speed": "60"}, {"context": "8192", "speed": "5", "answer": "yes"}):
        assert is_chosen(answer_facets(query), fast)
        assert not is_chosen(answer_facets(query), no)
    slow = of_pair(small, "large-70b", "rtx-24")
    assert not is_chosen(answer_facets({"speed": "60"}), slow)
    assert not is_chosen(answer_facets({"context": "32768"}), slow)
