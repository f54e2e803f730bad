"""Two values side by side, in words: short ones whole, long ones where they differ."""

import json
from collections.abc import Iterator
from typing import Any

MISSING = "empty"
# What still reads as one value in a line or in a cell of a table.
SHORT = 120
CONTEXT = 20


def in_words(before: Any, after: Any) -> tuple[str, str]:
    """Both values as an editor reads them; of two long ones only what differs, with a little around it."""
    if isinstance(before, dict | list) and isinstance(after, dict | list):
        return _places(before, after)
    old, new = plain(before), plain(after)
    return (old, new) if max(len(old), len(new)) <= SHORT else _apart(old, new)


def plain(value: Any) -> str:
    """One value: yes and no, whole numbers with separators, JSON as it is typed."""
    if value is None or value == "" or value == []:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _apart(old: str, new: str) -> tuple[str, str]:
    """Without what both begin with and what both end with, but for a few characters that say where."""
    start = _same(old, new)
    end = min(_same(old[::-1], new[::-1]), min(len(old), len(new)) - start)
    return _cut(old, start, end), _cut(new, start, end)


def _same(text: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(text), len(other)))


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(start - CONTEXT, 0), min(len(text) - end + CONTEXT, len(text))
    middle = text[first:last]
    if len(middle) > 3 * SHORT:
        middle = f"{middle[: 3 * SHORT]}..."
    return f"{'...' if first else ''}{middle}{'...' if last < len(text) else ''}" or MISSING


def _places(before: Any, after: Any) -> tuple[str, str]:
    """Of two documents the places that differ, each as its path and value."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    differing = [path for path in {**old, **new} if old.get(path) != new.get(path)]
    return _listed(old, differing), _listed(new, differing)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a document that holds no other, by its path: blocks[0].n."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for place, item in enumerate(value):
            yield from _leaves(item, f"{path}[{place}]")
    else:
        yield path, value


def _listed(leaves: dict[str, Any], paths: list[str]) -> str:
    words = [f"{path}: {plain(leaves[path])}" for path in paths if path in leaves]
    return "; ".join(words[:10]) + ("; ..." if len(words) > 10 else "") or MISSING
