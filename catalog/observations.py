"""Published measurements as the speed estimate sees them: what was read for a token, on what, how fast.

A benchmark whose card or model the catalog does not have is still one where it says enough by itself: bandwidth, class
and bytes of the file.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from catalog import published, published_measurements
from catalog.models import Benchmark
from catalog.published import PublishedGpu, PublishedModel, PublishedQuant
from catalog.published_measurements import MeasuredSpeed
from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fit.file_labels import base_mix
from fit.flags import Flags
from fit.kv_cache import CacheType, CacheTypes
from fit.memory import Accounting
from fit.mix_families import family
from fit.needs import account
from fit.observation import Observation
from fit.quant_mixes import BASE_TYPES
from fit.ram import pace_gb_s
from fit.reading import Reading, reading
from fit.specs import QuantSpec
from fit.work import Work, work_at

# Full precision is read as such whichever of the two it is.
MIX_OF_LABEL = {"BF16": "F16", "MXFP4": "Q8_0"}
TYPICAL_LAYERS = 32
LAYERS_ON_GPU = re.compile(r"-ngl (\d+) of \d+|(\d+)(?:/\d+| of \d+) layers on GPU")
EXPERTS_IN_RAM = re.compile(r"--n-cpu-moe (\d+) of \d+")


def observations(snapshot: Snapshot, benchmarks: Iterable[MeasuredSpeed]) -> Iterator[Observation]:
    """Those of the benchmarks that say enough to be estimated, in their order."""
    for benchmark in benchmarks:
        gpu, model = snapshot.gpus.get(benchmark.gpu), snapshot.models.get(benchmark.model)
        observation = _observation(benchmark, gpu, model, snapshot.quants)
        if observation:
            yield observation


def observation_of(
    row: Benchmark, model: PublishedModel | None = None, gpu: PublishedGpu | None = None
) -> Observation | None:
    """The measurement of one row, whether it and what it names are published or not; None where it says too little.

    `model` and `gpu` are those of the row, where somebody has them at hand: what was worked out of them is kept there.
    """
    gpu = gpu or (published.gpu(row.gpu) if row.gpu else None)
    model = model or (published.model(row.model) if row.model else None)
    quants = [published.quant(row.quant)] if row.quant else []
    slugs = {"gpu": gpu.slug if gpu else "", "model": model.slug if model else ""}
    benchmark = published_measurements.benchmark(row, **slugs, quant=quants[0].slug if quants else "")
    return _observation(benchmark, gpu, model, quants)


def _observation(
    benchmark: MeasuredSpeed, gpu: PublishedGpu | None, model: PublishedModel | None, quants: Iterable[PublishedQuant]
) -> Observation | None:
    bandwidth = gpu.spec.bandwidth_gb_s if gpu else benchmark.bandwidth_gb_s
    accounting = accounting_of(benchmark, model)
    flags = flags_of(benchmark.offload) if accounting else None
    work = _work(benchmark, model, accounting, flags)
    runtime = runtime_key(benchmark.runtime, benchmark.backend)
    if bandwidth is None or work is None or not runtime:
        return None
    return Observation(
        slug=benchmark.slug,
        label=f"{gpu.name if gpu else benchmark.gpu_label}, {benchmark.model_label} {benchmark.quant_label}",
        card=benchmark.gpu or benchmark.gpu_label,
        model=benchmark.model or benchmark.model_label,
        gpu=gpu.spec if gpu else None,
        speed_class=gpu.spec.speed_class if gpu else benchmark.speed_class,
        bandwidth_gb_s=float(bandwidth),
        work=work,
        depth=benchmark.context_tokens or 0,
        architecture=model.spec.architecture if model else None,
        parameters=model.spec.parameters if model else benchmark.active_parameters,
        cards=benchmark.gpu_count,
        split=benchmark.split,
        offload=benchmark.offload,
        says_what_is_in_ram=flags is not None,
        ram_gb_s=_ram_gb_s(benchmark),
        runtime=runtime,
        backend=backend_of(benchmark.backend),
        is_old_build=benchmark.build == Benchmark.Build.OLD,
        for_calibration=benchmark.for_calibration,
        tokens_s=float(benchmark.decode_tokens_s),
        rule_tokens_s=_rule_tokens_s(benchmark, gpu, model, quants),
    )


def _rule_tokens_s(
    benchmark: MeasuredSpeed, gpu: PublishedGpu | None, model: PublishedModel | None, quants: Iterable[PublishedQuant]
) -> float | None:
    """The ceiling of the rule of thumb, where card, model and quantization are the catalog's."""
    quant = next((quant for quant in quants if quant.spec.mix == benchmark.quant_label), None)
    if not (gpu and model and quant):
        return None
    ceiling = rule_of_thumb.ceiling_tokens_s(model.spec, quant.spec, gpu.spec)
    return float(ceiling) if ceiling is not None else None


