"""A name is written in one way in addresses, and a new record has the slug that its name gives."""

import re

import pytest

from catalog.models.record import validate_no_pair_separator, validate_slug_characters
from catalog.slugs import LONGEST, as_slug, free, of_name

ODD = (
    "on",
    "on on",
    "On the edge 7B on",
    "-on-",
    "+",
    "a" * 200,
    "ab " * 70,
    "Ä" * 90,
    "\u00e9t\u00e9 7B",
    "7B\u0000\ud800",
    "模型 7B",
)


@pytest.mark.parametrize(("name", "slug"), [("Qwen2.5_72B", "qwen2-5-72b"), ("L4", "l4"), ("a._.b", "a-b")])
def test_an_address_is_read_however_it_is_written(name: str, slug: str) -> None:
    assert as_slug(name) == slug


@pytest.mark.parametrize(
    ("kind", "name", "slug"),
    [
        ("languagemodel", "Qwen2.5 72B", "qwen2-5-72b"),
        ("languagemodel", "Command R+ 104B", "command-r-plus-104b"),
        ("languagemodel", "Apple 3B", "apple-3b"),
        ("languagemodel", "Été 7B", "ete-7b"),
        ("gpu", "NVIDIA L4", "l4"),
        ("gpu", "RTX 3060 12GB", "rtx-3060-12"),
        ("gpu", "AMD Instinct MI50 32GB", "mi50-32"),
        ("gpu", "Apple M4 Max 64GB", "m4-max-64"),
        ("quant", "FP16 (full)", "fp16"),
        ("quant", "Q4_K_M", "q4-k-m"),
        ("artifact", "Qwen3 8B UD-Q4_K_XL, unsloth", "qwen3-8b-ud-q4-k-xl-unsloth"),
        ("repository", "bartowski/Qwen3-8B-GGUF", "bartowski-qwen3-8b-gguf"),
        ("repository", "qwen3:8b", "ollama-qwen3-8b"),
        ("price", "RTX 4090, used, eBay, 2026-08-03", "rtx-4090-used-ebay-2026-08-03"),
        ("boardscore", "Qwen3.6 27B, Artificial Analysis v4.1", "qwen3-6-27b-artificial-analysis-v4-1"),
        ("pick", "24 GB card, Code, with RAM", "pick-24-code-with-ram"),
        ("pick", "128 GB in one pool, Long documents", "pick-128-long"),
        ("pick", "8 GB card, Pictures", "pick-8-vision"),
        ("pick", "What we would run on a Mac", "what-we-would-run-a-mac"),
        (
            "benchmark",
            "4x A100 80GB, Llama 3 8B F16, llama.cpp, tg512 (2)",
            "a100-80-x4-llama-3-8b-f16-llama-cpp-tg512-2",
        ),
        ("benchmark", "RTX 3090, Llama 2 7B Q4_0, 142 + 400", "rtx-3090-llama-2-7b-q4-0-142-400"),
        ("benchmark", "AMD EPYC 9135 CPU, Llama 3 8B", "amd-epyc-9135-cpu-llama-3-8b"),
    ],
)
def test_a_name_gives_a_slug_by_the_rule_of_its_kind(kind: str, name: str, slug: str) -> None:
    assert of_name(kind, name) == slug


@pytest.mark.parametrize(
    "kind", ["gpu", "languagemodel", "benchmark", "repository", "quant", "price", "pick", "boardscore", "popularity"]
)
@pytest.mark.parametrize("name", ODD)
def test_whatever_the_name_the_slug_is_none_or_can_be_saved(kind: str, name: str) -> None:
    slug = of_name(kind, name)
    assert len(slug) <= LONGEST
    if slug:
        validate_slug_characters(slug)
        validate_no_pair_separator(slug)


@pytest.mark.parametrize("name", ["", "  ", "on", "模型", "+++"])
def test_a_name_with_nothing_for_a_slug_gives_none(name: str) -> None:
    assert of_name("languagemodel", name) == ""
    assert free("", {""}) == ""


def test_a_slug_that_is_taken_gets_the_next_number() -> None:
    assert free("l4", {"a10"}) == "l4"
    assert free("l4", {"l4"}) == "l4-2"
    assert free("l4", {"l4", "l4-2", "l4-3"}) == "l4-4"


def test_a_number_fits_at_the_end_of_the_longest_slug() -> None:
    longest = "a" * LONGEST
    assert free(longest, {longest}) == f"{'a' * (LONGEST - 2)}-2"
    words = "-".join(["abc"] * 20)
    assert len(words) <= LONGEST
    assert re.fullmatch("(abc-)+2", free(words, {words}))


def test_a_long_name_is_cut_between_words() -> None:
    assert of_name("languagemodel", "abcdefghi " * 12) == "-".join(["abcdefghi"] * 8)
