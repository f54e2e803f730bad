"""The page of search results says what was found, or how to ask."""

import pytest

from catalog.name_words import LONGEST_QUERY
from catalog.snapshot import Snapshot
from fitpages.pages.browse import search
from fitpages.site import Link


def test_a_pair_is_a_line_that_leads_to_its_page(small: Snapshot) -> None:
    page = search.build(small, "small 8b rtx 24")
    assert page.blocks[0].lines[0].address == "/run/small-8b-on-rtx-24/"
    assert page.advice == ""
    assert page.has_figures


def test_an_empty_query_is_an_invitation(small: Snapshot) -> None:
    page = search.build(small, "  ")
    assert page.title == "Search models and machines"
    assert page.advice.startswith("Type a model, a machine, both, a size or a use")
    assert page.blocks == ()
    assert not page.has_figures


def test_nothing_found_says_what_to_try(small: Snapshot) -> None:
    page = search.build(small, "zzzz")
    assert page.advice == ("Nothing in the catalog is called “zzzz”. Try fewer words, or only the number in the name.")


def test_words_that_nothing_is_called_are_told(small: Snapshot) -> None:
    page = search.build(small, "small 8b xyzzyx")
    assert page.advice == "Nothing in the catalog is called “xyzzyx”: searched without."
    assert page.blocks[0].links[0] == Link("Small 8B", "/models/small-8b/", page.blocks[0].links[0].note)


def test_a_query_is_cut_and_loses_what_no_database_takes(small: Snapshot) -> None:
    assert search.build(small, "a\x00b").query == "ab"
    assert len(search.build(small, "x" * 5000).query) == LONGEST_QUERY


def test_names_in_common_use_are_offered(small: Snapshot) -> None:
    assert {"Small 8B", "RTX 24"} <= set(search.build(small, "").names)
    assert "RX 16 Laptop" not in search.build(small, "").names


@pytest.mark.parametrize("query", ["", "small", "coding", "$1000", "small 8b rtx 24"])
def test_results_are_not_indexed(small: Snapshot, query: str) -> None:
    assert not search.build(small, query).indexable
