"""A long list is sorted by a column, cut into pages, and has heads that sort it."""

from collections.abc import Mapping
from typing import Any

import pytest

from fitpages.pages.common.listing import PAGE_SIZE, Listing, listing
from fitpages.pages.common.sorting import Column

SORTS = {"name": lambda word: word, "length": lambda word: (len(word), word)}
COLUMNS = (Column("Word", "name"), Column("Length", "length", is_figure=True), Column("Kind", ""))
WORDS = ["pear", "fig", "apple", "kiwi"]


def page(query: Mapping[str, str], words: list[str] = WORDS) -> Listing[Any]:
    return listing(words, COLUMNS, SORTS, query, "/words/", "words")


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["apple", "fig", "kiwi", "pear"]),
        ("name", ["apple", "fig", "kiwi", "pear"]),
        ("-name", ["pear", "kiwi", "fig", "apple"]),
        ("length", ["fig", "kiwi", "pear", "apple"]),
        ("-length", ["apple", "pear", "kiwi", "fig"]),
        (" length ", ["fig", "kiwi", "pear", "apple"]),
        ("colour", ["apple", "fig", "kiwi", "pear"]),
        ("--length", ["apple", "fig", "kiwi", "pear"]),
    ],
)
def test_a_list_is_in_the_order_that_is_asked_for_and_else_in_the_first(sort: str, order: list[str]) -> None:
    assert page({"sort": sort}).records == order


def test_the_heads_say_which_column_sorts_it() -> None:
    heads = page({"sort": "-length"}).heads
    assert [(head.text, head.direction) for head in heads] == [("Word", ""), ("Length", "descending"), ("Kind", "")]


def test_a_list_is_cut_into_pages_after_it_is_sorted() -> None:
    words = [f"w{number:03}" for number in range(PAGE_SIZE + 1)]
    first, second = page({}, words[::-1]), page({"page": "2"}, words[::-1])
    assert (first.records, second.records) == (words[:PAGE_SIZE], words[PAGE_SIZE:])
    assert second.pager.position == f"{PAGE_SIZE + 1} to {PAGE_SIZE + 1} of {PAGE_SIZE + 1} words"


def test_an_empty_list_is_a_list() -> None:
    assert (page({}, []).records, page({}, []).pager.position) == ([], "No words")
