"""The constants of the speed estimate, as `manage.py calibrate` wrote them from the catalog's benchmarks.

Everything that was fitted stands in speed_constants.json and nowhere else. An efficiency is at most 1; a utilization is
above it where the catalog knows only the arithmetic of a card's ordinary units. Times are milliseconds a token; `low`
and `high` are what held-out measurements came to as a multiple of their estimate.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from fit.machine import Machine
from fit.prefill_constants import PrefillConstants, read_prefill

Entry = TypeVar("Entry")
PLAIN_MAPPINGS = ("quantized_cache", "mixes", "old_build_ms", "held_out")
PATH = Path(__file__).parent / "speed_constants.json"


@dataclass(frozen=True, kw_only=True)
class Range:
    """Where four of five held-out measurements lie, as multiples of the estimate; `cards` it rests on."""

    low: float
    high: float
    cards: int


@dataclass(frozen=True, kw_only=True)
class Spans:
    """The ranges of dense models and of mixtures of experts."""

    dense: Range
    mixture: Range


@dataclass(frozen=True, kw_only=True)
class DecodeClass:
    """Cards of a kind: the share of their bandwidth that they reach, and what a layer costs besides reading.

    `cards` were measured. `backend` is the one that the figures are for, `backends` the speed of others beside it.
    `unseen` are the ranges for cards of which nothing was measured, `measured` for those of which other models were.
    """

    efficiency: float
    layer_ms: float
    cards: int
    backend: str
    backends: Mapping[str, float]
    unseen: Spans
    measured: Spans


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """Another program beside llama.cpp's own benchmark: a factor on the speed, and milliseconds of every token."""

    factor: float
    ms: float


@dataclass(frozen=True, kw_only=True)
class SpeedConstants:
    """All of it. `other` stands for cards of a kind that was not measured.

    `cache_read`, `latent_read`: bytes of cache and of latents count so much more than bytes of weights;
    `quantized_cache`: a quantized cache so much more than one at f16, on CUDA and elsewhere. `expert_layer`,
    `linear_layer`: of a layer more for one with experts or with linear attention; `expert_share`: what a mixture
    reaches of a class's share, `mixes`: what families of mixes do. `card_ms`: each further card by layer on CUDA;
    `card_share`: elsewhere, of the time. `ram_layers`, `ram_experts`: the share of RAM's pace on paper. `runtimes`:
    other programs; `old_build_ms`: what builds of 2023 and 2024 took longer, by backend. `laptops`: the range of
    laptops, which goes with that of their class. `held_out`: tokens per second predicted for a benchmark, by its slug,
    and the range of it, by a calibration that had not seen its card, or in small classes its model; then what it would
    be with two other models of its card measured. `prefill`: those of prompts.
    """

    cache_read: float
    latent_read: float
    quantized_cache: Mapping[str, float]
    expert_layer: float
    expert_share: float
    linear_layer: float
    mixes: Mapping[str, float]
    card_ms: float
    card_share: float
    ram_layers: float
    ram_experts: float
    runtimes: Mapping[str, Runtime]
    old_build_ms: Mapping[str, float]
    classes: Mapping[str, DecodeClass]
    other: DecodeClass
    machines: Mapping[str, Machine]
    laptops: Range
    held_out: Mapping[str, list[float]]
    prefill: PrefillConstants


@cache
def load_constants() -> SpeedConstants:
    """Read once in each process."""
    return read(json.loads(PATH.read_text(encoding="utf-8")))


def read(document: Mapping[str, Any]) -> SpeedConstants:
    """The constants in a document of the file's shape; KeyError or TypeError where it has another."""
    return SpeedConstants(
        **{
            **document,
            **{name: MappingProxyType(document[name]) for name in PLAIN_MAPPINGS},
            "runtimes": _each(document["runtimes"], lambda entry: Runtime(**entry)),
            "laptops": Range(**document["laptops"]),
            "machines": _each(document["machines"], lambda entry: Machine(**entry)),
            "classes": _each(document["classes"], _decode),
            "other": _decode(document["other"]),
            "prefill": read_prefill(document["prefill"]),
        }
    )


def _each(document: Mapping[str, Any], make: Callable[[Any], Entry]) -> Mapping[str, Entry]:
    return MappingProxyType({name: make(entry) for name, entry in document.items()})


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
    spans = {name: _spans(document[name]) for name in ("unseen", "measured")}
    return DecodeClass(**{**document, **spans, "backends": MappingProxyType(document["backends"])})


def _spans(document: Mapping[str, Any]) -> Spans:
    return Spans(**{kind: Range(**span) for kind, span in document.items()})
