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
@pytest.mark.parametrize("record", ['{"a": "%s"}', '{"a": ["b", {"c": "%s"}]}', '{"a": {"%s": 1}}', '["%s"]'])
def test_an_escape_that_is_no_text_is_seen_wherever_it_is(tmp_path: Path, record: str, escape: str) -> None:
    with pytest.raises(InterchangeError, match=r"^gpus.jsonl, line 2: a character in it is no text\.$"):
        records(tmp_path / "gpus.jsonl", "", record % escape)
