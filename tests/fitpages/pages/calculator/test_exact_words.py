"""What the calculator says of what it counted."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.pages.calculator import exact_words
from fitpages.pages.calculator.asked import Asked, asked
from fitpages.pages.calculator.by_rule import rule_columns
from fitpages.pages.calculator.exact import Counted, ExactLine, advised, count
from fitpages.pages.calculator.exact_words import ExactTable, exact_table, is_yes
from fitpages.pages.calculator.form import CalculatorForm
from fitpages.pages.common.level_table import NOT_MADE
from tests.fitpages.levels import with_between, with_native

LARGE = {"model": "large-70b", "gpu": "rtx-24"}


def counted(snapshot: Snapshot, **query: str) -> tuple[Asked, Counted, ExactLine | None]:
    form = CalculatorForm(query, snapshot)
    assert form.is_valid(), form.errors
    question = asked(snapshot, form.cleaned_data)
    of_question = count(question, form.cleaned_data)
    assert of_question
    return question, of_question, advised(of_question, question.chosen)


def said(snapshot: Snapshot, **query: str) -> tuple[str, str]:
    return exact_words.headline(*counted(snapshot, **query))[:2]


def table(snapshot: Snapshot, **query: str) -> ExactTable:
    return exact_table(*counted(snapshot, **query))


@pytest.mark.parametrize(
    ("query", "bold", "rest"),
    [
        (
            {"model": "small-8b", "gpu": "rtx-24", "quant": "q8-0"},
            "Yes, at Q8_0:",
            "about {} tokens per second; it takes {} with 8,192 tokens of context, and an RTX 24 leaves 22.5 GiB",
        ),
        (
            {**LARGE, "context": "8192"},
            "Not on the card.",
            "Even at Q3_K_M it takes {} with 8,192 tokens of context, and an RTX 24 leaves 22.5 GiB",
        ),
        (
            {**LARGE, "quant": "q8-0"},
            "Not on the card at Q8_0:",
            "it takes {} with 8,192 tokens of context, and an RTX 24 leaves 22.5 GiB",
        ),
        (
            {**LARGE, "quant": "q8-0", "cards": "2"},
            "Not on these cards at Q8_0:",
            "it takes {} with 8,192 tokens of context, and 2 × RTX 24 leave 22.5 GiB each",
        ),
        (
            {**LARGE, "gpu": "mac-64", "quant": "fp16"},
            "No, not at FP16:",
            "it takes {} with 8,192 tokens of context, and a Mac 64 leaves {}",
        ),
        (
            {**LARGE, "gpu": "mac-64", "context": "131072", "cache": "f16"},
            "No.",
            "Even at Q3_K_M it takes {} with 131,072 tokens of context, and a Mac 64 leaves {}",
        ),
        (
            {**LARGE, "offload": "layers", "quant": "q4-k-m", "ram": "ddr5-2"},
            "Not in practice.",
            "At Q4_K_M with {} in RAM, about {} tokens per second; it takes {} with 8,192 tokens of context, and "
            "an RTX 24 leaves 22.5 GiB",
        ),
        (
            {"model": "mixture-30b", "gpu": "rtx-8", "offload": "experts", "ram": "ddr5-2"},
            "Yes, at Q6_K with {} in RAM:",
            "about {} tokens per second; it takes {} with 8,192 tokens of context, and an RTX 8 leaves {}",
        ),
        (
            {"model": "small-8b", "memory": "24", "context": "4096"},
            "Yes, at Q6_K:",
            "it takes {} with 4,096 tokens of context, and a card of 24 GB leaves about {}",
        ),
    ],
    ids=lambda value: " ".join(value.values()) if isinstance(value, dict) else "",
)
def test_the_headline_says_what_was_counted(small: Snapshot, query: dict[str, str], bold: str, rest: str) -> None:
    *_, line = counted(small, **query)
    for pattern, text in zip((bold, rest), said(small, **query), strict=True):
        parts = pattern.split("{}")
        assert text.startswith(parts[0])
        assert text.endswith(parts[-1])
        assert [part for part in parts if part not in text] == []
    assert line
    assert line.total in said(small, **query)[1]
    assert is_yes(line) is bold.startswith("Yes")


def test_a_level_that_nobody_makes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    query = {"model": "native-30b", "gpu": "rtx-24", "quant": "q4-k-m"}
    assert said(snapshot, **query) == ("No, not at Q4_K_M:", "no files of Native 30B are made at that level")


def test_what_is_tight_says_so(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"model": "small-8b", "gpu": "rtx-24", "context": "8192"}
    assert "advice" not in said(small, **query)[1]
    monkeypatch.setattr("fitpages.pages.calculator.question.advised_bytes", lambda _: 1)
    assert said(small, **query)[1].endswith("; less is left than advice keeps free")


def test_the_row_of_the_answer_is_marked_where_it_is_a_yes_and_no_other(small: Snapshot) -> None:
    yes = table(small, model="small-8b", gpu="rtx-24", context="4096")
    assert ([row.name for row in yes.rows if row.is_answer], yes.mark) == (["Q6_K"], "best")
    chosen = table(small, model="small-8b", gpu="rtx-24", quant="q4-k-m")
    assert ([row.name for row in chosen.rows if row.is_answer], chosen.mark) == (["Q4_K_M"], "chosen")
    for no in ({"quant": "q8-0"}, {"context": "4096"}, {"offload": "layers"}):
        assert not any(row.is_answer for row in table(small, **LARGE, **no).rows), no


def test_every_row_has_the_columns_of_the_rule_beside_it(small: Snapshot) -> None:
    question, *_ = counted(small, **LARGE, cards="3")
    rows = table(small, **LARGE, cards="3").rows
    assert [row.name for row in rows] == [quant.name for quant in small.quants]
    assert [row.rule for row in rows] == [rule_columns(question, quant.spec) for quant in small.quants]


def test_a_native_level_comes_first_and_the_others_are_the_rule_s_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table(with_native(monkeypatch), model="native-30b", gpu="rtx-24", cards="2").rows
    assert rows[0].name == "MXFP4"
    assert rows[0].is_answer
    assert [row.not_counted for row in rows] == ["", NOT_MADE, *["Not counted."] * 5]
    assert rows[0].rule == ("—", "—", "—")


def test_a_folded_level_stands_in_its_place() -> None:
    rows = table(with_between(), model="large-70b", gpu="rtx-44", context="8192").rows
    assert [row.name for row in rows][-3:] == ["Q4_K_M", "IQ4_XS", "Q3_K_M"]
    assert [row.name for row in rows if row.is_answer] == ["IQ4_XS"]


def test_the_caption_says_what_is_counted_with(small: Snapshot) -> None:
    assert table(small, **LARGE, cards="2", cache="q8_0", context="10000").caption == (
        "Counted with 10,000 tokens of context and a cache of type q8_0; 22.5 GiB each left for a model. "
        "24 GiB are 25.8 GB."
    )
    assert "; about " in table(small, model="small-8b", memory="24").caption
