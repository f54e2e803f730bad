"""The reader of JSON, for the form and for data files alike: what it gives can be stored, shown and written again."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from catalog.text import NO_TEXT, is_text

# Far above every record (3,006 characters), even one whose notes are all escapes, and above every figure.
MOST_CHARACTERS = 1_000_000
MOST_DIGITS = 40
DEEPEST = 20
# Text, whose brackets do not count, or a bracket.
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
_COLON = re.compile(r"\s*:")

Place = tuple[str | int, ...]


class JsonTextError(ValueError):
    """Text is not JSON that we take: the sentence, the names and indices that lead to the fault, and the rest of it."""

    def __init__(self, sentence: str, place: Place = (), value: Any = None) -> None:
        super().__init__(in_words(place, sentence))
        self.sentence, self.place, self.value = sentence, place, value


class _Refused(NamedTuple):
    """Stands in a value for what the reader refuses, until its place is looked for."""

    sentence: str


def read_json(text: str) -> Any:
    """The value that the text describes; raises JsonTextError."""
    if len(text) > MOST_CHARACTERS:
        raise JsonTextError(f"this is longer than {MOST_CHARACTERS:,} characters.")
    _check_depth(text)
    try:
        value = json.loads(
            text, parse_int=_whole, parse_float=_fraction, parse_constant=_constant, object_pairs_hook=_object
        )
    except ValueError as error:
        raise JsonTextError(f"this is not JSON ({error}).") from error
    check_text(value)
    return value


def check_text(value: Any) -> None:
    """Raise JsonTextError where a value that JSON can hold has text in it that cannot be stored."""
    if _is_fine(value):
        return
    for place, sentence in _faults(value, ()):
        raise JsonTextError(sentence, place, value)


def in_words(place: Place, sentence: str) -> str:
    """The sentence after its place, such as "blocks[1].n: this stands twice."; alone it is a whole sentence."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:60]}" for step in place).removeprefix(".")
    return f"{words}: {sentence}" if words else sentence[:1].upper() + sentence[1:]


def _check_depth(text: str) -> None:
    """Before it is read, for Python's own reader calls itself at every bracket."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    depth, place = 0, Place()
    for token in _TOKENS.finditer(text):
        first = token[0][0]
        if first == '"' and depth == 1 and _COLON.match(text, token.end()):
            place = (token[0].strip('"'),)
        depth += {'"': 0, "[": 1, "{": 1}.get(first, -1)
        if depth > DEEPEST:
            raise JsonTextError(f"this is nested deeper than {DEEPEST} levels.", place)


def _whole(digits: str) -> int | _Refused:
    count = len(digits.lstrip("-"))
    if count > MOST_DIGITS:
        return _Refused(f"a number has at most {MOST_DIGITS} digits, not {count:,}.")
    return int(digits)


def _fraction(digits: str) -> float | _Refused:
    number = float(digits)
    return number if abs(number) != float("inf") else _Refused(f"{digits[:40]} is too large a number.")


def _constant(name: str) -> _Refused:
    return _Refused(f"{name} is no number.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of names that stand twice, each program takes another value: we take none."""
    values = dict(pairs)
    if len(values) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        values |= {name: _Refused("this stands twice.") for name, count in counts.items() if count > 1}
    return values


def _is_fine(value: Any) -> bool:
    """Whether nothing is refused in a value: asked of every record, so without its places."""
    if isinstance(value, str):
        return is_text(value)
    if isinstance(value, dict):
        return all(map(_is_fine, value)) and all(map(_is_fine, value.values()))
    return all(map(_is_fine, value)) if isinstance(value, list) else not isinstance(value, _Refused)


def _faults(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """What is refused in a value, with its place."""
    if isinstance(value, _Refused):
        yield place, value.sentence
    elif isinstance(value, str) and not is_text(value):
        yield place, NO_TEXT
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _faults(name, place)
            yield from _faults(item, (*place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(item, (*place, index))
