"""How large an architecture document may be: far above every model there is, and no page is slow or takes memory by it.

The deepest model in the catalog has 126 layers, the one of most kinds 8 groups and a pattern of 108 places, and the
longest document is 1,705 characters.
"""

from collections.abc import Iterator, Mapping

from fit.architecture import Architecture, LayerGroup

MOST_LAYERS = 1_000
MOST_GROUPS = 50
MOST_MIXERS = 8
MOST_PLACES = 1_000
MOST_NAMED = 50
MOST_CHARACTERS = 50_000
MOST_TEXT = 1_000
DEEPEST = 20


def too_large(document: object) -> str:
    """Why a document (parsed JSON) is not even read, in a sentence; "" where it is."""
    level, characters = [document], 0
    for _ in range(DEEPEST):
        characters += sum(map(_characters, level))
        level = [child for value in level for child in _children(value)]
    if level:
        return f"The document must not be nested deeper than {DEEPEST} levels."
    if characters > MOST_CHARACTERS:
        return f"The document must be JSON of at most {MOST_CHARACTERS:,} characters."
    return ""


def _children(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def _characters(value: object) -> int:
    """The least that the value takes as JSON, without what is in it."""
    if isinstance(value, str):
        return len(value) + 2
    return 2 + value.bit_length() // 4 if isinstance(value, int) else 2


def excesses(architecture: Architecture) -> Iterator[str]:
    """What there is more of than a document may have, each in a sentence."""
    drafts = architecture.mtp.blocks if architecture.mtp else ()
    layers = sum(group.n for group in (*architecture.blocks, *drafts))
    if layers > MOST_LAYERS:
        yield f"All groups together, those of mtp included, must be at most {MOST_LAYERS:,} layers, not {layers:,}."
    yield from _excesses_of_groups("blocks", architecture.blocks)
    yield from _excesses_of_groups("mtp.blocks", drafts)
    yield from _excess("layer_pattern", len(architecture.layer_pattern or ()), MOST_PLACES, "places")
    for name in ("lookup_tables", "unquantized", "extra"):
        yield from _excess(name, len(getattr(architecture, name) or {}), MOST_NAMED, "entries")


def _excesses_of_groups(name: str, groups: tuple[LayerGroup, ...]) -> Iterator[str]:
    yield from _excess(name, len(groups), MOST_GROUPS, "groups")
    for index, group in enumerate(groups[:MOST_GROUPS]):
        yield from _excess(f"{name}[{index}].mixers", len(group.mixers), MOST_MIXERS, "mixers")


def _excess(name: str, count: int, most: int, noun: str) -> Iterator[str]:
    if count > most:
        yield f"{name} must have at most {most:,} {noun}, not {count:,}."
