"""A line of a data file is a record with its place, or is refused there."""

import json
from pathlib import Path

import pytest

from catalog.interchange.placed_records import InterchangeError, PlacedRecord, placed_records


def records(path: Path, *lines: str) -> list[PlacedRecord]:
    path.write_text("\n".join(lines), encoding="utf-8")
    return list(placed_records(path))


def test_a_record_has_its_file_line_and_slug(tmp_path: Path) -> None:
    expected = PlacedRecord("gpus.jsonl, line 2, record b", {"slug": "b", "n": 1})
    assert records(tmp_path / "gpus.jsonl", "", '{"slug": "b", "n": 1}', " ") == [expected]


@pytest.mark.parametrize("text", ["plain", "東京", "\U0001f600", "a\tb", "back\\slash u0000"])
@pytest.mark.parametrize("as_escapes", [False, True])
def test_text_may_be_written_as_it_is_or_in_escapes(tmp_path: Path, text: str, as_escapes: bool) -> None:
    line = json.dumps({"slug": text}, ensure_ascii=as_escapes)
    assert records(tmp_path / "gpus.jsonl", line)[0].slug == text


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud83d", "\\uDE00 \\ud83d"])
@pytest.mark.parametrize(
    ("record", "place"),
    [
        ('{"a": "%s"}', ", record ?, field a: a"),
        ('{"a": ["b", {"c": "%s"}]}', ", record ?, field a: [1].c: a"),
        ('{"a": {"%s": 1}}', ", record ?, field a: a"),
        ('{"%s": 1}', ": a"),
        ('["%s"]', ": a"),
    ],
)
def test_an_escape_that_is_no_text_is_seen_wherever_it_is(tmp_path: Path, record: str, escape: str, place: str) -> None:
    assert refusal(tmp_path, record % escape) == f"gpus.jsonl, line 2{place} character in it is no text."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("9" * 5000, "a number has at most 40 digits, not 5,000."),
        ('{"blocks": [{"n": -' + "9" * 41 + "}]}", "blocks[0].n: a number has at most 40 digits, not 41."),
        ("1e999", "1e999 is too large a number."),
        ("[NaN]", "[0]: NaN is no number."),
        ("-Infinity", "-Infinity is no number."),
        ('{"n": 1, "n": 1}', "n: this stands twice."),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_at_its_field(tmp_path: Path, value: str, words: str) -> None:
    record = f'{{"slug": "a", "architecture": {value}}}'
    assert refusal(tmp_path, record) == f"gpus.jsonl, line 2, record a, field architecture: {words}"


def test_a_record_that_is_too_deep_to_be_read_is_refused_at_its_field(tmp_path: Path) -> None:
    words = "gpus.jsonl, line 2, field notes: this is nested deeper than 20 levels."
    assert refusal(tmp_path, '{"slug": "a", "notes": ' + "[" * 100_000) == words


def test_a_field_that_stands_twice_is_refused_by_its_name(tmp_path: Path) -> None:
    assert refusal(tmp_path, '{"n": 1, "n": 2}') == "gpus.jsonl, line 2, record ?, field n: this stands twice."


def refusal(folder: Path, line: str) -> str:
    """What is said of a line, which is refused."""
    with pytest.raises(InterchangeError) as raised:
        records(folder / "gpus.jsonl", "", line)
    return str(raised.value)
