"""A copy of the shipped data files, to be changed a line at a time."""

import json
import shutil
from pathlib import Path
from typing import Any

from catalog.interchange.files import DATA_DIRECTORY
from catalog.interchange.load import LoadReport, load_catalog
from catalog.interchange.records import to_line

GPUS, MODELS, QUANTS, ARTIFACTS = "gpus.jsonl", "models.jsonl", "quants.jsonl", "artifacts.jsonl"
REPOSITORIES, BENCHMARKS = "repositories.jsonl", "benchmarks.jsonl"
POPULARITY, SCORES, PRICES, PICKS = "popularity.jsonl", "board_scores.jsonl", "prices.jsonl", "picks.jsonl"
NAMES = (QUANTS, GPUS, MODELS, ARTIFACTS, REPOSITORIES, BENCHMARKS, POPULARITY, SCORES, PRICES, PICKS)
ALL = sum((DATA_DIRECTORY / name).read_text(encoding="utf-8").count("\n") for name in NAMES)


def contents(directory: Path) -> dict[str, bytes]:
    """Every data file of a directory, byte for byte."""
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}


class DataFiles:
    """The shipped data files, copied to `directory`."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        shutil.copytree(DATA_DIRECTORY, directory)

    def load(self, **options: bool) -> LoadReport:
        return load_catalog(self.directory, **options)

    def lines(self, name: str) -> list[str]:
        return (self.directory / name).read_text(encoding="utf-8").split("\n")[:-1]

    def write(self, name: str, lines: list[str]) -> None:
        (self.directory / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def number(self, name: str, slug: str) -> int:
        """The number of the line that holds a record."""
        slugs = [json.loads(line)["slug"] for line in self.lines(name)]
        return slugs.index(slug) + 1

    def place(self, name: str, slug: str) -> str:
        """The words with which a message names a record."""
        return f"{name}, line {self.number(name, slug)}, record {slug}"

    def record(self, name: str, slug: str) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self.lines(name)[self.number(name, slug) - 1])
        return record

    def replace(self, name: str, slug: str, line: str) -> None:
        lines = self.lines(name)
        lines[self.number(name, slug) - 1] = line
        self.write(name, lines)

    def change(self, name: str, slug: str, /, **values: Any) -> None:
        """Give a record other values."""
        self.replace(name, slug, to_line({**self.record(name, slug), **values}))

    def drop(self, name: str, slug: str, field: str) -> None:
        """Leave a fact out of a record."""
        kept = {key: value for key, value in self.record(name, slug).items() if key != field}
        self.replace(name, slug, to_line(kept))

    def copy(self, name: str, slug: str, /, **values: Any) -> None:
        """Put a record like another one on the first line."""
        self.write(name, [to_line({**self.record(name, slug), **values}), *self.lines(name)])

    def referring(self, field: str, slug: str, *names: str) -> int:
        """How many records of the files, or of some, name a record in a field that cannot be empty without it."""
        records = [json.loads(line) for name in names or NAMES for line in self.lines(name)]
        return sum(record.get(field) == slug for record in records)
