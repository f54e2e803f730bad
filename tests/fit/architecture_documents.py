"""Architecture documents, to be changed at the place that a test is about."""

import copy
from typing import Any

import pytest

from fit.architecture_document import ArchitectureError, read

Document = dict[str, Any]

GQA = {"type": "gqa", "heads": 8, "kv_heads": 2, "head_dim": 64}
MOE = {"type": "moe", "experts": 8, "active": 2, "size": 1024}
BLOCK = {"n": 2, "mixers": [GQA], "ffn": {"type": "glu", "size": 2048}}
MINIMAL = {"vocab_size": 1000, "hidden_size": 512, "tie_embeddings": True, "blocks": [BLOCK]}

Place = tuple[str | int, ...]
FIRST_MIXER: Place = ("blocks", 0, "mixers", 0)


def minimal(**overrides: Any) -> Document:
    """The least that describes a model: one group of two equal layers."""
    return copy.deepcopy({**MINIMAL, **overrides})


def with_value(document: Document, place: Place, value: object) -> Document:
    """The document with `value` at a place such as ("blocks", 0, "n")."""
    changed = copy.deepcopy(document)
    container: Any = changed
    for step in place[:-1]:
        container = container[step]
    container[place[-1]] = value
    return changed


def without(document: Document, place: Place) -> Document:
    """The document without what stands at a place."""
    changed = copy.deepcopy(document)
    container: Any = changed
    for step in place[:-1]:
        container = container[step]
    del container[place[-1]]
    return changed


def in_words(place: Place) -> str:
    """A place as problems name it: blocks[0].mixers[1].heads."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).removeprefix(".")


def problems(document: object) -> list[str]:
    """Everything that is said to be wrong with a document, which is refused."""
    with pytest.raises(ArchitectureError) as raised:
        read(document)
    assert str(raised.value) == " ".join(raised.value.problems)
    return raised.value.problems
