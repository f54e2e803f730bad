"""The page of search results says what was found, or how to ask."""

from catalog.name_words import LONGEST_QUERY
from catalog.snapshot import Snapshot
from fitpages.pages.browse import search
from fitpages.site import Link


def test_a_pair_is_a_line_that_leads_to_its_page(small: Snapshot) -> None:
    page = search.build(small, "small 8b rtx 24")
    assert page.lines[0].address == "/run/small-8b-on-rtx-24/"
    assert page.advice == ""


def test_models_and_gpus_are_links_with_their_size(small: Snapshot) -> None:
    assert search.build(small, "mixture").models == (Link("Mixture 30B", "/models/mixture-30b/", "30.5B"),)
    assert search.build(small, "mac").gpus == (Link("Mac 64", "/gpus/mac-64/", "64 GiB"),)


def test_an_empty_query_is_an_invitation(small: Snapshot) -> None:
    page = search.build(small, "  ")
    assert page.title == "Search models and GPUs"
    assert page.advice == "Type a model, a GPU, or both: qwen 72b l4."


def test_nothing_found_says_what_to_try(small: Snapshot) -> None:
    page = search.build(small, "zzzz")
    assert page.advice == ("Nothing in the catalog is called “zzzz”. Try fewer words, or only the number in the name.")


def test_a_query_is_cut_and_loses_what_no_database_takes(small: Snapshot) -> None:
    assert search.build(small, "a\x00b").query == "ab"
    assert len(search.build(small, "x" * 5000).query) == LONGEST_QUERY


def test_results_are_not_indexed(small: Snapshot) -> None:
    assert not search.build(small, "small").indexable
