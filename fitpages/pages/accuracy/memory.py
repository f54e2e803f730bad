"""What `make truth` found of the memory accounting, as it wrote it to memory_check.json."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "memory_check.json"
RULE = "rule of thumb"
NAMES = {
    "weights": "Weights, whole file",
    "cache f16": "KV cache, f16",
    "cache q8_0": "KV cache, q8_0",
    "cache q4_0": "KV cache, q4_0",
    "total": "Total, any context and cache type",
    RULE: "Rule of thumb, for the total",
}


@dataclass(frozen=True, kw_only=True)
class MemoryRow:
    """One check: how many of llama.cpp's answers, of how many models, how many met to the byte, and the errors."""

    name: str
    rows: str
    models: str
    exact: str
    median: str
    worst: str


@cache
def memory_rows() -> tuple[MemoryRow, ...]:
    """Read once in each process; in the order of NAMES."""
    lines = {line["check"]: line for line in json.loads(PATH.read_text(encoding="utf-8"))}
    return tuple(_row(name, lines[check]) for check, name in NAMES.items() if check in lines)


def _row(name: str, line: dict[str, float]) -> MemoryRow:
    return MemoryRow(
        name=name,
        rows=f"{line['rows']:,}",
        models=f"{line['models']:,}",
        exact=f"{line['exact']:,}",
        median=share(line["median"]),
        worst=share(line["worst"]),
    )


def share(error: float) -> str:
    """Percent with one decimal; where that hides all of it, with four: 17.7%, 0.0002%, 0%."""
    if error == 0:
        return "0%"
    return f"{error:.1%}" if error >= 0.01 else f"{error:.4%}"
