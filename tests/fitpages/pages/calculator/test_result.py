"""The calculator's answer: that of the pair's page, what was counted, or the rule of thumb's."""

import random
from itertools import product

import pytest

from catalog.snapshot import Snapshot
from fit.several_cards import MOST_GAIN
from fitpages.matching.pairs import Pair
from fitpages.pages.calculator import page as calculator_page
from fitpages.pages.calculator.form import CalculatorForm
from fitpages.pages.calculator.result import Result, calculate
from fitpages.pages.pair import page as pair_page
from fitpages.serving.responses import render
from fitpages.site import Link
from tests.fitpages.levels import with_others
from tests.fitpages.pages.pair.kinds import PAIRS, catalog, page
from tests.html_page import HtmlPage, check_structure

SMALL = {"model": "small-8b", "gpu": "rtx-24"}


def result(small: Snapshot, **query: str) -> Result:
    form = CalculatorForm(query, small)
    assert form.is_valid(), form.errors
    return calculate(small, form.cleaned_data)


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_of_every_kind_has_the_answer_and_the_levels_of_its_page(name: str) -> None:
    model, gpu = PAIRS[name]
    shown, of_page = result(catalog(), model=model, gpu=gpu), page(name)
    assert (shown.headline, shown.says_yes, shown.levels) == (of_page.answer, of_page.says_yes, of_page.levels)
    assert (shown.exact, shown.rule, shown.notes) == (None, None, ())
    assert shown.pair
    assert shown.pair.address == f"/run/{model}-on-{gpu}/"


def test_pairs_of_the_starting_catalog_agree_too(snapshot: Snapshot) -> None:
    drawn = random.Random(20261128)
    models, gpus = drawn.sample(sorted(snapshot.models), 8), drawn.sample(sorted(snapshot.gpus), 6)
    kinds = set()
    for model, gpu in product(models, gpus):
        of_page = pair_page.build(snapshot, Pair(snapshot.models[model], snapshot.gpus[gpu]))
        shown = result(snapshot, model=model, gpu=gpu)
        assert (shown.headline, shown.levels) == (of_page.answer, of_page.levels)
        kinds.add(of_page.says_yes)
    assert kinds == {True, False}, "Of 48 pairs some run and some do not."


def read(snapshot: Snapshot, **query: str) -> HtmlPage:
    return HtmlPage(render(calculator_page.build(snapshot, query)).decode())


@pytest.mark.parametrize(
    "query",
    [
        SMALL,
        {**SMALL, "cards": "2"},
        {**SMALL, "context": "16384", "cache": "q8_0"},
        {"model": "mixture-30b", "gpu": "rtx-8", "offload": "experts"},
        {"parameters": "8", "memory": "24"},
        {"model": "closed-100b", "gpu": "h80", "context": "4096"},
    ],
    ids=lambda query: " ".join(query.values()),
)
def test_there_is_one_table_and_the_rule_says_neither_yes_nor_no_in_colour(
    small: Snapshot, query: dict[str, str]
) -> None:
    reading = read(small, **query)
    check_structure(reading)
    assert len(reading.tables) == 1
    markup = render(calculator_page.build(small, query)).decode()
    assert 'class="yes"' not in markup
    assert 'class="no"' not in markup
    by_rule = "parameters" in query or query["model"] == "closed-100b"
    assert ('class="verdict"' in markup) is by_rule
    assert ('class="answer"' in markup) is not by_rule


def test_a_level_of_its_own_leads_to_the_page_of_the_pair_and_is_counted(small: Snapshot) -> None:
    shown = result(small, **SMALL, quant="q8-0")
    assert shown.pair == Link("Small 8B on RTX 24", "/run/small-8b-on-rtx-24/")
    assert shown.exact
    assert shown.headline.bold == "Yes, at Q8_0:"
    for more in ({"cards": "2"}, {"context": "4096"}, {"cache": "q8_0"}, {"offload": "layers"}):
        assert result(small, **SMALL, **more).pair is None, more
    assert result(small, parameters="8", gpu="rtx-24").pair is None
    assert result(small, model="small-8b", memory="24").pair is None


