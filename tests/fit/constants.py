"""Constants of the speed estimate in round numbers, to be overridden by what a test is about."""

from typing import Any

from fit.prefill_constants import Machine, PrefillClass, PrefillConstants, Program, PromptTerms, Span
from fit.speed_constants import DecodeClass, Range, SpeedConstants


def of_range(low: float = 0.8, high: float = 1.25, cards: int = 5) -> Range:
    return Range(low=low, high=high, cards=cards)


def decode_class(**overrides: Any) -> DecodeClass:
    """Half of the bandwidth and 2 ms a token."""
    values = {"efficiency": 0.5, "overhead_ms": 2.0, "dense": of_range(), "mixture": of_range(0.5, 2.0, 3)}
    return DecodeClass(**{**values, **overrides})


def prefill_class(utilization: float = 0.4, **overrides: Any) -> PrefillClass:
    """Attention reaches half of that; five cards were measured."""
    values = {"attention": 0.5, "cards": 5, "dense": Span(low=0.8, high=1.25), "mixture": Span(low=0.5, high=2)}
    return PrefillClass(utilization=utilization, **{**values, **overrides})


def prefill_constants(**overrides: Any) -> PrefillConstants:
    """One class, "usual"; its generation "New" reads prompts twice as fast, "measured" is a card with three models."""
    values = {
        "terms": PromptTerms(mixture_efficiency=0.5, hidden_passes=50, linear_layer_ms=2),
        "classes": {"usual": prefill_class()},
        "other": prefill_class(0.2, cards=0),
        "generations": {"usual, New": 2.0},
        "backends": {"usual, Vulkan": 0.5},
        "programs": {"llamafile": Program(utilization=0.8, attention=0.1, layer_ms=0.5)},
        "machines": {"measured": Machine(factor=1.25, models=3)},
        "measured_dense": Span(low=0.9, high=1.1),
        "measured_mixture": Span(low=0.7, high=1.4),
        "unseen": {"one": [10.0, 8.0, 12.5]},
        "other_models": {"one": [11.0, 9.0, 13.5]},
    }
    return PrefillConstants(**{**values, **overrides})


def speed_constants(**overrides: Any) -> SpeedConstants:
    """One class, "usual"."""
    values = {
        "cache_read": 1.2,
        "layer_ms": 0.1,
        "mixture_efficiency": 0.8,
        "mixture_ms": 1.0,
        "card_ms": 0.4,
        "ram_gb_s": 40.0,
        "runtimes": {"llama.cpp": 1.0, "ollama": 0.9},
        "old_build_ms": {"CUDA": 1.5},
        "classes": {"usual": decode_class()},
        "other": decode_class(efficiency=0.25, overhead_ms=4.0),
        "held_out": {"one": [10.0, 8.0, 12.5]},
        "prefill": prefill_constants(),
    }
    return SpeedConstants(**{**values, **overrides})
