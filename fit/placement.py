"""What goes where when a model does not fit one card: more cards, layers in RAM, experts in RAM.

Layers are placed whole, with their cache. llama.cpp keeps the first layers in RAM and counts the head as one layer
more; `--n-cpu-moe N` keeps the experts of the first N layers in RAM.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fit import buffers, kv_cache
from fit.memory import Accounting
from fit.tensors import layers


@dataclass(frozen=True)
class Split:
    """Layers on each card, and the bytes they take there with their own compute buffer."""

    layers: tuple[int, ...]
    bytes_per_card: tuple[int, ...]


@dataclass(frozen=True)
class Offload:
    """Part of a model in RAM. `gpu_layers` is llama.cpp's -ngl, `cpu_moe_layers` its --n-cpu-moe."""

    gpu_layers: int
    cpu_moe_layers: int
    vram_bytes: int
    ram_bytes: int


def split(accounting: Accounting, offers: Sequence[int], context: int, cache_type: str = "f16") -> Split | None:
    """The layers over cards that offer these bytes, each filled in turn; None where they do not fit.

    Each card has a compute buffer of its own; the head goes to the last one.
    """
    buffer_bytes = buffers.compute_bytes(accounting.architecture, context, cache_type)
    if accounting.total(context, cache_type) + buffer_bytes * (len(offers) - 1) > sum(offers):
        return None
    sizes = _layer_sizes(accounting, context, cache_type)
    head = accounting.weights_bytes - accounting.weights.stack_bytes
    counts, filled, next_layer = [], [], 0
    for card, offered in enumerate(offers):
        is_last = card == len(offers) - 1
        used, first = buffer_bytes + (head if is_last else 0), next_layer
        while next_layer < len(sizes) and used + sizes[next_layer] <= offered:
            used += sizes[next_layer]
            next_layer += 1
        if used > offered:
            return None
        counts.append(next_layer - first)
        filled.append(used)
    return Split(tuple(counts), tuple(filled)) if next_layer == len(sizes) else None


def layers_in_ram(accounting: Accounting, offered: int, context: int, cache_type: str = "f16") -> Offload | None:
    """As many layers in VRAM as fit, at least one; None where not even one does."""
    sizes = _layer_sizes(accounting, context, cache_type)
    used, count = buffers.compute_bytes(accounting.architecture, context, cache_type), 0
    for size in reversed(sizes):
        if used + size > offered:
            break
        used += size
        count += 1
    in_ram = accounting.weights.loaded_bytes - accounting.weights.stack_bytes + sum(sizes[: len(sizes) - count])
    return Offload(count, 0, used, in_ram) if count else None


def experts_in_ram(accounting: Accounting, offered: int, context: int, cache_type: str = "f16") -> Offload | None:
    """Everything in VRAM but the experts of as few layers as it takes; None if no number of them is enough."""
    used, in_ram = accounting.total(context, cache_type), accounting.weights.ram_bytes
    for index, layer in enumerate(accounting.weights.layers, start=1):
        used -= layer.experts
        in_ram += layer.experts
        if layer.experts and used <= offered:
            return Offload(len(accounting.weights.layers) + 1, index, used, in_ram)
    return None


@lru_cache(maxsize=4096)
def _layer_sizes(accounting: Accounting, context: int, cache_type: str) -> tuple[int, ...]:
    """Bytes of each layer with its cache, from the first."""
    architecture = accounting.architecture
    cached = {
        id(group): kv_cache.layer_bytes(architecture, group, context, cache_type) for group in architecture.blocks
    }
    stack = zip(accounting.weights.layers, layers(architecture), strict=True)
    return tuple(layer.total + cached[id(group)] for layer, group in stack)
