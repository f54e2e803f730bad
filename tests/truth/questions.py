"""Questions with their right answers, from a file of JSON Lines."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from fit.workload import DRAFTED_TOKENS

REQUIRED = ("id", "kind", "kind_name", "what", "right", "ask")


class CasesError(Exception):
    """The file, or a line of it, cannot be read; the message is a sentence."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What is asked of which model on which cards. Flags are llama.cpp's; None where the question does not say."""

    model: str | None = None
    gpus: list[dict[str, Any]] | None = None
    quant: str | None = None
    file_bytes: int | None = None
    context: int | None = None
    depth: int | None = None
    cache_k: str | None = None
    cache_v: str | None = None
    slots: int = 1
    unified_cache: bool = True
    ubatch: int = 512
    flash_attention: bool = True
    ngl: int | None = None
    n_cpu_moe: int | None = None
    split: str | None = None
    draft: bool = False
    drafted_tokens: int = DRAFTED_TOKENS
    projector: bool = False
    ram: str | None = None
    display: str | None = None
    part: str | None = None
    with_context: bool = False
    unified_limit: str | None = None

    @property
    def cards(self) -> list[str]:
        """The slug of every card, one entry a card."""
        return [entry["gpu"] for entry in self.gpus or [] for _ in range(entry.get("count", 1))]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One question. `right` is a number, or whether it fits; `tolerance` is relative, None for true and false."""

    id: str
    kind: str
    kind_name: str
    what: str
    right: float | bool
    ask: Ask
    tolerance: float | None = None


def read_cases(path: Path) -> Iterator[Case]:
    """Every line of the file; raises CasesError with the line's number."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"{path}: cannot be read ({error}).") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield _case(json.loads(line))
            except ValueError as error:
                raise CasesError(f"{path.name}, line {number}: {error}") from error


def _case(record: object) -> Case:
    if not isinstance(record, dict):
        raise ValueError("an object with named values is expected.")
    missing = [name for name in REQUIRED if name not in record]
    if missing:
        raise ValueError(f"these names are missing: {', '.join(missing)}.")
    if not isinstance(record["right"], int | float):
        raise ValueError("right must be a number, or true or false.")
    taken = {field.name: record[field.name] for field in fields(Case) if field.name in record}
    return Case(**{**taken, "ask": _ask(record["ask"])})


def _ask(record: object) -> Ask:
    if not isinstance(record, Mapping):
        raise ValueError("ask must be an object with named values.")
    hints = get_type_hints(Ask)
    for name, value in record.items():
        if name not in hints:
            raise ValueError(f"nobody can ask for {name}: only for {', '.join(hints)}.")
        if not isinstance(value, _kinds(hints[name])) or (isinstance(value, bool) and bool not in _kinds(hints[name])):
            raise ValueError(f"{name} cannot be {json.dumps(value)}.")
    if not all(isinstance(entry, dict) and isinstance(entry.get("gpu"), str) for entry in record.get("gpus", [])):
        raise ValueError("every entry of gpus must name its gpu.")
    return Ask(**record)


def _kinds(hint: Any) -> tuple[type, ...]:
    """The types that a value may have: lists of whatever, never null."""
    kinds = [kind for kind in get_args(hint) or (hint,) if kind is not type(None)]
    return tuple(list if "list" in str(kind) else kind for kind in kinds)
