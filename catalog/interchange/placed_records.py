"""The records of a data file, each with the words that name its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.interchange.records import Record
from catalog.json_text import JsonTextError, in_words, read_json
from catalog.text import is_text


class InterchangeError(Exception):
    """A data file cannot be loaded; the message names the file, the record and the field."""


@dataclass(frozen=True)
class PlacedRecord:
    """A record of a file, with the words that name its place."""

    where: str
    record: Record

    @property
    def slug(self) -> Any:
        """What stands as its slug, if anything."""
        return self.record.get("slug")


def placed_records(path: Path) -> Iterator[PlacedRecord]:
    """Each record of a file."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InterchangeError(f"{path.name}: cannot be read ({error}).") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _parse(path, number, line)


def _parse(path: Path, number: int, line: str) -> PlacedRecord:
    where = f"{path.name}, line {number}"
    try:
        record = read_json(line)
    except JsonTextError as error:
        raise InterchangeError(_refusal(where, error)) from error
    if not isinstance(record, dict):
        raise InterchangeError(f"{where}: a record is an object with named values.")
    return PlacedRecord(where=f"{where}, record {record.get('slug', '?')}", record=record)


def _refusal(where: str, error: JsonTextError) -> str:
    """The first name on the way to the fault is the record's field."""
    if not error.place or not isinstance(error.place[0], str):
        return f"{where}: {error.sentence}"
    if isinstance(error.value, dict):
        slug = error.value.get("slug")
        where += f", record {slug if isinstance(slug, str) and is_text(slug) else '?'}"
    field, *within = error.place
    words = in_words(tuple(within), error.sentence) if within else error.sentence
    return f"{where}, field {str(field)[:60]}: {words}"
