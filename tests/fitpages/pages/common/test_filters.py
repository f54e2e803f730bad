"""Filters offer what the catalog has, keep what was chosen, and say where a choice is not there."""

import pytest

from catalog.snapshot import Snapshot
from fit.verdict import Verdict
from fitpages.matching.answers import answer
from fitpages.pages.common.filters import (
    answer_facet,
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
    return [gpu.slug for gpu in chosen_gpus(gpu_facets(query, small), small.gpus.values())]


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
    vendor, segment, memory = gpu_facets({}, small)
    assert [choice.text for choice in vendor.choices] == ["Any", "AMD", "Apple", "NVIDIA"]
    assert [choice.text for choice in segment.choices] == ["Any", "Apple", "Consumer", "Data center", "Laptop"]
    assert ("24", "24 GiB or more") in [(choice.value, choice.text) for choice in memory.choices]


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
    bands = [choice.value for choice in model_facets({}, small)[1].choices if choice.value]
    passed = [size for size in bands if chosen_models(model_facets({"size": size}, small), [model])]
    assert passed == [band]


def test_bands_are_said_in_billions(small: Snapshot) -> None:
    texts = [choice.text for choice in model_facets({}, small)[1].choices]
    assert (texts[1], texts[2], texts[-1]) == ("up to 3B", "3B to 9B", "over 200B")


def verdict(small: Snapshot, model: str, gpu: str) -> Verdict:
    return answer(small, small.models[model], small.gpus[gpu]).verdict


def test_answers_are_filtered_by_kind_or_by_every_yes(small: Snapshot) -> None:
    on_card, with_ram = verdict(small, "small-8b", "rtx-8"), verdict(small, "mixture-30b", "rtx-8")
    slow, no = verdict(small, "large-70b", "rtx-8"), verdict(small, "closed-100b", "rtx-8")
    passing = {
        choice.value: [
            is_chosen(answer_facet({"answer": choice.value}), each) for each in (on_card, with_ram, slow, no)
        ]
        for choice in answer_facet({}).choices
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
