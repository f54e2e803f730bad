"""What the public sees of measurements, and what the speed estimate asks of them."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from catalog.models import Benchmark
from catalog.published import PublishedRecord, copy_of


@dataclass(frozen=True, kw_only=True, eq=False)
class MeasuredSpeed:
    """What the speed estimate asks of a measurement. `gpu` and `model` are slugs of published records, or "".

    `build` is the era of the program; figures of different eras are not comparable. `depth_tokens` were in the cache
    before the measured ones; types of the cache are "" where not stated.
    """

    slug: str
    gpu: str
    gpu_label: str
    gpu_count: int
    split: str
    bandwidth_gb_s: Decimal | None
    speed_class: str
    power_limit_w: int | None
    ram_kind: str
    ram_channels: int | None
    ram_gb_s: Decimal | None
    ram_label: str
    model: str
    model_label: str
    quant_label: str
    active_parameters: int | None
    mixture_of_experts: bool
    weights_bytes: int | None
    active_weights_bytes: int | None
    decode_tokens_s: Decimal
    context_tokens: int | None
    depth_tokens: int | None
    cache_keys: str
    cache_values: str
    prefill_tokens_s: Decimal | None
    prefill_test: str
    prefill_tokens: int | None
    runtime: str
    backend: str
    build: str
    build_number: str
    offload: str
    for_calibration: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedBenchmark(PublishedRecord, MeasuredSpeed):
    """A published measurement. `quant` is the slug of a published quantization, or ""; `hidden_because` is why no page
    prints it, and "" where pages do."""

    name: str
    quant: str
    parameters: int | None
    weights_basis: str
    test: str
    measured_in: str
    runs: int | None
    trust: str
    hidden_because: str
    updated_at: datetime.datetime


def benchmark(row: Benchmark, *, gpu: str, model: str, quant: str) -> PublishedBenchmark:
    """The measurement, with the slugs of its card, model and quantization, each "" where it is not published."""
    return copy_of(PublishedBenchmark, row, gpu=gpu, model=model, quant=quant)
