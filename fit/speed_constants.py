"""The constants of the speed estimate, as `manage.py calibrate` wrote them from the catalog's benchmarks.

Everything that was fitted stands in speed_constants.json and nowhere else. An efficiency is at most 1. Times are
milliseconds a token; `low` and `high` are what held-out measurements came to as a multiple of their estimate.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fit.prefill_constants import PrefillConstants, read_prefill

PATH = Path(__file__).parent / "speed_constants.json"


@dataclass(frozen=True, kw_only=True)
class Range:
    """Where four of five held-out measurements lie, as multiples of the estimate; `cards` it rests on."""

    low: float
    high: float
    cards: int


@dataclass(frozen=True, kw_only=True)
class DecodeClass:
    """Cards of a kind: the share of their bandwidth that they reach, and what every token costs besides."""

    efficiency: float
    overhead_ms: float
    dense: Range
    mixture: Range


@dataclass(frozen=True, kw_only=True)
class SpeedConstants:
    """All of it. `other` stands for cards of a kind that was not measured.

    `cache_read`: bytes of cache count so much more than bytes of weights. `layer_ms`: each layer's share of the
    overhead. `mixture_efficiency`: of a mixture's active weights, on top of the class's. `card_ms`: each further
    card. `runtimes`: another program's speed over llama.cpp's own benchmark. `old_build_ms`: what builds of 2023 and
    2024 took longer, by backend. `held_out`: tokens per second predicted for a benchmark, by its slug, and the
    range of it, by a calibration that had not seen its card. `prefill`: those of the time of a prompt.
    """

    cache_read: float
    layer_ms: float
    mixture_efficiency: float
    mixture_ms: float
    card_ms: float
    ram_gb_s: float
    runtimes: Mapping[str, float]
    old_build_ms: Mapping[str, float]
    classes: Mapping[str, DecodeClass]
    other: DecodeClass
    held_out: Mapping[str, list[float]]
    prefill: PrefillConstants


@cache
def load_constants() -> SpeedConstants:
    """Read once in each process."""
    return read(json.loads(PATH.read_text(encoding="utf-8")))


def read(document: Mapping[str, Any]) -> SpeedConstants:
    """The constants in a document of the file's shape; KeyError or TypeError where it has another."""
    mappings = ("runtimes", "old_build_ms", "held_out")
    return SpeedConstants(
        **{
            **document,
            **{name: MappingProxyType(document[name]) for name in mappings},
            "classes": MappingProxyType({name: _decode(entry) for name, entry in document["classes"].items()}),
            "other": _decode(document["other"]),
            "prefill": read_prefill(document["prefill"]),
        }
    )


def to_text(constants: SpeedConstants) -> str:
    """The file of these constants: to four digits, which is more than they are known to."""
    return json.dumps(_plain(constants), indent=1) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _decode(document: Mapping[str, Any]) -> DecodeClass:
    return DecodeClass(**{**document, "dense": Range(**document["dense"]), "mixture": Range(**document["mixture"])})
