"""Tokens per second to expect, with the range that they usually fall in.

    ms = (weights read + cache_read x cache read) / (efficiency x bandwidth) + overhead + layers x layer_ms

Weights read are the bytes in VRAM; of a mixture of experts, of the experts only those that a token uses. Constants are
those of the card's class (`fit.speed_constants`). One stream, llama.cpp, everything in VRAM unless said. GB is 10^9.
"""

from typing import NamedTuple

from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.specs import GpuSpec
from fit.speed_constants import DecodeClass, Range, SpeedConstants, load_constants
from fit.units import GB

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


def decode(
    accounting: Accounting, gpu: GpuSpec, context: int, cache_type: CacheType = CacheType.F16, *, cards: int = 1
) -> Estimate:
    """Generation with `context` tokens in the cache; `cards` equal ones take the layers in turn."""
    constants, work = load_constants(), work_at(accounting, context, cache_type)
    decode_class = decode_class_of(gpu)
    ms = token_ms(work, gpu.bandwidth, decode_class, constants) + (cards - 1) * constants.card_ms
    return _estimate(ms, work, gpu, decode_class)


def decode_offloaded(
    accounting: Accounting, gpu: GpuSpec, flags: Flags, context: int, cache_type: CacheType = CacheType.F16
) -> Estimate:
    """Generation with a part of the model in RAM, which is read at RAM's own pace."""
    constants, work = load_constants(), work_at(accounting, context, cache_type)
    in_file = len(accounting.weights.layers) + accounting.weights.draft_layers
    read_bytes = accounting.weights.read_in_ram(flags.layers_in_ram(in_file), flags.cpu_moe_layers)
    ram_bytes = min(work.weights_bytes, read_bytes)
    in_vram = work._replace(weights_bytes=work.weights_bytes - ram_bytes)
    waiting_ms = ram_ms(ram_bytes, constants)
    decode_class = decode_class_of(gpu)
    ms = token_ms(in_vram, gpu.bandwidth, decode_class, constants) + waiting_ms
    estimate = _estimate(ms, in_vram, gpu, decode_class)
    return estimate._replace(high=min(estimate.high, MS_PER_S / waiting_ms)) if waiting_ms else estimate


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


def _estimate(ms: float, work: Work, gpu: GpuSpec, decode_class: DecodeClass) -> Estimate:
    tokens_s = MS_PER_S / ms
    span: Range = decode_class.mixture if work.mixture else decode_class.dense
    high = min(most_tokens_s(work, gpu), tokens_s * span.high)
    return Estimate(tokens_s=tokens_s, low=tokens_s * span.low, high=high, cards=span.cards)


def most_tokens_s(work: Work, gpu: GpuSpec) -> float:
    """What the bandwidth on paper allows: no estimate, and no end of a range, is above it."""
    read_bytes = work.weights_bytes + work.cache_bytes
    return gpu.bandwidth * GB / read_bytes if read_bytes else float("inf")


def work_at(accounting: Accounting, context: int, cache_type: CacheType = CacheType.F16) -> Work:
    """What a token takes with `context` tokens in the cache."""
    return Work(
        weights_bytes=accounting.read_bytes,
        cache_bytes=accounting.caches[cache_type].size_bytes(context),
        layers=len(accounting.weights.layers),
        mixture=accounting.is_mixture,
    )
