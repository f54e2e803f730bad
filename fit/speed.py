"""Tokens per second to expect, with the range that they usually fall in.

    decode   ms = (weights read + cache_read x cache read) / (efficiency x bandwidth) + overhead + layers x layer_ms
    prefill  s  = arithmetic of the prompt / (utilization x arithmetic per second)

Weights read are the bytes in VRAM; of a mixture of experts, of the experts only those that a token uses. Constants are
those of the card's class (`fit.speed_constants`). One stream, llama.cpp, everything in VRAM unless said. GB is 10^9.
"""

from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from fit import kv_cache
from fit.architecture import Architecture, Experts, GroupedQueryAttention, LatentAttention, LayerGroup
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.placement import Offload
from fit.specs import GpuSpec, ModelSpec
from fit.speed_constants import DecodeClass, PrefillClass, Range, SpeedConstants, load_constants
from fit.tensors import layers
from fit.units import GB
from fit.weights import Weights

MS_PER_S = 1000


class Work(NamedTuple):
    """What one token takes: bytes of weights and of cache that are read, layers that are run."""

    weights_bytes: float
    cache_bytes: float
    layers: int
    mixture: bool


class Estimate(NamedTuple):
    """Tokens per second to expect, where four of five measurements fall, and on how many cards of the kind it rests."""

    tokens_s: float
    low: float
    high: float
    cards: int


class Wait(NamedTuple):
    """Seconds until the first token, with the range of it."""

    seconds: float
    low: float
    high: float
    cards: int


def decode(
    accounting: Accounting, gpu: GpuSpec, context: int, cache_type: CacheType = CacheType.F16, *, cards: int = 1
) -> Estimate:
    """Generation with `context` tokens in the cache; `cards` equal ones take the layers in turn."""
    constants, work = load_constants(), work_at(accounting, context, cache_type)
    ms = token_ms(work, gpu.bandwidth, decode_class_of(gpu), constants) + (cards - 1) * constants.card_ms
    return _estimate(ms, work, gpu)


def decode_offloaded(
    accounting: Accounting, gpu: GpuSpec, offload: Offload, context: int, cache_type: CacheType = CacheType.F16
) -> Estimate:
    """Generation with a part of the model in RAM, which is read at RAM's own pace."""
    constants, work = load_constants(), work_at(accounting, context, cache_type)
    ram_bytes = min(work.weights_bytes, read_in_ram(accounting, offload))
    in_vram = work._replace(weights_bytes=work.weights_bytes - ram_bytes)
    waiting_ms = ram_ms(ram_bytes, constants)
    ms = token_ms(in_vram, gpu.bandwidth, decode_class_of(gpu), constants) + waiting_ms
    estimate = _estimate(ms, in_vram, gpu)
    return estimate._replace(high=min(estimate.high, MS_PER_S / waiting_ms)) if waiting_ms else estimate


def first_token(accounting: Accounting, model: ModelSpec, gpu: GpuSpec, prompt: int) -> Wait | None:
    """The wait for the first token after a prompt of `prompt` tokens; None where compute or active part is unknown."""
    if gpu.compute_tflops is None or model.parameters_per_token is None:
        return None
    prefill_class = prefill_class_of(gpu)
    work = prompt_tflop(accounting.architecture, model.parameters_per_token, prompt)
    share = prefill_class.utilization * (load_constants().mixture_prefill if model.mixture_of_experts else 1)
    seconds, span = work / (share * float(gpu.compute_tflops)), prefill_class.range
    return Wait(seconds=seconds, low=seconds / span.high, high=seconds / span.low, cards=span.cards)


def token_ms(work: Work, bandwidth_gb_s: float, decode_class: DecodeClass, constants: SpeedConstants) -> float:
    """Milliseconds for one token: never less than the bandwidth takes for what is read."""
    read_bytes = work.weights_bytes + constants.cache_read * work.cache_bytes
    share, overhead = decode_class.efficiency, decode_class.overhead_ms + constants.layer_ms * work.layers
    if work.mixture:
        share, overhead = share * constants.mixture_efficiency, overhead + constants.mixture_ms
    return MS_PER_S * read_bytes / GB / (min(share, 1) * bandwidth_gb_s) + overhead


def ram_ms(ram_bytes: float, constants: SpeedConstants) -> float:
    """Milliseconds that a token waits for what is read from RAM."""
    return MS_PER_S * ram_bytes / GB / constants.ram_gb_s


