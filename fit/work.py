"""What one token takes: the bytes that it reads, where they lie, and the layers that it passes."""

from functools import partial
from typing import NamedTuple

from fit.by_context import ByContext
from fit.flags import Flags
from fit.kv_cache import CacheKind, CacheType, types_of
from fit.memory import REFERENCE_CONTEXT, Accounting
from fit.mix_families import USUAL
from fit.worked_out import once


class Work(NamedTuple):
    """Bytes of weights, of cache and of latents (as if at f16) that are read for a token; the layers that it passes,
    those of experts and of linear attention among them; the family of the mix; whether the cache is quantized.

    `ram_layer_bytes` and `ram_expert_bytes` are those of the weights that are read from RAM, `ram_cache_bytes` those of
    the cache.
    """

    weights_bytes: float
    cache_bytes: float = 0
    latent_bytes: float = 0
    layers: int = 0
    expert_layers: int = 0
    linear_layers: int = 0
    mix: str = USUAL
    quantized_cache: bool = False
    ram_layer_bytes: float = 0
    ram_expert_bytes: float = 0
    ram_cache_bytes: float = 0

    @property
    def mixture(self) -> bool:
        """Whether some of its layers are mixtures of experts."""
        return self.expert_layers > 0

    @property
    def read_bytes(self) -> float:
        """All bytes that are read, wherever they lie."""
        return self.weights_bytes + self.cache_bytes + self.latent_bytes

    @property
    def has_ram(self) -> bool:
        """Whether anything is read from RAM."""
        return bool(self.ram_layer_bytes or self.ram_expert_bytes)

    @property
    def ram_bytes(self) -> float:
        """Those read from RAM."""
        return self.ram_layer_bytes + self.ram_expert_bytes + self.ram_cache_bytes


def work_at(
    accounting: Accounting, context: int, cache_type: CacheKind = CacheType.F16, flags: Flags | None = None
) -> Work:
    """What a token takes with `context` tokens in the cache; `flags` say what lies in RAM."""
    work = _plain(accounting)[context]
    if cache_type is not CacheType.F16 and _is_quantized(cache_type):
        work = work._replace(quantized_cache=True)
    return work if flags is None else _with_ram(work, accounting, flags)


@once
def _plain(accounting: Accounting) -> ByContext[Work]:
    """With an f16 cache and nothing in RAM, kept at the few contexts that every page asks for."""
    return ByContext(partial(_work, accounting), accounting.context_limit, step=REFERENCE_CONTEXT)


def _work(accounting: Accounting, context: int) -> Work:
    read, (cache_bytes, latent_bytes) = accounting.reading, accounting.cache_read[context]
    layers = read.layers, read.expert_layers, read.linear_layers
    return Work(accounting.read_bytes, cache_bytes, latent_bytes, *layers, accounting.mix_family)


def _is_quantized(cache_type: CacheKind) -> bool:
    types = types_of(cache_type)
    return types.keys.is_quantized or types.values.is_quantized


def _with_ram(work: Work, accounting: Accounting, flags: Flags) -> Work:
    """The same with what `flags` leave in RAM: whole layers with their cache, and experts."""
    weights = accounting.weights
    layers = flags.layers_in_ram(len(weights.layers) + weights.draft_layers)
    layer_bytes, expert_bytes = weights.read_in_ram(layers, flags.cpu_moe_layers)
    share = min(layers, work.layers) / work.layers if work.layers else 0
    return work._replace(
        ram_layer_bytes=min(layer_bytes, work.weights_bytes),
        ram_expert_bytes=min(expert_bytes, max(0.0, work.weights_bytes - layer_bytes)),
        ram_cache_bytes=share * (work.cache_bytes + work.latent_bytes),
    )
