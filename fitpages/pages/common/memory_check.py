"""How far the memory accounting is from llama.cpp's own answers, as `make truth` wrote it to memory_check.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "memory_check.json"
TOTAL, RULE = "total", "rule of thumb"
# The checks that pages show, in their order, as readers know them.
NAMES = {
    "weights": "Weights, whole file",
    "cache f16": "KV cache, f16",
    "cache q8_0": "KV cache, q8_0",
    "cache q4_0": "KV cache, q4_0",
    TOTAL: "Total, any context and cache type",
    RULE: "Rule of thumb, for the total",
}


@dataclass(frozen=True, kw_only=True)
class MemoryCheck:
    """How many of llama.cpp's answers, of how many models, how many met to the byte, and the errors as shares."""

    name: str
    rows: int
    models: int
    exact: int
    median: float
    worst: float


@cache
def memory_checks() -> Mapping[str, MemoryCheck]:
    """Each check by its name in the file, which is read once in each process."""
    lines = {line["check"]: line for line in json.loads(PATH.read_text(encoding="utf-8"))}
    return {check: _check(name, lines[check]) for check, name in NAMES.items()}


def _check(name: str, line: Mapping[str, float]) -> MemoryCheck:
    return MemoryCheck(
        name=name,
        rows=int(line["rows"]),
        models=int(line["models"]),
        exact=int(line["exact"]),
        median=line["median"],
        worst=line["worst"],
    )
