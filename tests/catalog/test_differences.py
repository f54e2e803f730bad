"""Two values side by side: short ones whole, long ones where they differ."""

from typing import Any

import pytest

from catalog.differences import SHORT, in_words, plain

LONG = "The same words at the beginning of two notes. " * 10
END = "nning of two notes. "


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "empty"),
        ("", "empty"),
        ([], "empty"),
        (0, "0"),
        (8_030_261_248, "8,030,261,248"),
        (True, "yes"),
        (False, "no"),
        ("GDDR6X", "GDDR6X"),
        ({"n": 2}, '{"n": 2}'),
    ],
)
def test_one_value(value: Any, words: str) -> None:
    assert plain(value) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (1008, 10080, ("1,008", "10,080")),
        ("", "Ada", ("empty", "Ada")),
        (f"{LONG}old", f"{LONG}new", ("...nning of two notes. old", "...nning of two notes. new")),
        (f"a{LONG}", f"b{LONG}", ("aThe same words at th...", "bThe same words at th...")),
        (
            f"{LONG}1{LONG}",
            f"{LONG}2{LONG}",
            (f"...{END}1The same words at th...", f"...{END}2The same words at th..."),
        ),
    ],
)
def test_two_values(before: Any, after: Any, words: tuple[str, str]) -> None:
    assert in_words(before, after) == words


def test_two_documents_are_compared_place_by_place() -> None:
    before = {"blocks": [{"n": 36, "mixers": [{"heads": 8}]}], "vocab_size": 1000}
    after = {"blocks": [{"n": 360, "mixers": [{"heads": 8}]}], "vocab_size": 1000, "extra": True}
    assert in_words(before, after) == ("blocks[0].n: 36", "blocks[0].n: 360; extra: yes")


def test_no_more_than_ten_places_are_listed() -> None:
    before, _ = in_words({str(place): place for place in range(12)}, {})
    assert before == "; ".join(f"{place}: {place}" for place in range(10)) + "; ..."


def test_a_text_that_is_all_new_is_cut() -> None:
    before, after = in_words("", "x" * 5_000)
    assert (before, len(after)) == ("empty", 3 * SHORT + len("..."))
