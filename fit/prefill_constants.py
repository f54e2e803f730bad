"""The constants of the time of a prompt, as `manage.py calibrate` wrote them; part of fit/speed_constants.json.

A utilization is above 1 where the catalog knows only the arithmetic of a card's ordinary units.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from fit.machine import Machine


@dataclass(frozen=True, kw_only=True)
class Span:
    """Where four of five held-out measurements lie, as multiples of the tokens per second that were estimated."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class PromptTerms:
    """What all cards share.

    `mixture_efficiency`: of the utilization, what the matrices of experts reach. `hidden_passes`: how often each layer
    writes or reads a hidden state. `linear_layer_ms`: milliseconds that a layer with linear attention takes longer for
    each micro-batch.
    """

    mixture_efficiency: float
    hidden_passes: float
    linear_layer_ms: float


@dataclass(frozen=True, kw_only=True)
class PrefillClass:
    """Cards of a kind: the share of their arithmetic that matrices reach, and of that share what attention reaches."""

    utilization: float
    attention: float
    cards: int
    dense: Span
    mixture: Span


@dataclass(frozen=True, kw_only=True)
class Program:
    """Another program than llama.cpp itself: a factor of the utilization, the share of it that attention reaches, and
    milliseconds that a layer takes longer for each micro-batch. None of its estimates is on a page."""

    utilization: float
    attention: float
    layer_ms: float


@dataclass(frozen=True, kw_only=True)
class PrefillConstants:
    """All of it. `other` stands for cards of a class that was not measured.

    Factors of the utilization: `generations` by class and generation of chip, `backends` by class and backend.
    `programs`: what others than llama.cpp itself make of it. `machines`: by card. `measured_dense`, `measured_mixture`:
    ranges of a machine of which two models or more were measured. `unseen` and `other_models`: tokens per second
    predicted for a benchmark, by its slug, with the range of it: by a calibration without its card, and without its
    model on its card but with its others.
    """

    terms: PromptTerms
    classes: Mapping[str, PrefillClass]
    other: PrefillClass
    generations: Mapping[str, float]
    backends: Mapping[str, float]
    programs: Mapping[str, Program]
    machines: Mapping[str, Machine]
    measured_dense: Span
    measured_mixture: Span
    unseen: Mapping[str, list[float]]
    other_models: Mapping[str, list[float]]


def read_prefill(document: Mapping[str, Any]) -> PrefillConstants:
    """The constants in a document of their shape; KeyError or TypeError where it has another."""
    mappings = ("generations", "backends", "unseen", "other_models")
    return PrefillConstants(
        **{
            **document,
            **{name: MappingProxyType(document[name]) for name in mappings},
            "terms": PromptTerms(**document["terms"]),
            "classes": MappingProxyType({name: _class(entry) for name, entry in document["classes"].items()}),
            "other": _class(document["other"]),
            "programs": MappingProxyType({name: Program(**entry) for name, entry in document["programs"].items()}),
            "machines": MappingProxyType({name: Machine(**entry) for name, entry in document["machines"].items()}),
            "measured_dense": Span(**document["measured_dense"]),
            "measured_mixture": Span(**document["measured_mixture"]),
        }
    )


def _class(document: Mapping[str, Any]) -> PrefillClass:
    return PrefillClass(**{**document, "dense": Span(**document["dense"]), "mixture": Span(**document["mixture"])})


def of_class(speed_class: str, name: str) -> str:
    """The key of what a class has of its own: "apple, Apple M5"."""
    return f"{speed_class}, {name}"
