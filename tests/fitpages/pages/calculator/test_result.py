"""The calculator's answer: what stands out, whether it fits, and the rest of the sentence."""

from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fit.several_cards import MOST_GAIN
from fitpages.pages.calculator.form import CalculatorForm
from fitpages.pages.calculator.result import Result, calculate
from fitpages.site import Link
from tests.fitpages.levels import with_between, with_native, with_others


def result(small: Snapshot, **query: str) -> Result:
    form = CalculatorForm(query, small)
    assert form.is_valid(), form.errors
    return calculate(small, form.cleaned_data)


@pytest.mark.parametrize(
    ("query", "answer", "sentence"),
    [
        (
            {"model": "closed-100b", "gpu": "h80"},
            "Yes, at Q4_K_M",
            ": Closed 100B needs 67 GB, and 76 GB of an H80 is usable.",
        ),
        (
            {"model": "large-70b", "gpu": "rtx-24"},
            "No",
            ": Large 70B needs 36 GB even at Q3_K_M, and 23 GB of an RTX 24 is usable.",
        ),
        (
            {"model": "small-8b", "gpu": "rtx-24", "quant": "q8-0"},
            "Yes, at Q8_0",
            ": Small 8B needs 10 GB, and 23 GB of an RTX 24 is usable.",
        ),
        (
            {"model": "large-70b", "gpu": "rtx-24", "quant": "q8-0"},
            "No, not at Q8_0",
            ": Large 70B needs 90 GB, and 23 GB of an RTX 24 is usable.",
        ),
        (
            {"parameters": "8", "memory": "24"},
            "Yes, at Q6_K",
            ": A model of 8.0B needs 7.9 GB, and 23 GB of a card of 24 GB is usable.",
        ),
        (
            {"model": "large-70b", "gpu": "rtx-24", "cards": "3"},
            "Yes, at Q5_K_M",
            ": Large 70B needs 58 GB, and 68 GB of 3 × RTX 24 is usable.",
        ),
    ],
    ids=lambda value: " ".join(value.values()) if isinstance(value, dict) else "",
)
def test_the_headline_by_the_rule(small: Snapshot, query: dict[str, str], answer: str, sentence: str) -> None:
    shown = result(small, **query)
    assert (shown.answer, shown.reason) == (answer, sentence)
    assert shown.fits is answer.startswith("Yes")


def test_counted_figures_have_no_column_where_nothing_is_counted(small: Snapshot) -> None:
    assert result(small, model="small-8b", gpu="rtx-24").with_counted
    assert not result(small, model="small-8b", gpu="rtx-24", cards="2").with_counted
    assert not result(small, parameters="8", memory="24").with_counted


@pytest.mark.parametrize(
    ("cache", "gpu", "says"), [("q5_0", "rtx-24", True), ("q5_0", "mac-64", False), ("q8_0", "rtx-24", False)]
)
def test_a_type_of_cache_says_what_it_needs_of_the_program(small: Snapshot, cache: str, gpu: str, says: bool) -> None:
    details = result(small, model="small-8b", gpu=gpu, cache=cache).details
    assert any("GGML_CUDA_FA_ALL_QUANTS" in detail for detail in details) is says


@pytest.mark.parametrize(
    ("query", "answer", "words"),
    [
        ({"context": "8192"}, "No", "even at Q3_K_M it takes"),
        ({"context": "8192", "quant": "q8-0"}, "No, not at Q8_0", "it takes"),
        ({"offload": "layers", "quant": "q4-k-m"}, "Yes, at Q4_K_M", "with a part in RAM (-ngl "),
        ({"cards": "2", "context": "4096"}, "Yes, at Q4_K_M", "2 × RTX 24 offer 2 × "),
    ],
    ids=lambda value: " ".join(value.values()) if isinstance(value, dict) else "",
)
def test_the_headline_of_more_than_a_pair_is_counted_exactly(
    small: Snapshot, query: dict[str, str], answer: str, words: str
) -> None:
    shown = result(small, model="large-70b", gpu="rtx-24", **query)
    assert shown.answer == answer
    assert words in shown.reason


def test_a_question_that_is_a_pair_leads_to_its_page(small: Snapshot) -> None:
    pair = {"model": "small-8b", "gpu": "rtx-24"}
    assert result(small, **pair).pair == Link("Small 8B on RTX 24", "/run/small-8b-on-rtx-24/")
    for more in ({"cards": "2"}, {"context": "4096"}, {"cache": "q8_0"}, {"offload": "layers"}):
        assert result(small, **pair, **more).pair is None, more
    assert result(small, parameters="8", gpu="rtx-24").pair is None


def test_several_cards_add_memory_and_not_speed(small: Snapshot) -> None:
    single, double = (result(small, model="mixture-30b", gpu="rtx-24", cards=cards) for cards in "12")
    assert sum(row.fits for row in double.rows) > sum(row.fits for row in single.rows)
    ceilings = {row.name: row.ceiling for row in double.rows}
    assert all(ceilings[row.name] == row.ceiling for row in single.rows if row.fits)
    assert double.details[0].startswith("Two cards hold the layers between them: their memory adds up")


