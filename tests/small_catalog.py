"""A catalog of five cards and four models, made without a database: what tests about code are about.

The cards stand for a gamer's card, a small one, a data centre's, a laptop's and a Mac; the models for a small dense
one, a large one, a mixture of experts, and one of which only the size is known. All of it is made up, so that an editor
who changes the real catalog changes nothing here.
"""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from catalog.models.revision import Revision
from catalog.snapshot import (
    EMPTY_SNAPSHOT,
    PublishedBenchmark,
    PublishedGpu,
    PublishedModel,
    PublishedQuant,
    Snapshot,
)
from fit.cards import preference
from tests.published import (
    CHANGED_AT,
    dense,
    mixture_of_experts,
    published_benchmark,
    published_file,
    published_gpu,
    published_model,
    published_quant,
)


def five_gpus() -> tuple[PublishedGpu, ...]:
    return (
        published_gpu(
            "RTX 24",
            memory_gb=24,
            bandwidth_gb_s=1008,
            reported_mib=24080,
            reported_by="cuda",
            drives_display=True,
            compute_tflops=Decimal(165),
            launch_price_usd=Decimal(1599),
        ),
        published_gpu(
            "RTX 8",
            memory_gb=8,
            bandwidth_gb_s=256,
            reported_mib=7900,
            reported_by="cuda",
            drives_display=True,
            compute_tflops=Decimal(60),
            power_w=130,
        ),
        published_gpu(
            "H80",
            memory_gb=80,
            bandwidth_gb_s=2039,
            segment="datacenter",
            speed_class="nvidia-hbm",
            chip_architecture="Ampere",
            memory_type="HBM2e",
            reported_mib=81000,
            reported_by="cuda",
            compute_tflops=Decimal(312),
            launch_price_usd=None,
        ),
        published_gpu(
            "RX 16 Laptop",
            memory_gb=16,
            bandwidth_gb_s=512,
            vendor="AMD",
            segment="laptop",
            speed_class="amd-rdna",
            chip_architecture="RDNA 3",
            common=False,
            power_w=None,
            release_date=None,
            launch_price_usd=None,
        ),
        published_gpu(
            "Mac 64",
            memory_gb=64,
            bandwidth_gb_s=546,
            vendor="Apple",
            segment="apple",
            speed_class="apple",
            chip_architecture="Apple M4",
            unified_memory=True,
            usable_share=Decimal("0.72"),
            memory_type="LPDDR5X",
            reported_mib=53084,
            reported_by="metal",
            power_w=None,
            launch_price_usd=None,
        ),
    )


def four_models() -> tuple[PublishedModel, ...]:
    return (
        published_model("Small 8B", 8_030_261_248, dense(layers=32, width=4096, heads=32, feed_forward=14336)),
        published_model(
            "Large 70B",
            70_553_706_496,
            dense(layers=80, width=8192, heads=64, feed_forward=28672),
            licence="Large Licence",
            commercial_use="with conditions",
            release_date=datetime.date(2024, 12, 6),
        ),
        published_model(
            "Mixture 30B",
            30_532_122_624,
            mixture_of_experts(),
            mixture_of_experts=True,
            active_parameters=3_353_032_704,
            native_context=32768,
            extended_context=131072,
            release_date=datetime.date(2025, 4, 29),
        ),
        published_model(
            "Closed 100B",
            100_000_000_000,
            None,
            mixture_of_experts=True,
            native_context=None,
            licence="",
            release_date=None,
        ),
    )


def six_quants() -> tuple[PublishedQuant, ...]:
    """Best quality first."""
    return (
        published_quant("FP16 (full)", "2.00", False, "0.0005"),
        published_quant("Q8_0", "1.06", False, "0.0013"),
        published_quant("Q6_K", "0.82", True, "0.0054"),
        published_quant("Q5_K_M", "0.69", True, "0.0107"),
        published_quant("Q4_K_M", "0.56", True, "0.0312"),
        published_quant("Q3_K_M", "0.43", True, "0.1019"),
    )


def some_benchmarks() -> tuple[PublishedBenchmark, ...]:
    """In order of their slugs: two of one pair, two that are near it, and four that the calibration does not use."""
    unused = {"for_calibration": False}
    return (
        published_benchmark("a-small-on-rtx-24", "small-8b", "rtx-24", "127.5"),
        published_benchmark("b-small-on-rtx-8", "small-8b", "rtx-8", "42.5"),
        published_benchmark("c-mixture-on-rtx-24", "mixture-30b", "rtx-24", "180.2"),
        published_benchmark("d-small-hosted", "small-8b", "rtx-24", "61.0", runtime="llamafile (llama.cpp)", **unused),
        published_benchmark("e-small-of-old", "small-8b", "rtx-24", "110.0", build="2023-24", **unused),
        published_benchmark("f-large-on-two", "large-70b", "rtx-24", "18.7", gpu_count=2, split="layer", **unused),
        published_benchmark("g-large-in-ram", "large-70b", "rtx-24", "2.6", offload="-ngl 40 of 80", **unused),
        published_benchmark("h-large-on-h80", "large-70b", "h80", "21.9"),
    )


def snapshot_of(
    *,
    gpus: Iterable[PublishedGpu] | None = None,
    models: Iterable[PublishedModel] | None = None,
    quants: Iterable[PublishedQuant] | None = None,
    others: Iterable[PublishedQuant] = (),
    benchmarks: Iterable[PublishedBenchmark] | None = None,
    default_slug: str = "q4-k-m",
    **overrides: Any,
) -> Snapshot:
    """The small catalog, or with other records in the place of its own; `others` are quantizations below the usual."""
    by_slug = {gpu.slug: gpu for gpu in (five_gpus() if gpus is None else gpus)}
    models_by_slug = {model.slug: model for model in (four_models() if models is None else models)}
    common = sorted((gpu for gpu in by_slug.values() if gpu.common), key=lambda gpu: preference(gpu.spec))
    by_size = sorted(models_by_slug.values(), key=lambda model: (model.spec.parameters, model.slug))
    file = published_file()
    always = tuple(six_quants() if quants is None else quants)
    facts = {
        "revision": Revision("small", CHANGED_AT),
        "gpus": MappingProxyType(by_slug),
        "models": MappingProxyType(models_by_slug),
        "quants": always,
        "all_quants": (*always, *others),
        "files_of": MappingProxyType({"small-8b": (file,)}),
        "default_slug": default_slug,
        "quants_changed_at": CHANGED_AT,
        "common_gpus": tuple(common),
        "models_by_size": tuple(by_size),
        "benchmarks": tuple(some_benchmarks() if benchmarks is None else benchmarks),
        "former_gpu_slugs": MappingProxyType({"rtx-24-gb": "rtx-24"}),
        "former_model_slugs": MappingProxyType({"small-8": "small-8b"}),
    }
    return replace(EMPTY_SNAPSHOT, **{**facts, **overrides})


@cache
def small_catalog() -> Snapshot:
    """The one that tests share; it cannot be changed."""
    return snapshot_of()
