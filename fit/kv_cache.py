"""Bytes of cache for a context, kind of layer by kind of layer, as llama.cpp allocates them for one stream.

Ordinary layers keep keys and values of every cell; layers with a sliding window keep those of the window and of one
batch; latent attention keeps one latent a cell; recurrent layers keep a fixed state, whatever the context.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from fit.architecture import (
    Architecture,
    CompressedAttention,
    DeltaAttention,
    GatedDeltaNet,
    GroupedQueryAttention,
    LatentAttention,
    LayerGroup,
    LightningAttention,
    Mamba1,
    Mamba2,
    Mixer,
    ShortConvolution,
)

CELL_STEP = 256
BATCH_TOKENS = 512
BLOCK_ELEMENTS = 32
# A recurrent state is kept in 32-bit floats.
STATE_BYTES = 4


class CacheType(StrEnum):
    """What keys and values are kept as; the values are llama.cpp's names."""

    F16 = "f16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"


BLOCK_BYTES = {CacheType.F16: 64, CacheType.Q8_0: 34, CacheType.Q4_0: 18}


def cells(context: int) -> int:
    """Cells allocated for a context in tokens: rounded up to 256."""
    return -(-context // CELL_STEP) * CELL_STEP


def window_cells(context: int, window: int, batch_tokens: int = BATCH_TOKENS) -> int:
    """Cells of a layer that looks back `window` tokens: the window and one batch, never more than the context's."""
    return min(cells(context), cells(window + batch_tokens))


def cache_bytes(
    architecture: Architecture,
    context: int,
    cache_type: CacheType = CacheType.F16,
    *,
    batch_tokens: int = BATCH_TOKENS,
    whole_window: bool = False,
) -> int:
    """Bytes of cache for `context` tokens; `whole_window` keeps full cells in windowed layers (--swa-full)."""
    profile = cache_profile(architecture, cache_type)
    return profile.size_bytes(context, batch_tokens=batch_tokens, whole_window=whole_window)


class CacheProfile(NamedTuple):
    """A model's cache by what it depends on: nothing, all cells, the cells of a window."""

    state_bytes: int
    cell_bytes: int
    windows: tuple[tuple[int, int], ...]

    def size_bytes(self, context: int, *, batch_tokens: int = BATCH_TOKENS, whole_window: bool = False) -> int:
        """Bytes of cache for `context` tokens."""
        held = cells(context)
        size = self.state_bytes + self.cell_bytes * held
        for window, bytes_per_cell in self.windows:
            size += bytes_per_cell * (held if whole_window else window_cells(context, window, batch_tokens))
        return size


def cache_profile(architecture: Architecture, cache_type: CacheType) -> CacheProfile:
    """What a model's cache of this type depends on."""
    state_bytes = cell_bytes = 0
    windows: dict[int, int] = {}
    for group in architecture.blocks:
        for mixer in group.mixers:
            state_bytes += group.n * state_elements(architecture, mixer) * STATE_BYTES
            window = None if architecture.gguf.ignores_window else getattr(mixer, "window", None)
            layers_cell_bytes = group.n * _cell_bytes(mixer, cache_type)
            if window is None:
                cell_bytes += layers_cell_bytes
            else:
                windows[window] = windows.get(window, 0) + layers_cell_bytes
    return CacheProfile(state_bytes=state_bytes, cell_bytes=cell_bytes, windows=tuple(windows.items()))


def layer_bytes(
    architecture: Architecture, group: LayerGroup, context: int, cache_type: CacheType = CacheType.F16
) -> int:
    """Bytes that one layer of a group keeps for `context` tokens."""
    size = 0
    for mixer in group.mixers:
        window = None if architecture.gguf.ignores_window else getattr(mixer, "window", None)
        kept = cells(context) if window is None else window_cells(context, window)
        size += state_elements(architecture, mixer) * STATE_BYTES + kept * _cell_bytes(mixer, cache_type)
    return size


def state_elements(architecture: Architecture, mixer: Mixer) -> int:
    """Elements of the fixed state that a recurrent layer keeps for a sequence; 0 for attention."""
    measure = _STATES.get(type(mixer))
    return measure(architecture, mixer) if measure else 0


def _cell_bytes(mixer: Mixer, cache_type: CacheType) -> int:
    """Bytes that one cell of a layer takes; keys and values are rows of their own, each a whole number of blocks."""
    return sum(_row_bytes(elements, cache_type) for elements in cached_rows(mixer))


def cached_rows(mixer: Mixer) -> tuple[int, ...]:
    """Elements of each row that a layer caches for a token: keys and values, or a latent."""
    if isinstance(mixer, GroupedQueryAttention):
        if mixer.kv != "own":
            return ()
        keys = mixer.kv_heads * mixer.head_dim
        return keys, mixer.kv_heads * (mixer.v_head_dim or mixer.head_dim), mixer.index_dim
    if isinstance(mixer, LatentAttention):
        index = mixer.indexer.head_dim if mixer.indexer and not mixer.indexer.shared_layer else 0
        return mixer.kv_lora_rank + mixer.qk_rope_head_dim, index
    if isinstance(mixer, CompressedAttention):
        compressed = mixer.head_dim // mixer.compress_ratio if mixer.compress_ratio else 0
        return mixer.head_dim, compressed
    return ()


def _row_bytes(elements: int, cache_type: CacheType) -> int:
    """Bytes of a row of so many elements: whole blocks, of f16 single elements."""
    if cache_type is CacheType.F16:
        return elements * BLOCK_BYTES[cache_type] // BLOCK_ELEMENTS
    return -(-elements // BLOCK_ELEMENTS) * BLOCK_BYTES[cache_type]


def _of_mamba2(_: Architecture, mixer: Mamba2) -> int:
    inner = mixer.n_heads * mixer.head_dim
    return (mixer.d_conv - 1) * (inner + 2 * mixer.n_groups * mixer.d_state) + mixer.d_state * inner


def _of_mamba1(_: Architecture, mixer: Mamba1) -> int:
    return (mixer.d_conv - 1) * mixer.d_inner + mixer.d_state * mixer.d_inner


def _of_gated_delta_net(_: Architecture, mixer: GatedDeltaNet) -> int:
    keys, values = mixer.k_heads * mixer.k_dim, mixer.v_heads * mixer.v_dim
    return (mixer.d_conv - 1) * (2 * keys + values) + mixer.k_dim * values


def _of_delta_attention(_: Architecture, mixer: DeltaAttention) -> int:
    inner = mixer.heads * mixer.head_dim
    return (mixer.d_conv - 1) * 3 * inner + mixer.head_dim * inner


def _of_lightning(_: Architecture, mixer: LightningAttention) -> int:
    return mixer.heads * mixer.head_dim**2


def _of_short_convolution(architecture: Architecture, mixer: ShortConvolution) -> int:
    return (mixer.d_conv - 1) * architecture.hidden_size


_STATES: dict[type, Callable[[Architecture, Any], int]] = {
    Mamba2: _of_mamba2,
    Mamba1: _of_mamba1,
    GatedDeltaNet: _of_gated_delta_net,
    DeltaAttention: _of_delta_attention,
    LightningAttention: _of_lightning,
    ShortConvolution: _of_short_convolution,
}