def test_ram_alone_changes_no_answer_and_that_is_said(small: Snapshot) -> None:
    plain, named = result(small, **SMALL), result(small, **SMALL, ram="ddr4-2")
    assert (plain.headline, plain.details) == (named.headline, ())
    assert named.details == (
        "For the RAM that you named, choose what is to lie in it; with nothing chosen it is two channels of DDR5.",
    )


def test_where_one_card_does_not_hold_it_ram_is_named(small: Snapshot) -> None:
    words = "It may run with a part in RAM: choose layers, or experts of a mixture."
    large = {"model": "large-70b", "gpu": "rtx-24", "quant": "q8-0"}
    assert words in result(small, **large).notes
    for other in ({**large, "cards": "2"}, {**large, "offload": "layers"}, {**large, "gpu": "mac-64", "quant": "fp16"}):
        assert words not in result(small, **other).notes, other
    assert words not in result(small, **SMALL, quant="q8-0").notes


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (
            {"parameters": "8", "gpu": "rtx-24"},
            "This is approximate: to count, choose a model from the list, whose tensors are known.",
        ),
        (
            {"model": "closed-100b", "gpu": "h80", "cards": "2"},
            "This is approximate: the tensors of Closed 100B are not known here, so nothing is counted.",
        ),
        (
            {"parameters": "8", "gpu": "rtx-24", "context": "4096"},
            "This is approximate: to count, choose a model from the list, whose tensors are known. Context, cache and "
            "a part in RAM are left out: the rule knows none of them.",
        ),
    ],
    ids=["own parameters", "no tensors", "more was asked"],
)
def test_the_rule_answers_where_nothing_can_be_counted_and_says_so(
    small: Snapshot, query: dict[str, str], why: str
) -> None:
    shown = result(small, **query)
    assert (shown.exact, shown.levels) == (None, None)
    assert shown.rule
    assert shown.headline.bold.endswith(", by the rule of thumb:")
    assert shown.details[0] == why


def test_a_card_of_one_s_own_leaves_what_is_usual_for_its_size(small: Snapshot) -> None:
    shown = result(small, model="small-8b", memory="24")
    assert shown.exact
    assert shown.details == (
        "What such a card leaves for a model is not known here: as much as is usual for its size is taken.",
        "Give a bandwidth to see the speed it allows.",
    )
    assert len(result(small, model="small-8b", memory="24", bandwidth="500").details) == 1


@pytest.mark.parametrize(
    ("cache", "gpu", "says"), [("q5_0", "rtx-24", True), ("q5_0", "mac-64", False), ("q8_0", "rtx-24", False)]
)
def test_a_type_of_cache_says_what_it_needs_of_the_program(small: Snapshot, cache: str, gpu: str, says: bool) -> None:
    details = result(small, model="small-8b", gpu=gpu, cache=cache).details
    assert any("GGML_CUDA_FA_ALL_QUANTS" in detail for detail in details) is says


def test_an_active_part_that_is_not_published_is_said(small: Snapshot) -> None:
    assert "Its active parameters are not published, so no speed can be derived." in (
        result(small, model="closed-100b", gpu="h80", cards="2").details
    )


def test_a_context_beyond_the_model_s_is_said(small: Snapshot) -> None:
    assert "Mixture 30B goes up to 131,072 tokens; 999,999 is beyond that, so 131,072 is shown." in (
        result(small, model="mixture-30b", gpu="rtx-24", context="999999").details
    )


@pytest.mark.parametrize("model", [{"parameters": "8"}, {"model": "closed-100b"}])
def test_a_quantization_that_the_rule_does_not_know_needs_a_model_that_can_be_counted(model: dict[str, str]) -> None:
    form = CalculatorForm({**model, "gpu": "h80", "quant": "q2-k"}, with_others())
    assert form.errors["quant"] == [
        "The rule of thumb does not know Q2_K, and of this model it cannot be counted. Choose another quantization, or "
        "a model of the catalog."
    ]


def test_several_cards_say_how_they_work_by_either_split(small: Snapshot) -> None:
    by_layer, by_tensor = (
        result(small, model="large-70b", gpu="rtx-24", cards="2", split=split).details for split in ("", "tensor")
    )
    assert len(by_layer) == len(by_tensor) == 1
    assert "a token passes through one card after the other" in by_layer[0]
    assert "they read at once. That was measured on one pair of cards" in by_tensor[0]
    assert f"at most {MOST_GAIN:g} times that of a split by layer" in by_tensor[0]
