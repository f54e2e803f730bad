"""The compute buffer: scratch memory for one batch, as large as the largest stage of the graph needs.

Formulas fitted to llama.cpp's own no-allocation breakdown (commit 0c1e57098, October 2026), for its
server with one stream: it asks for the logits of one token only.
"""

from typing import NamedTuple

from fit.architecture import (
    Architecture,
    Experts,
    GatedFeedForward,
    GroupedQueryAttention,
    LatentAttention,
    LayerGroup,
    PlainFeedForward,
)
from fit.kv_cache import BATCH_TOKENS, CacheType, cached_rows, cells, window_cells

FLOAT_BYTES = 4
HALF_BYTES = 2


def output_bytes(architecture: Architecture) -> int:
    """The buffer of one token's logits, which stays in RAM."""
    return architecture.vocab_size * FLOAT_BYTES


def compute_bytes(
    architecture: Architecture,
    context: int,
    cache_type: CacheType = CacheType.F16,
    *,
    batch_tokens: int = BATCH_TOKENS,
) -> int:
    """Bytes of the compute buffer in VRAM, with flash attention."""
    return graph(architecture, cache_type).size_bytes(context, batch_tokens=batch_tokens)


class Graph(NamedTuple):
    """The widths of a model's stages, in elements for each token of the batch (copies: for each cell)."""

    vocab_size: int
    hidden_size: int
    feed_forward_width: int
    attention: tuple[tuple[int, int], ...]
    window: int | None

    def size_bytes(self, context: int, *, batch_tokens: int = BATCH_TOKENS) -> int:
        """Bytes of the compute buffer for a context in tokens: those of the largest stage."""
        batch, held_cells = min(batch_tokens, context), cells(context)
        masked = held_cells + (window_cells(context, self.window, batch_tokens) if self.window else 0)
        mask = HALF_BYTES * batch * masked
        stages = [
            FLOAT_BYTES * (self.vocab_size + batch * self.hidden_size),
            FLOAT_BYTES * batch * self.feed_forward_width + mask,
        ]
        copies = HALF_BYTES * held_cells
        stages += [FLOAT_BYTES * batch * held + mask + copied * copies for held, copied in self.attention]
        return max(stages)


def graph(architecture: Architecture, cache_type: CacheType) -> Graph:
    """The stages of a model over a cache of this type."""
    attention = set()
    windows = {0}
    for group in architecture.blocks:
        for mixer in group.mixers:
            if isinstance(mixer, LatentAttention):
                attention.add((2 * architecture.hidden_size + _latent_width(mixer), _copied(mixer, cache_type)))
            elif isinstance(mixer, GroupedQueryAttention):
                held = _held_by_attention(architecture, group, mixer, cache_type)
                attention.add((held, _copied(mixer, cache_type)))
                windows.add(mixer.window or 0)
    window = None if architecture.gguf.ignores_window else max(windows) or None
    width = max(_feed_forward_width(architecture, group) for group in architecture.blocks)
    return Graph(
        vocab_size=architecture.vocab_size,
        hidden_size=architecture.hidden_size,
        feed_forward_width=width,
        attention=tuple(attention),
        window=window,
    )


def _feed_forward_width(architecture: Architecture, group: LayerGroup) -> int:
    """Elements for each token of the batch that the feed-forward part holds at once."""
    width, ffn = architecture.hidden_size, group.ffn
    if isinstance(ffn, GatedFeedForward):
        return 3 * ffn.size + (2 if architecture.gguf.fused_gate_up else 3) * width
    if isinstance(ffn, PlainFeedForward):
        return ffn.size + 3 * width
    if isinstance(ffn, Experts):
        return max(3 * ffn.active * ffn.size + 3 * width, 2 * ffn.active * width + 5 * width)
    return 0


def _latent_width(mixer: LatentAttention) -> int:
    """Queries before and after they are taken to the latent, and the values on the way back."""
    latent_query = mixer.kv_lora_rank + mixer.qk_rope_head_dim
    query = mixer.qk_nope_head_dim + mixer.qk_rope_head_dim
    return mixer.heads * (latent_query + mixer.kv_lora_rank + query + mixer.v_head_dim)


def _held_by_attention(
    architecture: Architecture, group: LayerGroup, mixer: GroupedQueryAttention, cache_type: CacheType
) -> int:
    """Elements for each token of the batch while attention runs.

    Over a quantized cache the peak is while its f16 copy lives: keys and values are written by then. Where attention
    and the feed-forward part run side by side on one norm, both are held.
    """
    width, queries, keys = architecture.hidden_size, mixer.heads * mixer.head_dim, mixer.kv_heads * mixer.head_dim
    if cache_type is CacheType.F16:
        return 2 * (width + queries + keys)
    if _runs_side_by_side(architecture, group):
        return _feed_forward_width(architecture, group) + width
    if not architecture.gguf.fused_qkv:
        return 2 * (width + queries)
    fused = queries + 2 * keys
    return fused if mixer.heads == mixer.kv_heads else 2 * (width + queries) + fused


def _runs_side_by_side(architecture: Architecture, group: LayerGroup) -> bool:
    return group.norm_params == architecture.hidden_size or architecture.gguf.q8_head_mix


def _copied(mixer: GroupedQueryAttention | LatentAttention, cache_type: CacheType) -> int:
    """Elements of one cell of a layer's quantized cache, which the kernel wants as f16."""
    return sum(cached_rows(mixer)) if cache_type is not CacheType.F16 else 0