def test_without_a_bandwidth_no_speed_is_shown(small: Snapshot) -> None:
    shown = result(small, model="small-8b", memory="24")
    assert {row.ceiling for row in shown.rows} == {"—"}
    assert shown.details == ("Give a bandwidth to see the speed it allows.",)
    assert result(small, model="small-8b", memory="24", bandwidth="500").details == ()


def test_an_active_part_that_is_not_published_is_said(small: Snapshot) -> None:
    assert result(small, model="closed-100b", gpu="h80").details == (
        "Its active parameters are not published, so no speed can be derived.",
    )


def test_own_figures_give_what_the_catalog_gives_for_the_same(small: Snapshot) -> None:
    own = result(small, parameters="70.553706496", memory="80", bandwidth="2039")
    of_catalog = result(small, model="large-70b", gpu="h80")
    for shown, listed in zip(own.rows, of_catalog.rows, strict=True):
        assert (shown.name, shown.need, shown.fits) == (listed.name, listed.need, listed.fits)


def test_own_active_parameters_make_a_mixture(small: Snapshot) -> None:
    dense, mixture = (
        result(small, parameters="30", gpu="rtx-24", **more) for more in ({}, {"active": str(Decimal("3.3"))})
    )
    assert [row.need for row in dense.rows] == [row.need for row in mixture.rows]
    assert dense.rows[-1].ceiling != mixture.rows[-1].ceiling


def test_the_caption_names_the_question(small: Snapshot) -> None:
    assert result(small, model="small-8b", gpu="rtx-24", cards="2").caption == (
        "Small 8B on 2 × RTX 24, by the rule of thumb"
    )


def test_a_level_below_is_named_where_no_usual_one_fits_as_the_page_of_the_pair_does() -> None:
    answer = result(with_others(), model="large-70b", gpu="rtx-32")
    assert answer.answer == "No"
    assert "Below the levels worth recommending, Q2_K fits with " in answer.reason
    assert [row.name for row in answer.lower_rows] == ["Q2_K"]


def test_a_folded_level_is_advised_as_on_the_page_of_the_pair() -> None:
    snapshot = with_between()
    answer = result(snapshot, model="large-70b", gpu="rtx-44")
    assert answer.answer == "Only at IQ4_XS"
    assert [row.name for row in answer.rows if row.recommended] == ["IQ4_XS"]
    assert [line.name for line in answer.exact.lines][-3:] == ["Q4_K_M", "IQ4_XS", "Q3_K_M"]
    assert result(snapshot, model="large-70b", gpu="rtx-44", context="8192").answer == "Only at IQ4_XS"
    own = result(snapshot, model="large-70b", memory="42")
    assert own.answer == f"Only at {own.exact.lines[-2].name}" == "Only at IQ4_XS"


def test_a_quantization_that_the_rule_does_not_know_is_counted() -> None:
    snapshot = with_others()
    answer = result(snapshot, model="large-70b", gpu="rtx-32", quant="q2-k")
    assert answer.answer == "Yes, at Q2_K"
    assert "with 8,192 tokens of context" in answer.reason
    assert answer.exact.lines[-1].name == "Q2_K"


@pytest.mark.parametrize("model", [{"parameters": "8"}, {"model": "closed-100b"}])
def test_a_quantization_that_the_rule_does_not_know_needs_a_model_that_can_be_counted(model: dict[str, str]) -> None:
    form = CalculatorForm({**model, "gpu": "h80", "quant": "q2-k"}, with_others())
    assert form.errors["quant"] == [
        "The rule of thumb does not know Q2_K, and of this model it cannot be counted. Choose another quantization, or "
        "a model of the catalog."
    ]


def test_of_a_model_made_in_four_bits_no_other_level_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    query = {"model": "native-30b", "gpu": "rtx-24"}
    assert result(snapshot, **query).answer == "Yes, at MXFP4"
    assert [line.name for line in result(snapshot, **query).exact.lines] == ["MXFP4"]
    assert result(snapshot, **query, quant="q4-k-m").reason == ": no files of Native 30B are made at that level."
    assert result(snapshot, model="native-30b", gpu="rtx-8", cards="3").answer == "Yes, at MXFP4"


def test_several_cards_of_a_model_made_in_four_bits_have_its_own_level_first_and_advise_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = result(with_native(monkeypatch), model="native-30b", gpu="rtx-24", cards="2")
    assert shown.answer == "Yes, at MXFP4"
    assert shown.rows[0].name == "MXFP4"
    assert [row.is_told for row in shown.rows] == [False] + [True] * 6, "The rule says nothing of its own level."
    assert [row.name for row in shown.rows if row.recommended] == []


def test_several_cards_say_how_they_work_by_either_split(small: Snapshot) -> None:
    by_layer, by_tensor = (
        result(small, model="large-70b", gpu="rtx-24", cards="2", split=split).details for split in ("", "tensor")
    )
    assert len(by_layer) == len(by_tensor) == 1
    assert "a token passes through one card after the other" in by_layer[0]
    assert "they read at once. That was measured on one pair of cards" in by_tensor[0]
    assert f"at most {MOST_GAIN:g} times that of a split by layer" in by_tensor[0]
