"""Constants of the speed estimate in round numbers, to be overridden by what a test is about."""

from typing import Any

from fit.machine import Machine
from fit.prefill_constants import PrefillClass, PrefillConstants, Program, PromptTerms, Span
from fit.speed_constants import DecodeClass, Range, Runtime, Spans, SpeedConstants


def of_range(low: float = 0.8, high: float = 1.25, cards: int = 5) -> Range:
    return Range(low=low, high=high, cards=cards)


def spans(dense: Range | None = None, mixture: Range | None = None) -> Spans:
    return Spans(dense=dense or of_range(), mixture=mixture or of_range(0.5, 2.0, 3))


def decode_class(**overrides: Any) -> DecodeClass:
    """Half of the bandwidth and 0.1 ms a layer, on CUDA; Vulkan does three quarters of that."""
    values = {
        "efficiency": 0.5,
        "layer_ms": 0.1,
        "cards": 5,
        "backend": "CUDA",
        "backends": {"Vulkan": 0.75},
        "unseen": spans(),
        "measured": spans(of_range(0.9, 1.1, 4), of_range(0.85, 1.2, 2)),
    }
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
    """One class, "usual"; two cards were measured."""
    values = {
        "cache_read": 1.2,
        "latent_read": 2.0,
        "quantized_cache": {"CUDA": 1.5, "other": 2.0},
        "expert_layer": 0.5,
        "expert_share": 0.8,
        "linear_layer": 0.25,
        "mixes": {"other mixes": 1.0, "F16 and Q8_0": 1.1, "MXFP4": 1.2},
        "card_ms": 0.4,
        "card_share": 0.1,
        "ram_layers": 0.4,
        "ram_experts": 0.2,
        "runtimes": {
            "llama.cpp": Runtime(factor=1.0, ms=0.0),
            "llama.cpp server": Runtime(factor=0.9, ms=0.5),
            "ollama": Runtime(factor=0.9, ms=0.5),
        },
        "old_build_ms": {"CUDA": 1.5},
        "classes": {"usual": decode_class()},
        "other": decode_class(efficiency=0.25, layer_ms=0.2, backend="", cards=0),
        "machines": {"quick": Machine(factor=1.2, models=3), "once": Machine(factor=1.1, models=1)},
        "laptops": of_range(0.6, 1.1, 8),
        "held_out": {"one": [10.0, 8.0, 12.5], "two": [10.0, 8.0, 12.5, 11.0]},
        "prefill": prefill_constants(),
    }
    return SpeedConstants(**{**values, **overrides})
