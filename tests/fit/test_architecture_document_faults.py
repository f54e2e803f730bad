"""What is wrong with an architecture document is said in sentences that name the block and the key."""

from typing import Any

import pytest

from fit.architecture import Architecture
from fit.architecture_document import read
from tests.fit.architecture_documents import (
    BLOCK,
    FIRST_MIXER,
    GQA,
    MOE,
    Place,
    in_words,
    minimal,
    problems,
    with_value,
    without,
)

COUNT = "must be a whole number from 1 to 10,000,000"
COUNT_OR_ZERO = "must be a whole number from 0 to 10,000,000"
ARITHMETIC = 'must be a whole number or a product and sum of them such as "2*2048+1"'
MIXERS = "must be one of gqa, mla, mamba2, mamba1, gdn, kda, lightning, conv, dsv4"
FEED_FORWARD = "must be one of none, glu, mlp, moe"


@pytest.mark.parametrize("document", [None, [], "{}", 7, True, [1, 2]])
def test_a_document_is_an_object(document: object) -> None:
    assert problems(document) == [f"The document must be an object with named values, not {document!r}."]


@pytest.mark.parametrize(
    ("place", "value", "problem"),
    [
        (("vocab_size",), 0, f"vocab_size {COUNT}, not 0."),
        (("vocab_size",), -1, f"vocab_size {COUNT}, not -1."),
        (("vocab_size",), 10_000_001, f"vocab_size {COUNT}, not 10000001."),
        (("vocab_size",), True, f"vocab_size {COUNT}, not True."),
        (("vocab_size",), 1000.0, f"vocab_size {COUNT}, not 1000.0."),
        (("vocab_size",), "1000", f"vocab_size {COUNT}, not '1000'."),
        (("vocab_size",), None, f"vocab_size {COUNT}, not None."),
        (("hidden_size",), [512], f"hidden_size {COUNT}, not [512]."),
        (("embed_dim",), 0, f"embed_dim {COUNT}, not 0."),
        (("final_norm_params",), -1, f"final_norm_params {COUNT_OR_ZERO}, not -1."),
        (("lm_head_bias",), False, f"lm_head_bias {COUNT_OR_ZERO}, not False."),
        (("tie_embeddings",), 1, "tie_embeddings must be true or false, not 1."),
        (("tie_embeddings",), "true", "tie_embeddings must be true or false, not 'true'."),
        (("layer_note",), 3, "layer_note must be text of at most 1,000 characters, not 3."),
        (("extra",), "2*3", "extra must be an object with named values, not '2*3'."),
        (("extra",), {"table": -1}, f"extra.table {ARITHMETIC}, not -1."),
        (("blocks",), 2, "blocks must be a list, not 2."),
        (("blocks", 0), "glu", "blocks[0] must be an object with named values, not 'glu'."),
        (("blocks", 0, "n"), 0, f"blocks[0].n {COUNT}, not 0."),
        (("blocks", 0, "norm_params"), 10**9, f"blocks[0].norm_params {COUNT_OR_ZERO}, not 1000000000."),
        (("blocks", 0, "mixers"), {}, "blocks[0].mixers must be a list, not {}."),
        ((*FIRST_MIXER, "heads"), 0, f"blocks[0].mixers[0].heads {COUNT}, not 0."),
        ((*FIRST_MIXER, "kv_heads"), True, f"blocks[0].mixers[0].kv_heads {COUNT}, not True."),
        ((*FIRST_MIXER, "kv"), "a", "blocks[0].mixers[0].kv must be one of own, shared, cross, not 'a'."),
        ((*FIRST_MIXER, "gate"), 1, "blocks[0].mixers[0].gate must be one of elementwise, headwise, proj, not 1."),
        ((*FIRST_MIXER, "q_bias"), 0, "blocks[0].mixers[0].q_bias must be true or false, not 0."),
        ((*FIRST_MIXER, "type"), "rwkv", f"blocks[0].mixers[0].type {MIXERS}, not 'rwkv'."),
        ((*FIRST_MIXER, "type"), ["gqa"], f"blocks[0].mixers[0].type {MIXERS}, not ['gqa']."),
        (FIRST_MIXER, "gqa", f"blocks[0].mixers[0].type {MIXERS}, not None."),
        (("blocks", 0, "ffn", "size"), -2048, f"blocks[0].ffn.size {COUNT}, not -2048."),
        (("blocks", 0, "ffn", "type"), "gqa", f"blocks[0].ffn.type {FEED_FORWARD}, not 'gqa'."),
        (("blocks", 0, "ffn"), None, f"blocks[0].ffn.type {FEED_FORWARD}, not None."),
        (("gguf",), None, "gguf must be an object with named values, not None."),
        (("mtp",), {"blocks": [BLOCK], "extra": "x"}, f"mtp.extra {ARITHMETIC}, not 'x'."),
        (("layer_pattern",), 0, "layer_pattern must be a list, not 0."),
        (("layer_pattern",), [0, -1], f"layer_pattern[1] {COUNT_OR_ZERO}, not -1."),
    ],
)
def test_a_value_of_the_wrong_kind_or_size_is_named_by_its_place(place: Place, value: object, problem: str) -> None:
    assert problems(with_value(minimal(), place, value)) == [problem]


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        (("vocab_size",), "vocab_size is missing."),
        (("tie_embeddings",), "tie_embeddings is missing."),
        (("blocks",), "blocks is missing."),
        (("blocks", 0, "n"), "blocks[0].n is missing."),
        (("blocks", 0, "mixers"), "blocks[0].mixers is missing."),
        ((*FIRST_MIXER, "head_dim"), "blocks[0].mixers[0].head_dim is missing."),
        ((*FIRST_MIXER, "type"), f"blocks[0].mixers[0].type {MIXERS}, not None."),
        (("blocks", 0, "ffn", "size"), "blocks[0].ffn.size is missing."),
    ],
)
def test_a_missing_key_is_named_by_its_place(place: Place, problem: str) -> None:
    assert problems(without(minimal(), place)) == [problem]


