"""A twentieth of the shipped records, and a catalog of just these: for tests of loads that any records serve."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from catalog.interchange.files import DATA_DIRECTORY, file_name
from catalog.models import RECORD_MODELS
from tests.catalog.data_files import GPUS, MODELS, NAMES, QUANTS, DataFiles

# Of cards and models every so many, and those that tests name; of what refers to others what refers to these alone.
EVERY = {GPUS: 10, MODELS: 40}
NAMED = {
    GPUS: {"a10", "a10g", "gh200-144", "l4", "l40", "rtx-3060-laptop", "rtx-3090", "rtx-4090", "t4"},
    MODELS: {
        *("deepseek-r1", "laguna-xs-2-33b-a3b", "llama-3-1-8b", "llama-3-8b", "mixtral-8x22b", "mixtral-8x7b"),
        *("qwen2-5-72b", "qwen3-32b", "zephyr-7b-beta"),
    },
}


@cache
def few_lines() -> dict[str, tuple[str, ...]]:
    """The lines of each file."""
    lines = {name: (DATA_DIRECTORY / name).read_text(encoding="utf-8").splitlines() for name in NAMES}
    chosen = {name: [line for place, line in enumerate(of) if _chosen(name, place, line)] for name, of in lines.items()}
    there = {json.loads(line)["slug"] for name in (QUANTS, *EVERY) for line in chosen[name]}
    return {name: tuple(line for line in of if _refers_to(json.loads(line)) <= there) for name, of in chosen.items()}


def _chosen(name: str, place: int, line: str) -> bool:
    return name not in EVERY or place % EVERY[name] == 0 or json.loads(line)["slug"] in NAMED[name]


def _refers_to(record: dict[str, Any]) -> set[str]:
    return {record[name] for name in ("gpu", "model", "quant") if record.get(name)}


FEW = sum(map(len, few_lines().values()))


class FewFiles(DataFiles):
    """Those records in a directory of the test's own; the catalog has lost the others, and remembers none of them."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir()
        self.as_shipped()
        for model in reversed(RECORD_MODELS):
            slugs = [json.loads(line)["slug"] for line in few_lines()[file_name(model)]]
            model.objects.exclude(slug__in=slugs)._raw_delete("default")

    def as_shipped(self) -> None:
        """Undo every change of the files."""
        for name, lines in few_lines().items():
            self.write(name, list(lines))
