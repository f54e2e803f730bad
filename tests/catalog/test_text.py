"""What is text for a database."""

import pytest

from catalog.text import is_text


@pytest.mark.parametrize("text", ["", "plain", "東京", "\U0001f600", "\x01\x1f\x7f", "\ud7ff\ue000", "\u2028\ufffe"])
def test_text_can_be_stored(text: str) -> None:
    assert is_text(text)
    text.encode()


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "a\ud83d b", "\ude00\ud83d"])
def test_a_null_character_and_half_of_one_cannot(text: str) -> None:
    assert not is_text(text)