def decode_class_of(gpu: GpuSpec) -> DecodeClass:
    """The constants of the card's class, or those of cards of no known kind."""
    constants = load_constants()
    return constants.classes.get(gpu.speed_class, constants.other)


def prefill_class_of(gpu: GpuSpec) -> PrefillClass:
    """Those of the card's generation, where it is far from its class; else those of its class, or of no known kind."""
    constants = load_constants()
    own_generation = constants.prefill.get(f"{gpu.speed_class}, {gpu.chip_architecture}")
    return own_generation or constants.prefill.get(gpu.speed_class, constants.prefill_other)


def _estimate(ms: float, work: Work, gpu: GpuSpec) -> Estimate:
    tokens_s, decode_class = MS_PER_S / ms, decode_class_of(gpu)
    span: Range = decode_class.mixture if work.mixture else decode_class.dense
    high = min(most_tokens_s(work, gpu), tokens_s * span.high)
    return Estimate(tokens_s=tokens_s, low=tokens_s * span.low, high=high, cards=span.cards)


def most_tokens_s(work: Work, gpu: GpuSpec) -> float:
    """What the bandwidth on paper allows: no estimate, and no end of a range, is above it."""
    read_bytes = work.weights_bytes + work.cache_bytes
    return gpu.bandwidth * GB / read_bytes if read_bytes else float("inf")


def work_at(accounting: Accounting, context: int, cache_type: CacheType = CacheType.F16) -> Work:
    """What a token takes with `context` tokens in the cache."""
    fixed = _fixed_work(accounting)
    cached = kv_cache.cache_bytes(accounting.architecture, context, cache_type)
    return Work(fixed.weights_bytes, cached, fixed.layers, fixed.mixture)


@lru_cache(maxsize=16384)
def _fixed_work(accounting: Accounting) -> Work:
    """What a token takes without any cache."""
    read_bytes = accounting.weights_bytes - unread_bytes(accounting.architecture, accounting.weights)
    mixture = any(isinstance(group.ffn, Experts) for group in accounting.architecture.blocks)
    return Work(read_bytes, 0, len(accounting.weights.layers), mixture)


def unread_bytes(architecture: Architecture, weights: Weights) -> float:
    """Bytes of the experts that a token passes by."""
    stack = zip(weights.layers, layers(architecture), strict=True)
    return sum(layer.experts * (1 - _share_read(group)) for layer, group in stack)


def read_in_ram(accounting: Accounting, offload: Offload) -> float:
    """Bytes that a token reads from RAM: whole layers, or of experts its share of them."""
    whole = max(0, len(accounting.weights.layers) - offload.gpu_layers)
    of_layers, of_experts = _read_ends(accounting)
    without_experts = max(whole, min(offload.cpu_moe_layers, len(of_experts) - 1))
    return of_layers[whole] + of_experts[without_experts] - of_experts[whole]


@lru_cache(maxsize=16384)
def _read_ends(accounting: Accounting) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Bytes that a token reads of the first 0, 1, 2 ... layers, and of their experts alone."""
    stack = zip(accounting.weights.layers, layers(accounting.architecture), strict=True)
    read = [(layer.total - layer.experts, layer.experts * _share_read(group)) for layer, group in stack]
    of_experts = tuple(accumulate((experts for _, experts in read), initial=0.0))
    return tuple(accumulate((rest + experts for rest, experts in read), initial=0.0)), of_experts


def _share_read(group: LayerGroup) -> float:
    """Of a layer's routed experts, those that a token uses."""
    return group.ffn.active / group.ffn.experts if isinstance(group.ffn, Experts) else 1


def prompt_tflop(architecture: Architecture, parameters_per_token: int, prompt: int) -> float:
    """Arithmetic of a prompt in 10^12 operations: two for each weight and token, and attention to what came before."""
    return (2 * parameters_per_token * prompt + _attention(architecture, prompt)) / 10**12


@lru_cache(maxsize=8192)
def _attention(architecture: Architecture, prompt: int) -> float:
    """Scores and values: two operations each for every pair of a token and one it looks back at."""
    operations = 0.0
    for group in architecture.blocks:
        for mixer in group.mixers:
            if isinstance(mixer, GroupedQueryAttention):
                looks_back = min(prompt / 2, mixer.window or prompt)
                operations += 4 * group.n * mixer.heads * mixer.head_dim * prompt * looks_back
            elif isinstance(mixer, LatentAttention):
                width = mixer.qk_nope_head_dim + mixer.qk_rope_head_dim + mixer.v_head_dim
                operations += 2 * group.n * mixer.heads * width * prompt * prompt / 2
    return operations