def accounting_of(benchmark: MeasuredSpeed, model: PublishedModel | None) -> Accounting | None:
    """By the model's own tensors, where they and the mix are known; of a file of no plain mix by its bytes, too.

    MXFP4 is a mix only of models made in it.
    """
    label = benchmark.quant_label
    if model is None or model.spec.architecture is None:
        return None
    if label == "MXFP4" and not model.spec.architecture.gguf.mxfp4_experts:
        return None
    mix = MIX_OF_LABEL.get(label, label)
    if mix in BASE_TYPES:
        return account(model.spec, _quant(mix))
    nearest = base_mix(label)
    return (
        account(model.spec, _quant(nearest), benchmark.weights_bytes) if nearest and benchmark.weights_bytes else None
    )


def _quant(mix: str) -> QuantSpec:
    return QuantSpec(slug=mix, bytes_per_weight=Decimal(1), mix=mix)


def _work(
    benchmark: MeasuredSpeed, model: PublishedModel | None, accounting: Accounting | None, flags: Flags | None
) -> Work | None:
    context = benchmark.context_tokens or 0
    types = CacheTypes(_cache_type(benchmark.cache_keys), _cache_type(benchmark.cache_values))
    if accounting:
        return work_at(accounting, context, types, flags)
    # Of a mixture, the whole file says nothing of what a token reads.
    whole = None if benchmark.mixture_of_experts else benchmark.weights_bytes
    weights_bytes = benchmark.active_weights_bytes or whole
    if not weights_bytes:
        return None
    architecture = model.spec.architecture if model else None
    work = _passed(reading(architecture), context) if architecture else _typical(benchmark.mixture_of_experts)
    return work._replace(weights_bytes=weights_bytes, mix=family(base_mix(benchmark.quant_label) or ""))


def _passed(read: Reading, context: int) -> Work:
    """The layers and the cache of an architecture, without weights."""
    return Work(
        weights_bytes=0,
        cache_bytes=read.caches.size_bytes(context),
        latent_bytes=read.latents.size_bytes(context) if read.latents else 0,
        layers=read.layers,
        expert_layers=read.expert_layers,
        linear_layers=read.linear_layers,
    )


def _typical(mixture: bool) -> Work:
    """A model of which nobody knows the layers."""
    return Work(weights_bytes=0, layers=TYPICAL_LAYERS, expert_layers=TYPICAL_LAYERS if mixture else 0)


def _cache_type(name: str) -> CacheType:
    return CacheType(name) if name else CacheType.F16


def flags_of(offload: str) -> Flags | None:
    """What the source says of layers or experts in RAM; None where it says nothing, or not how many."""
    in_layers, in_experts = LAYERS_ON_GPU.search(offload), EXPERTS_IN_RAM.search(offload)
    if not (in_layers or in_experts):
        return None
    gpu_layers = int(next(filter(None, in_layers.groups()))) if in_layers else None
    return Flags(gpu_layers, int(in_experts[1]) if in_experts else 0)


def _ram_gb_s(benchmark: MeasuredSpeed) -> float | None:
    """The pace on paper that the source states, or that of modules of the kind that it names."""
    if benchmark.ram_gb_s:
        return float(benchmark.ram_gb_s)
    return pace_gb_s(benchmark.ram_kind, benchmark.ram_channels)


def backend_of(backend: str) -> str:
    """What a card is programmed with, without the driver or the program; "" where the source names none, or several."""
    words = backend.split()
    return "" if not words or "or" in words else words[0]


def runtime_key(runtime: str, backend: str) -> str:
    """What the program counts as: programs that are not llama.cpp inside have no estimate, and no key."""
    if "llamafile" in runtime:
        return "llamafile, Metal" if "Metal" in backend else "llamafile"
    if "ollama" in runtime:
        return "ollama"
    return runtime if runtime in ("llama.cpp", "llama.cpp server") else ""
