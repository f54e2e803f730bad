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
