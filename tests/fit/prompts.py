"""Measured prompts made up from constants, to be overridden by what a test is about."""

import dataclasses
import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from fit.architecture import Architecture
from fit.prefill_constants import PrefillConstants
from fit.prompt import prompt_work, stack_work
from fit.prompt_observation import PromptObservation, prompt_tokens_s
from tests.builders import gpu_spec
from tests.fit.architectures import RECURRENT, architecture, group, mixture

MODELS = {
    "small": architecture(),
    "deep": architecture(blocks=(group(n=24),)),
    "mixture": mixture(),
    "recurrent": RECURRENT,
}


def prompt_observation(of: Architecture | None = None, **overrides: Any) -> PromptObservation:
    """512 tokens read by a card of 100 TFLOPS and 1000 GB/s at 1000 tokens a second, with everything on it."""
    values: dict[str, Any] = {
        "slug": "one",
        "label": "One",
        "card": "card",
        "model": "small",
        "gpu": gpu_spec(speed_class="usual", compute_tflops=Decimal(100), bandwidth_gb_s=Decimal(1000)),
        "architecture": of or architecture(),
        "depth": 0,
        "micro_batch": 512,
        "accounting": None,
        "flags": None,
        "runtime": "llama.cpp",
        "backend": "CUDA",
        "cards": 1,
        "offload": "",
        "is_old_build": False,
        "for_calibration": True,
        "by_units": True,
        "tokens_s": 1000.0,
    }
    prompt = overrides.pop("prompt", 512)
    given = {**values, **overrides}
    work = prompt_work(
        stack_work(given["architecture"]), prompt, depth=given["depth"], micro_batch=given["micro_batch"]
    )
    return PromptObservation(**{"work": work, **given})


def prompt_as_predicted(
    constants: PrefillConstants, of: Architecture | None = None, faster: float = 1, **overrides: Any
) -> PromptObservation:
    """One that was exactly as fast as these constants say, or so many times as fast."""
    template = prompt_observation(of, **overrides)
    return dataclasses.replace(template, tokens_s=faster * prompt_tokens_s(template, constants))


def prompts_of_cards(constants: PrefillConstants, count: int, **overrides: Any) -> Iterator[PromptObservation]:
    """Cards of different arithmetic and bandwidth, each with four models, of short and long prompts."""
    for index, (name, of) in itertools.product(range(count), MODELS.items()):
        gpu = gpu_spec(
            speed_class="usual",
            chip_architecture=("Old", "New")[index % 2],
            compute_tflops=Decimal(20 + 30 * index),
            bandwidth_gb_s=Decimal(300 + 200 * index),
        )
        for prompt in (512, 16384):
            named = {"slug": f"{index}-{name}-{prompt}", "card": f"card-{index}", "model": name, "gpu": gpu}
            yield prompt_as_predicted(constants, of, prompt=prompt, **{**named, **overrides})
