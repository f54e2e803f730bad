"""The records of a data file, each with the words that name its place."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.interchange.records import Record

# Halves of characters and the null character cannot be stored.
NO_TEXT = re.compile("[\0\ud800-\udfff]")


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
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits and endless nesting are not decode errors.
        raise InterchangeError(f"{path.name}, line {number}: this is not JSON ({str(error)[:200]}).") from error
    # A whole line is searched in a moment; only an escape can hide a character from that.
    if NO_TEXT.search(line) or ("\\u" in line and not _is_text(record)):
        raise InterchangeError(f"{path.name}, line {number}: a character in it is no text.")
    if not isinstance(record, dict):
        raise InterchangeError(f"{path.name}, line {number}: a record is an object with named values.")
    return PlacedRecord(where=f"{path.name}, line {number}, record {record.get('slug', '?')}", record=record)


def _is_text(value: Any) -> bool:
    """Whether all text in it can be stored."""
    if isinstance(value, str):
        return not NO_TEXT.search(value)
    if isinstance(value, dict):
        return all(map(_is_text, [*value, *value.values()]))
    return all(map(_is_text, value)) if isinstance(value, list) else True
