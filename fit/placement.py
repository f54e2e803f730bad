"""What goes where when a model does not fit one card: more cards, layers in RAM, experts in RAM.

Layers are placed whole, with their cache. llama.cpp keeps the first layers in RAM and counts the head as one layer
more; `--n-cpu-moe N` keeps the experts of the first N layers in RAM.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from fit.kv_cache import CacheType
from fit.memory import Accounting


class Split(NamedTuple):
    """Layers on each card, and the bytes they take there with their own compute buffer."""

    layers: tuple[int, ...]
    bytes_per_card: tuple[int, ...]


class Offload(NamedTuple):
    """Part of a model in RAM. `gpu_layers` is llama.cpp's -ngl, `cpu_moe_layers` its --n-cpu-moe."""

    gpu_layers: int
    cpu_moe_layers: int
    vram_bytes: int
    ram_bytes: int


def split(
    accounting: Accounting, offers: Sequence[int], context: int, cache_type: CacheType = CacheType.F16
) -> Split | None:
    """The layers over cards that offer these bytes, each filled in turn; None where they do not fit.

    Each card has a compute buffer of its own; the head goes to the last one.
    """
    if accounting.weights_bytes > sum(offers):
        return None
    buffer_bytes = accounting.graphs[cache_type].size_bytes(context)
    cached_bytes = accounting.caches[cache_type].size_bytes(context)
    if accounting.weights_bytes + cached_bytes + buffer_bytes * len(offers) > sum(offers):
        return None
    ends = accounting.layer_ends(context, cache_type)
    head = accounting.weights_bytes - accounting.weights.stack_bytes
    counts, filled, first = [], [], 0
    for card, offered in enumerate(offers):
        besides = buffer_bytes + (head if card == len(offers) - 1 else 0)
        if besides > offered:
            return None
        after = bisect_right(ends, ends[first] + offered - besides) - 1
        counts.append(after - first)
        filled.append(besides + ends[after] - ends[first])
        first = after
    return Split(tuple(counts), tuple(filled)) if first == len(ends) - 1 else None


def layers_in_ram(
    accounting: Accounting, offered: int, context: int, cache_type: CacheType = CacheType.F16
) -> Offload | None:
    """As many layers in VRAM as fit, at least one; None where not even one does."""
    ends = accounting.layer_ends(context, cache_type)
    buffer_bytes = accounting.graphs[cache_type].size_bytes(context)
    first = bisect_left(ends, ends[-1] + buffer_bytes - offered)
    count = len(ends) - 1 - first
    if count < 1:
        return None
    outside = accounting.weights.loaded_bytes - accounting.weights.stack_bytes
    return Offload(count, 0, buffer_bytes + ends[-1] - ends[first], outside + ends[first])


def experts_in_ram(
    accounting: Accounting, offered: int, context: int, cache_type: CacheType = CacheType.F16
) -> Offload | None:
    """Everything in VRAM but the experts of as few layers as it takes; None if no number of them is enough."""
    ends, total = accounting.weights.expert_ends, accounting.total(context, cache_type)
    count = bisect_left(ends, total - offered)
    if count == len(ends):
        return None
    return Offload(len(ends), count, total - ends[count], accounting.weights.ram_bytes + ends[count])
