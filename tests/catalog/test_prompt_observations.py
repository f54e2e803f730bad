"""Which published measurements say how fast a prompt was read, and what they say of it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from catalog.prompt_observations import Test as PromptTest
from catalog.prompt_observations import backend_key, prompt_observations, prompt_test
from catalog.snapshot import Snapshot
from fit.flags import Flags
from fit.prompt import prompt_work, stack_work
from fit.prompt_observation import PromptObservation
from tests.published import published_benchmark
from tests.small_catalog import snapshot_of

MEASURED: dict[str, Any] = {
    "prefill_tokens_s": Decimal(2000),
    "prefill_test": "pp512",
    "prefill_tokens": 512,
}


@pytest.fixture
def small() -> Snapshot:
    return snapshot_of()


def of(small: Snapshot, model: str = "small-8b", gpu: str = "rtx-24", **overrides: Any) -> list[PromptObservation]:
    benchmark = published_benchmark("one", model, gpu, "80", **{**MEASURED, **overrides})
    return list(prompt_observations(small, [benchmark]))


def test_a_measured_prompt_is_observed_with_its_work(small: Snapshot) -> None:
    [row] = of(small, prefill_test="pp2048 @ d16384 -ub 1024", prefill_tokens=None)
    architecture = small.models["small-8b"].spec.architecture
    assert architecture
    assert row.work == prompt_work(stack_work(architecture), 2048, depth=16384, micro_batch=1024)
    assert (row.card, row.model, row.runtime, row.backend) == ("rtx-24", "small-8b", "llama.cpp", "CUDA")
    assert (row.tokens_s, row.depth, row.calibrates) == (2000, 16384, True)


@pytest.mark.parametrize(
    "missing",
    [
        {"prefill_tokens_s": None},
        {"prefill_test": "", "prefill_tokens": None},
        {"runtime": "vLLM"},
        {"model": "closed-100b"},
        {"gpu": ""},
    ],
)
def test_what_says_too_little_is_left_out(small: Snapshot, missing: dict[str, Any]) -> None:
    assert of(small)
    assert of(small, **missing) == []


def test_a_card_whose_arithmetic_nobody_published_is_left_out(small: Snapshot) -> None:
    gpu = small.gpus["rtx-24"]
    blind = replace(gpu, spec=replace(gpu.spec, compute_tflops=None))
    assert of(replace(small, gpus={**small.gpus, "rtx-24": blind})) == []


@pytest.mark.parametrize(
    ("name", "tokens", "test"),
    [
        ("pp512", None, PromptTest(512, 0, 512)),
        ("pp2048 @ d8192", None, PromptTest(2048, 8192, 512)),
        ("pp2048 -ub 2048", 2048, PromptTest(2048, 0, 2048)),
        ("LocalScore mean", 1332, PromptTest(1332, 0, 512)),
        ("", None, None),
    ],
)
def test_the_test_is_read_from_its_name(name: str, tokens: int | None, test: PromptTest | None) -> None:
    benchmark = published_benchmark("one", "small-8b", "rtx-24", "80", prefill_test=name, prefill_tokens=tokens)
    assert prompt_test(benchmark) == test


@pytest.mark.parametrize(
    ("backend", "key"),
    [
        ("Metal (llamafile)", "Metal"),
        ("Vulkan RADV", "Vulkan"),
        ("Vulkan or ROCm, the best", "Vulkan or ROCm"),
        ("CPU", "CPU"),
    ],
)
def test_a_backend_goes_without_what_is_said_of_it_besides(backend: str, key: str) -> None:
    assert backend_key(backend) == key


def test_what_lay_in_ram_is_told_where_the_source_says_it(small: Snapshot) -> None:
    [experts] = of(small, "mixture-30b", offload="--n-cpu-moe 10 of 48")
    assert experts.flags == Flags(cpu_moe_layers=10)
    assert experts.accounting
    [layers] = of(small, offload="-ngl 20 of 33")
    assert layers.flags == Flags(gpu_layers=20)
    [unknown] = of(small, offload="cpu only")
    assert (unknown.flags, unknown.accounting, unknown.calibrates) == (None, None, False)


def test_bf16_by_vulkan_stands_for_no_other_type(small: Snapshot) -> None:
    assert [row.by_units for row in of(small, backend="Vulkan RADV", quant_label="BF16")] == [False]
    assert [row.by_units for row in of(small, backend="ROCm", quant_label="BF16")] == [True]
    assert [row.by_units for row in of(small, backend="Vulkan", quant_label="Q8_0")] == [True]
