"""Constants of the speed estimate in round numbers, to be overridden by what a test is about."""

from typing import Any

from fit.speed_constants import DecodeClass, PrefillClass, Range, SpeedConstants


def of_range(low: float = 0.8, high: float = 1.25, cards: int = 5) -> Range:
    return Range(low=low, high=high, cards=cards)


def decode_class(**overrides: Any) -> DecodeClass:
    """Half of the bandwidth and 2 ms a token."""
    values = {"efficiency": 0.5, "overhead_ms": 2.0, "dense": of_range(), "mixture": of_range(0.5, 2.0, 3)}
    return DecodeClass(**{**values, **overrides})


def prefill_class(utilization: float = 0.4) -> PrefillClass:
    return PrefillClass(utilization=utilization, range=of_range())


def speed_constants(**overrides: Any) -> SpeedConstants:
    """One class, "usual"; of the generation "New" it reads prompts twice as fast."""
    values = {
        "cache_read": 1.2,
        "layer_ms": 0.1,
        "mixture_efficiency": 0.8,
        "mixture_ms": 1.0,
        "mixture_prefill": 0.5,
        "card_ms": 0.4,
        "ram_gb_s": 40.0,
        "runtimes": {"llama.cpp": 1.0, "ollama": 0.9},
        "old_build_ms": {"CUDA": 1.5},
        "classes": {"usual": decode_class()},
        "other": decode_class(efficiency=0.25, overhead_ms=4.0),
        "prefill": {"usual": prefill_class(), "usual, New": prefill_class(0.8)},
        "prefill_other": prefill_class(0.2),
        "held_out": {"one": [10.0, 8.0, 12.5]},
    }
    return SpeedConstants(**{**values, **overrides})
