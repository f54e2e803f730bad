"""Uses are words of a closed set, each once, with single spaces between."""

import pytest
from django.core.exceptions import ValidationError

from catalog.models.uses import Use, validate_uses


@pytest.mark.parametrize("text", ["", "chat", "code vision", "vision code", " ".join(Use.values)])
def test_words_of_the_set_are_accepted(text: str) -> None:
    validate_uses(text)


@pytest.mark.parametrize("text", ["poetry", "chat poetry", "Chat"])
def test_another_word_is_named_with_those_there_are(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_uses(text)
    assert caught.value.messages == [f"There is no use “{text.split()[-1]}”. Choose of: {', '.join(Use.values)}."]


@pytest.mark.parametrize("text", ["chat chat", "chat  code", " chat", "chat ", "chat\ncode"])
def test_each_stands_once_with_single_spaces(text: str) -> None:
    with pytest.raises(ValidationError, match="once, with single spaces"):
        validate_uses(text)
