"""A query is taken apart into names, a use, a price and RAM."""

import pytest

from fitpages.matching.for_use import LONG
from fitpages.matching.search_words import LARGEST_PRICE, Asked, take_apart

PHRASES = frozenset({("strix", "halo"), ("mac", "book"), ("mac", "book", "14")})
OF_MODELS = frozenset({"llama", "vision", "8b"})


def asked(query: str) -> Asked:
    return take_apart(query, PHRASES, OF_MODELS)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("can i run llama 8b on my 4090?", ("llama", "8b", "4090")),
        ("Which GPU for Llama 8B", ("llama", "8b")),
        ("2x 3090", ("3090",)),
        ("2x3090", ("3090",)),
        ("dual rtx 3090", ("rtx", "3090")),
        ("mixtral 8x7b", ("mixtral", "8x7b")),
        ("24 gb", ("24gb",)),
        ("24gb vram", ("24gb",)),
        ("strix halo 128 gigs", ("strix halo", "128gb")),
        ("mac book 14 m4", ("mac book 14", "m4")),
        ("mac book m4", ("mac book", "m4")),
        ("llama 8b q4_k_m 4090", ("llama", "8b", "4090")),
        ("llama 8b Q4 or Q6", ("llama", "8b")),
        ("llama 8b q4 k m", ("llama", "8b")),
        ("llama 8b iq3_xxs, q8_0 or 4-bit", ("llama", "8b")),
        ("llama fp16 mxfp4 int8 bf16", ("llama",)),
        ("q40 fp9 q9", ("q40", "fp9", "q9")),
        ("long as a prompt, in context", ("long",)),
        ("best model", ()),
        ("", ()),
        ("$", ()),
    ],
)
def test_words_of_names_are_left_of_a_question(query: str, words: tuple[str, ...]) -> None:
    assert asked(query) == Asked(words)


@pytest.mark.parametrize(
    ("query", "use", "words"),
    [
        ("best coding model", "code", ()),
        ("coding 12gb", "code", ("12gb",)),
        ("vision 12gb", "vision", ("12gb",)),
        ("llama vision", "vision", ("llama", "vision")),
        ("translate", "translation", ()),
        ("long documents 24gb", LONG, ("24gb",)),
        ("long prompts 24gb", LONG, ("24gb",)),
        ("uncensored", "", ("uncensored",)),
    ],
)
def test_a_use_is_none_of_the_names_but_beside_one(query: str, use: str, words: tuple[str, ...]) -> None:
    assert asked(query) == Asked(words, use)


@pytest.mark.parametrize(
    ("query", "price", "words"),
    [
        ("under $1000", 1000, ()),
        ("under 1,000 dollars", 1000, ()),
        ("24gb under $1.5k", 1500, ("24gb",)),
        ("$500 4060", 500, ("4060",)),
        ("less than 300 usd", 300, ()),
        ("under 8gb", None, ("under", "8gb")),
        ("under 24 gb", None, ("under", "24gb")),
        ("$0", None, ()),
        ("under $99999999999999999999", LARGEST_PRICE, ()),
    ],
)
def test_a_price_is_in_dollars(query: str, price: int | None, words: tuple[str, ...]) -> None:
    assert asked(query) == Asked(words, "", price)


@pytest.mark.parametrize(
    ("query", "ram", "words"),
    [
        ("64gb ram", 64, ()),
        ("64 GB of RAM 4090", 64, ("4090",)),
        ("ram 64 gb", 64, ()),
        ("32gb ddr4", 32, ("ddr4",)),
        ("24gb vram", None, ("24gb",)),
        ("0gb ram", None, ()),
    ],
)
def test_ram_is_not_the_memory_of_a_card(query: str, ram: int | None, words: tuple[str, ...]) -> None:
    assert asked(query) == Asked(words, "", None, ram)


@pytest.mark.parametrize(
    ("query", "sides"),
    [
        ("3090 or 4090", (("3090",), ("4090",))),
        ("4090 vs. strix halo", (("4090",), ("strix halo",))),
        ("3090 versus 4090 versus 5090", (("3090",), ("4090",), ("5090",))),
        ("llama 8b or llama 70b", (("llama", "8b"), ("llama", "70b"))),
        ("llama 8b or 70b", (("llama", "8b"), ("llama", "70b"))),
        ("4060 8gb or 16 gb or 24gb", (("4060", "8gb"), ("4060", "16gb"), ("4060", "24gb"))),
        ("llama 8b 24gb or 70b", (("llama", "8b", "24gb"), ("llama", "24gb", "70b"))),
        ("coding on 3090 or 4090", (("3090",), ("4090",))),
        ("8gb or 12gb", (("8gb",), ("12gb",))),
        ("4060 or 4070 or 4080 or 4090 or 5090", (("4060",), ("4070",), ("4080",), ("4090",))),
        ("4090 or 5090 or 4090", (("4090",), ("5090",))),
        ("4090 or 4090", ()),
        ("q4 or q6 llama 8b", ()),
        ("3090 or", ()),
        ("or vs", ()),
        ("corsair 4090", ()),
    ],
)
def test_what_is_asked_side_by_side_is_apart(query: str, sides: tuple[tuple[str, ...], ...]) -> None:
    assert asked(query).sides == sides


def test_words_of_sides_are_those_of_the_query_and_no_more() -> None:
    sides = asked("a1 b2 c3 d4 or e5 f6 g7 h8 i9 or j10")
    assert sides.words == ("a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8")
    assert sides.sides == (("a1", "b2", "c3", "d4"), ("e5", "f6", "g7", "h8"))


def test_a_price_and_a_context_are_told_apart() -> None:
    assert asked("llama at 32k under $1,000") == Asked(("llama",), price=1000, context=32768)
    assert asked("llama under 2k with 32k context") == Asked(("llama",), price=2000, context=32768)
    assert asked("llama under $2k") == asked("llama under 2k") == Asked(("llama",), price=2000)
