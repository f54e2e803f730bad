"""The compute buffer: scratch memory for one batch, as large as the largest stage of the graph needs.

Formulas fitted to llama.cpp's own no-allocation breakdown (commit 0c1e57098, October 2026), for llama-server with one
stream: it asks for the logits of one token only.
"""

from collections.abc import Iterator

from fit.architecture import (
    Architecture,
    Experts,
    GatedFeedForward,
    GroupedQueryAttention,
    LatentAttention,
    LayerGroup,
    PlainFeedForward,
)
from fit.kv_cache import BATCH_TOKENS, cached_rows, cells, window_cells

FLOAT_BYTES = 4
HALF_BYTES = 2


def output_bytes(architecture: Architecture) -> int:
    """The buffer of one token's logits, which stays in RAM."""
    return architecture.vocab_size * FLOAT_BYTES


def compute_bytes(
    architecture: Architecture,
    context: int,
    cache_type: str = "f16",
    *,
    batch_tokens: int = BATCH_TOKENS,
    logits: int = 1,
    flash_attention: bool = True,
    whole_window: bool = False,
) -> int:
    """Bytes of the compute buffer in VRAM; `logits` is the number of tokens whose logits are kept."""
    batch = min(batch_tokens, context)
    mask = _mask_bytes(architecture, context, batch_tokens, batch, whole_window)
    width = architecture.hidden_size
    stages = [FLOAT_BYTES * logits * architecture.vocab_size + FLOAT_BYTES * batch * width]
    for group in architecture.blocks:
        stages.append(FLOAT_BYTES * batch * _feed_forward_width(architecture, group) + mask)
        stages += _attention(architecture, group, context, cache_type, batch, mask, flash_attention)
    return max(stages)


def _mask_bytes(architecture: Architecture, context: int, batch_tokens: int, batch: int, whole_window: bool) -> int:
    windows = {mixer.window for mixer in _attentions(architecture) if isinstance(mixer, GroupedQueryAttention)}
    windows -= {None}
    mask = HALF_BYTES * batch * cells(context)
    if architecture.gguf.ignores_window or not windows:
        return mask
    largest = max(window for window in windows if window)
    of_window = cells(context) if whole_window else window_cells(context, largest, batch_tokens)
    return mask + HALF_BYTES * batch * of_window


def _attentions(architecture: Architecture) -> Iterator[GroupedQueryAttention | LatentAttention]:
    for group in architecture.blocks:
        for mixer in group.mixers:
            if isinstance(mixer, GroupedQueryAttention | LatentAttention):
                yield mixer


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


def _attention(
    architecture: Architecture,
    group: LayerGroup,
    context: int,
    cache_type: str,
    batch: int,
    mask: int,
    flash_attention: bool,
) -> Iterator[int]:
    width = architecture.hidden_size
    for mixer in group.mixers:
        if isinstance(mixer, LatentAttention):
            yield FLOAT_BYTES * batch * (2 * width + _latent_width(mixer)) + mask + _copy(mixer, context, cache_type)
        elif isinstance(mixer, GroupedQueryAttention) and flash_attention:
            held = _held_by_attention(architecture, group, mixer, cache_type)
            yield FLOAT_BYTES * batch * held + mask + _copy(mixer, context, cache_type)
        elif isinstance(mixer, GroupedQueryAttention):
            queries, keys = mixer.heads * mixer.head_dim, mixer.kv_heads * mixer.head_dim
            scores = cells(context) * mixer.heads + width + 3 * queries + 2 * keys
            yield FLOAT_BYTES * batch * (scores + cells(context))


def _latent_width(mixer: LatentAttention) -> int:
    """Queries before and after they are taken to the latent, and the values on the way back."""
    latent_query = mixer.kv_lora_rank + mixer.qk_rope_head_dim
    query = mixer.qk_nope_head_dim + mixer.qk_rope_head_dim
    return mixer.heads * (latent_query + mixer.kv_lora_rank + query + mixer.v_head_dim)


def _held_by_attention(
    architecture: Architecture, group: LayerGroup, mixer: GroupedQueryAttention, cache_type: str
) -> int:
    """Elements for each token of the batch while attention runs.

    Over a quantized cache the peak is while its f16 copy lives: keys and values are written by then. Where attention
    and the feed-forward part run side by side on one norm, both are held.
    """
    width, queries, keys = architecture.hidden_size, mixer.heads * mixer.head_dim, mixer.kv_heads * mixer.head_dim
    if cache_type == "f16":
        return 2 * (width + queries + keys)
    if _runs_side_by_side(architecture, group):
        return _feed_forward_width(architecture, group) + width
    if not architecture.gguf.fused_qkv:
        return 2 * (width + queries)
    fused = queries + 2 * keys
    return fused if mixer.heads == mixer.kv_heads else 2 * (width + queries) + fused


def _runs_side_by_side(architecture: Architecture, group: LayerGroup) -> bool:
    return group.norm_params == architecture.hidden_size or architecture.gguf.falcon_mix


def _copy(mixer: GroupedQueryAttention | LatentAttention, context: int, cache_type: str) -> int:
    """Bytes of one layer's quantized cache turned to f16 for the kernel."""
    return HALF_BYTES * cells(context) * sum(cached_rows(mixer)) if cache_type != "f16" else 0
