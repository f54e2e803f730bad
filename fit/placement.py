"""What goes where when a model does not fit one card: more cards, layers in RAM, experts in RAM.

Layers are placed whole, with their cache. llama.cpp keeps the first layers in RAM and counts the head as one layer
more; `--n-cpu-moe N` keeps the experts of the first N layers in RAM.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Self

from fit.kv_cache import CacheType
from fit.memory import Accounting


class Split(NamedTuple):
    """How many layers are on each card."""

    layers: tuple[int, ...]


class Offload(NamedTuple):
    """Part of a model in RAM: whole layers, or the experts of layers; made by `of_layers` and `of_experts`.

    `gpu_layers` is llama.cpp's -ngl, which counts the head as one layer more; `cpu_moe_layers` its --n-cpu-moe.
    """

    gpu_layers: int
    cpu_moe_layers: int
    vram_bytes: int
    ram_bytes: int

    @classmethod
    def of_layers(cls, gpu_layers: int, *, vram_bytes: int, ram_bytes: int) -> Self:
        """The last `gpu_layers` in VRAM, the others in RAM."""
        return cls(gpu_layers=gpu_layers, cpu_moe_layers=0, vram_bytes=vram_bytes, ram_bytes=ram_bytes)

    @classmethod
    def of_experts(cls, cpu_moe_layers: int, *, layers: int, vram_bytes: int, ram_bytes: int) -> Self:
        """The experts of the first `cpu_moe_layers` of all `layers` in RAM, everything else in VRAM."""
        return cls(gpu_layers=layers + 1, cpu_moe_layers=cpu_moe_layers, vram_bytes=vram_bytes, ram_bytes=ram_bytes)

    @property
    def flags(self) -> str:
        """What llama.cpp is told; 99 layers are all there are."""
        return f"-ngl 99 --n-cpu-moe {self.cpu_moe_layers}" if self.cpu_moe_layers else f"-ngl {self.gpu_layers}"


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
    counts, first = [], 0
    for card, offered in enumerate(offers):
        besides = buffer_bytes + (head if card == len(offers) - 1 else 0)
        if besides > offered:
            return None
        after = bisect_right(ends, ends[first] + offered - besides) - 1
        counts.append(after - first)
        first = after
    return Split(layers=tuple(counts)) if first == len(ends) - 1 else None


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
    return Offload.of_layers(count, vram_bytes=buffer_bytes + ends[-1] - ends[first], ram_bytes=outside + ends[first])


def experts_in_ram(
    accounting: Accounting, offered: int, context: int, cache_type: CacheType = CacheType.F16
) -> Offload | None:
    """Everything in VRAM but the experts of as few layers as it takes; None if no number of them is enough."""
    ends, total = accounting.weights.expert_ends, accounting.total(context, cache_type)
    count = bisect_left(ends, total - offered)
    if count == len(ends):
        return None
    return Offload.of_experts(
        count,
        layers=len(accounting.weights.layers),
        vram_bytes=total - ends[count],
        ram_bytes=accounting.weights.ram_bytes + ends[count],
    )
