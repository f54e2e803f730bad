"""A name is taken apart into the words that people look for it by."""

import pytest

from catalog.name_words import LONGEST_QUERY, MOST_WORDS, begins, name_words, query_words


def test_words_are_taken_apart() -> None:
    assert query_words("Qwen2.5-72B on L4") == ("qwen2.5", "72b", "l4")
    assert {"rtx", "4090", "rtx4090"} <= name_words("RTX 4090")


def test_a_very_long_query_is_cut() -> None:
    assert sum(map(len, query_words("ab " * 5000))) <= LONGEST_QUERY
    assert len(query_words(" ".join(f"w{number}" for number in range(20)))) == MOST_WORDS


@pytest.mark.parametrize(("word", "answer"), [("rt", True), ("409", True), ("4", True), ("r", False), ("090", False)])
def test_a_word_begins_a_name(word: str, answer: bool) -> None:
    assert begins(word, name_words("RTX 4090")) is answer
