"""Measurements made up from constants, to be overridden by what a test is about."""

import dataclasses
import itertools
from collections.abc import Iterator
from typing import Any

from fit.observation import Observation, predicted_tokens_s
from fit.speed_constants import SpeedConstants
from fit.units import GB
from fit.work import Work

SIZES = (1, 4, 9, 18)


def work(size_bytes: float, *, mixture: bool = False, **overrides: Any) -> Work:
    """A token that reads `size_bytes` of weights in 32 layers; of a mixture all have experts."""
    layers = overrides.pop("layers", 32)
    return Work(weights_bytes=size_bytes, layers=layers, **{"expert_layers": layers if mixture else 0, **overrides})


def observation(**overrides: Any) -> Observation:
    """A card of 1000 GB/s that reads 4 GB a token, with everything on it, by a build of today."""
    values = {
        "slug": "one",
        "label": "One",
        "card": "card",
        "model": "model",
        "gpu": None,
        "speed_class": "usual",
        "bandwidth_gb_s": 1000.0,
        "work": work(4 * GB),
        "depth": 0,
        "architecture": None,
        "parameters": 8 * 10**9,
        "cards": 1,
        "split": "",
        "offload": "",
        "says_what_is_in_ram": False,
        "ram_gb_s": None,
        "runtime": "llama.cpp",
        "backend": "CUDA",
        "is_old_build": False,
        "for_calibration": True,
        "tokens_s": 100.0,
        "rule_tokens_s": None,
    }
    return Observation(**{**values, **overrides})


def as_predicted(constants: SpeedConstants, **overrides: Any) -> Observation:
    """One that was exactly as fast as these constants say."""
    template = observation(**overrides)
    return dataclasses.replace(template, tokens_s=predicted_tokens_s(template, constants))


def cards(constants: SpeedConstants, count: int, **overrides: Any) -> Iterator[Observation]:
    """Cards of different bandwidth, each with four models of different size and depth."""
    name = overrides.get("speed_class", "usual")
    for index, size in itertools.product(range(count), SIZES):
        named = {
            "work": work(size * GB, layers=16 + 4 * size),
            "slug": f"{name}-{index}-{size}",
            "card": f"{name}-{index}",
            "model": f"model-{size}",
            "bandwidth_gb_s": 300.0 + 200 * index,
        }
        yield as_predicted(constants, **{**named, **overrides})