@pytest.mark.parametrize(
    "place",
    [
        ("vocabulary",),
        ("type",),
        ("blocks", 0, "layers"),
        ("blocks", 0, "type"),
        (*FIRST_MIXER, "kv_head"),
        ("blocks", 0, "ffn", "experts"),
        ("gguf", "type"),
    ],
    ids=str,
)
def test_an_unknown_key_is_named_by_its_place_with_those_that_are_known(place: Place) -> None:
    document = with_value(minimal(gguf={}), place, 1)
    (problem,) = problems(document)
    assert problem.startswith(f"{in_words(place)} is not a key known here: ")


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (minimal(blocks=[]), "blocks must name at least one group of layers."),
        (
            with_value(minimal(), (*FIRST_MIXER, "kv_heads"), 3),
            "blocks[0].mixers[0].heads must be a multiple of kv_heads (3).",
        ),
        (
            with_value(minimal(), (*FIRST_MIXER, "kv_heads"), 16),
            "blocks[0].mixers[0].heads must be a multiple of kv_heads (16).",
        ),
        (
            minimal(blocks=[BLOCK, {**BLOCK, "ffn": {**MOE, "active": 9}}]),
            "blocks[1].ffn.active must not exceed experts (8).",
        ),
        (
            minimal(mtp={"blocks": [{**BLOCK, "ffn": {**MOE, "active": 9}}]}),
            "mtp.blocks[0].ffn.active must not exceed experts (8).",
        ),
        (
            minimal(mtp={"blocks": [{**BLOCK, "mixers": [{**GQA, "kv_heads": 3}]}]}),
            "mtp.blocks[0].mixers[0].heads must be a multiple of kv_heads (3).",
        ),
        (minimal(layer_pattern=[0, 1]), "layer_pattern must name groups from 0 to 0."),
        (minimal(blocks=[BLOCK, BLOCK], layer_pattern=[0, 1, 2]), "layer_pattern must name groups from 0 to 1."),
    ],
)
def test_figures_that_are_impossible_together_are_named(document: Any, problem: str) -> None:
    assert problems(document) == [problem]


@pytest.mark.parametrize(
    "document",
    [
        with_value(minimal(), (*FIRST_MIXER, "kv_heads"), 8),
        with_value(minimal(), (*FIRST_MIXER, "kv_heads"), 1),
        minimal(blocks=[{**BLOCK, "ffn": {**MOE, "active": 8}}]),
        minimal(blocks=[BLOCK, BLOCK], layer_pattern=[0, 1, 1]),
    ],
    ids=["multi-head", "multi-query", "all experts active", "a pattern of the last group"],
)
def test_figures_at_the_edge_of_the_possible_are_read(document: Any) -> None:
    assert isinstance(read(document), Architecture)


def test_every_problem_is_named_at_once() -> None:
    document = minimal(vocab_size=0, colour="red", blocks=[{**BLOCK, "n": 0}, {"n": 1, "mixers": [], "ffn": {}}])
    assert [problem.partition(" ")[0] for problem in problems(document)] == [
        "colour",
        "vocab_size",
        "blocks[0].n",
        "blocks[1].ffn.type",
    ]


def test_a_long_value_is_cut_short_in_the_problem() -> None:
    (problem,) = problems(minimal(vocab_size="9" * 1000))
    assert problem == f"vocab_size {COUNT}, not '{'9' * 56}...."


def test_a_long_key_is_cut_short_in_the_problem() -> None:
    (problem, *_) = problems(minimal(**{"k" * 1000: 1}))
    assert problem.startswith(f"{'k' * 57}... is not a key known here: ")


def test_of_very_many_problems_the_first_are_named_and_the_rest_counted() -> None:
    named = problems(minimal(**{f"key{number}": 1 for number in range(1000)}))
    assert [problem.partition(" ")[0] for problem in named[:-1]] == [f"key{number}" for number in range(20)]
    assert named[-1] == "There are 980 problems more."
