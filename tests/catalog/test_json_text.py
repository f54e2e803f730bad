"""JSON is read as Python reads it, or refused in a sentence with its place, however it was meant to do harm."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.json_text import JsonTextError, check_text, read_json
from catalog.text import is_text

LONG = "9" * 5000
HOSTILE = [
    (LONG, "A number has at most 40 digits, not 5,000."),
    (f'{{"a": [0, -{LONG}]}}', "a[1]: a number has at most 40 digits, not 5,000."),
    ("9" * 41, "A number has at most 40 digits, not 41."),
    ("1e999", "1e999 is too large a number."),
    ('{"a": {"b": -1E999}}', "a.b: -1E999 is too large a number."),
    (f"{LONG}.0", f"{'9' * 40} is too large a number."),
    ("NaN", "NaN is no number."),
    ('{"a": Infinity}', "a: Infinity is no number."),
    ("[-Infinity]", "[0]: -Infinity is no number."),
    ('"\\u0000"', "A character in it is no text."),
    ('{"a": "b\\ud800c"}', "a: a character in it is no text."),
    ('{"a": {"\\udc00": 1}}', "a: a character in it is no text."),
    ('{"a": 1, "b": 2, "a": 1}', "a: this stands twice."),
    ('{"a": [{"b": 1, "b": 2}]}', "a[0].b: this stands twice."),
    ("[" * 100_000, "This is nested deeper than 20 levels."),
    ('{"a":' * 20_000, "a: this is nested deeper than 20 levels."),
    ("[" * 21 + "]" * 21, "This is nested deeper than 20 levels."),
    ('{"x": 1, "a": ' + "[" * 20 + "]" * 20 + "}", "a: this is nested deeper than 20 levels."),
    (" " * 1_000_001, "This is longer than 1,000,000 characters."),
    ("{", "This is not JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))."),
    ("", "This is not JSON (Expecting value: line 1 column 1 (char 0))."),
    ('{"a": "b\0c"}', "This is not JSON (Invalid control character at: line 1 column 9 (char 8))."),
    ("\ufeff{}", "This is not JSON (Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0))."),
]


@pytest.mark.parametrize(("text", "sentence"), HOSTILE, ids=lambda text: ascii(text)[:20])
def test_what_cannot_be_kept_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(JsonTextError) as raised:
        read_json(text)
    assert str(raised.value) == sentence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9" * 40, int("9" * 40)),
        ("-" + "9" * 40, -int("9" * 40)),
        ("1e308", 1e308),
        ("1e-999", 0.0),
        ("[" * 20 + "]" * 20, json.loads("[" * 20 + "]" * 20)),
        ('"' + "[" * 100 + '\\"{"', "[" * 100 + '"{'),
        (json.dumps({str(number): {} for number in range(100)}), {str(number): {} for number in range(100)}),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        (' {"a": null, "b": [true, false, 1.5]} ', {"a": None, "b": [True, False, 1.5]}),
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_what_is_at_a_bound_or_only_looks_like_harm_is_read(text: str, value: Any) -> None:
    assert read_json(text) == value


@pytest.mark.parametrize("text", ['"' * 999_999, '["' + '\\"' * 499_000, '{"a":[' * 160_000, '""' * 20 + "[" * 900_000])
def test_a_text_of_a_million_characters_takes_no_seconds(text: str) -> None:
    began = time.process_time()
    with pytest.raises(JsonTextError):
        read_json(text)
    assert time.process_time() - began < 3


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(values, st.booleans())
def test_whatever_is_read_is_the_same_when_written_and_read_again(value: Any, as_escapes: bool) -> None:
    try:
        read = read_json(json.dumps(value, ensure_ascii=as_escapes))
    except JsonTextError:
        return
    check_text(read)
    assert read_json(json.dumps(read, ensure_ascii=False).encode().decode()) == read


@given(st.text(st.characters(codec=None) | st.sampled_from('[]{}":,\\u0123dD8')))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    assert refusal(text)[-1:] in ("", ".")


def refusal(text: str) -> str:
    """What is said of a text that is refused; nothing where it is read."""
    try:
        read_json(text)
    except JsonTextError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("value", ["\0", {"a": ["\ud800"]}, {"\udc00": 1}])
def test_text_that_cannot_be_kept_is_refused_in_a_value_of_python_too(value: Any) -> None:
    with pytest.raises(JsonTextError):
        check_text(value)


def test_a_value_of_text_passes() -> None:
    assert is_text("東京")
    check_text({"東京": ["a", 1, None, {"b": "c"}]})
