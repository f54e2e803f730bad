"""A document is bounded in layers, groups, places, entries, text, depth and length; at the bound it is still read."""

from typing import Any

import pytest

from fit.architecture_document import read
from tests.fit.architecture_documents import BLOCK, GQA, minimal, problems

LAYERS = "All groups together, those of mtp included, must be at most 1,000 layers, not "
DEEP = "The document must not be nested deeper than 20 levels."
LONG = "The document must be JSON of at most 50,000 characters."


def of(n: int) -> dict[str, Any]:
    return {**BLOCK, "n": n}


def entries(count: int) -> dict[str, int]:
    return {f"a{number}": 1 for number in range(count)}


AT_THE_BOUND: list[tuple[str, dict[str, Any]]] = [
    ("layers", {"blocks": [of(1000)]}),
    ("layers of several groups and drafts", {"blocks": [of(600), of(300)], "mtp": {"blocks": [of(100)]}}),
    ("groups", {"blocks": [of(1)] * 50}),
    ("draft groups", {"mtp": {"blocks": [of(1)] * 50}}),
    ("mixers", {"blocks": [{**BLOCK, "mixers": [GQA] * 8}]}),
    ("pattern", {"layer_pattern": [0] * 1000}),
    ("extra", {"extra": entries(50)}),
    ("unquantized", {"unquantized": entries(50)}),
    ("tables", {"lookup_tables": {key: {"rows": 1, "row_length": 1} for key in entries(50)}}),
    ("note", {"layer_note": "n" * 1000}),
    ("arch", {"gguf": {"arch": "a" * 1000}}),
]
ABOVE_IT: list[tuple[dict[str, Any], str]] = [
    ({"blocks": [of(1001)]}, f"{LAYERS}1,001."),
    ({"blocks": [of(10**7)]}, f"{LAYERS}10,000,000."),
    ({"blocks": [of(600), of(300)], "mtp": {"blocks": [of(101)]}}, f"{LAYERS}1,001."),
    ({"blocks": [of(600), of(401)], "layer_pattern": [0, 1]}, f"{LAYERS}1,001."),
    ({"blocks": [of(1)] * 51}, "blocks must have at most 50 groups, not 51."),
    ({"mtp": {"blocks": [of(1)] * 51}}, "mtp.blocks must have at most 50 groups, not 51."),
    ({"blocks": [BLOCK, {**BLOCK, "mixers": [GQA] * 9}]}, "blocks[1].mixers must have at most 8 mixers, not 9."),
    ({"layer_pattern": [0] * 1001}, "layer_pattern must have at most 1,000 places, not 1,001."),
    ({"extra": entries(51)}, "extra must have at most 50 entries, not 51."),
    ({"unquantized": entries(51)}, "unquantized must have at most 50 entries, not 51."),
    (
        {"lookup_tables": {key: {"rows": 1, "row_length": 1} for key in entries(51)}},
        "lookup_tables must have at most 50 entries, not 51.",
    ),
    ({"layer_note": "n" * 1001}, f"layer_note must be text of at most 1,000 characters, not '{'n' * 56}...."),
    ({"gguf": {"arch": "a" * 1001}}, f"gguf.arch must be text of at most 1,000 characters, not '{'a' * 56}...."),
]


@pytest.mark.parametrize(("what", "overrides"), AT_THE_BOUND)
def test_a_document_at_a_bound_is_read(what: str, overrides: dict[str, Any]) -> None:
    read(minimal(**overrides))


@pytest.mark.parametrize(("overrides", "problem"), ABOVE_IT)
def test_a_document_above_a_bound_is_refused_in_a_sentence(overrides: dict[str, Any], problem: str) -> None:
    assert problems(minimal(**overrides)) == [problem]


def nested(levels: int) -> Any:
    value: Any = 0
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("levels", [19, 5000])
def test_a_document_nested_deeper_than_its_bound_is_refused_for_that_alone(levels: int) -> None:
    assert problems({**minimal(), "vocab_size": nested(levels), "colour": "red"}) == [DEEP]


def test_a_document_that_is_less_deep_is_refused_for_what_is_wrong() -> None:
    (problem,) = problems(minimal(vocab_size=nested(18)))
    assert problem.startswith("vocab_size must be a whole number from 1 to 10,000,000, not [[[")


@pytest.mark.parametrize(
    "overrides",
    [
        {"x" * 50_000: 1},
        {"extra": {"a": "1+" * 25_000}},
        {"blocks": [{}] * 25_000},
        {"vocab_size": 10**70_000},
        {f"{number:05}": None for number in range(10_000)},
    ],
    ids=["a key", "a text", "a list", "a number", "an object"],
)
def test_a_longer_document_is_refused_for_that_alone(overrides: dict[str, Any]) -> None:
    assert problems(minimal(**overrides)) == [LONG]
