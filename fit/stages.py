"""The stages of a model's graph: what is held at once while a batch passes one part of a layer.

Formulas fitted to llama.cpp's own no-allocation breakdown (commit 0c1e57098, October 2026). Widths are in elements for
each token of the batch, each kept as a 32-bit float.
"""

from collections.abc import Iterator
from typing import NamedTuple

from fit.architecture import Architecture, Experts, GatedFeedForward, LayerGroup, NoFeedForward, PlainFeedForward
from fit.cached_rows import cached_rows
from fit.kv_cache import UNQUANTIZED, CacheKind, CacheTypes, types_of
from fit.mixers import (
    CompressedAttention,
    GatedDeltaNet,
    GroupedQueryAttention,
    LatentAttention,
    Mamba1,
    Mamba2,
    Mixer,
    ShortConvolution,
)

FLOAT_BYTES = 4
HALF_BYTES = 2
# Scores of an index, in bytes for each token of the batch and cell: of attention with keys and values in the index, of
# a latent with a wider index in its cache, of a latent with a plain one. Measured with a batch of 512 tokens.
INDEX_SCORES = 36
WIDE_LATENT_SCORES = 22
LATENT_SCORES = 5


class Stage(NamedTuple):
    """What one part of a layer holds: `width` elements for each token of the batch, `score_bytes` for each token and
    cell, `cell_bytes` for each cell of the context, `window_bytes` for each cell of a window, `state_bytes` for each
    slot."""

    width: int
    score_bytes: int = 0
    cell_bytes: int = 0
    window_bytes: int = 0
    state_bytes: int = 0


def stages(architecture: Architecture, cache_type: CacheKind, *, flash_attention: bool = True) -> Iterator[Stage]:
    """The stages of all layers over a cache of this type; some of them twice.

    Only flash attention wants copies of a quantized cache: without it keys are multiplied as they are.
    """
    types = types_of(cache_type) if flash_attention else UNQUANTIZED
    for group in architecture.blocks:
        yield Stage(feed_forward_width(architecture, group))
        for mixer in group.mixers:
            yield from _of_mixer(architecture, group, mixer, types)
            if not flash_attention:
                yield from _of_scores(architecture, mixer)


def _of_mixer(architecture: Architecture, group: LayerGroup, mixer: Mixer, types: CacheTypes) -> Iterator[Stage]:
    if isinstance(mixer, GroupedQueryAttention):
        held = _held_by_attention(architecture, group, mixer, types)
        yield _over_cache(architecture, mixer, types, held)
        if mixer.index_dim:
            yield Stage(2 * architecture.hidden_size, score_bytes=INDEX_SCORES)
    elif isinstance(mixer, LatentAttention) and not architecture.gguf.latent_expanded:
        held = 2 * architecture.hidden_size + _latent_width(mixer)
        yield _over_cache(architecture, mixer, types, held)
        if mixer.indexer:
            scores = WIDE_LATENT_SCORES if mixer.indexer.cached_dim else LATENT_SCORES
            yield Stage(held, score_bytes=scores)
    elif isinstance(mixer, Mamba2):
        yield _of_mamba2(architecture, group, mixer, types)
    elif isinstance(mixer, Mamba1):
        yield Stage(6 * mixer.d_inner + 96, state_bytes=FLOAT_BYTES * mixer.d_state * mixer.d_inner)
    elif isinstance(mixer, GatedDeltaNet):
        convolved = 2 * mixer.k_heads * mixer.k_dim + mixer.v_heads * mixer.v_dim
        yield Stage(3 * convolved + 2 * architecture.hidden_size)
    elif isinstance(mixer, CompressedAttention):
        yield Stage(3 * mixer.heads * mixer.head_dim + 2 * architecture.hidden_size)


def _over_cache(
    architecture: Architecture, mixer: GroupedQueryAttention | LatentAttention, types: CacheTypes, width: int
) -> Stage:
    """Attention over a cache: of one that is not f16 the kernel wants the cells of one layer as f16."""
    rows = [row for row in cached_rows(architecture, mixer) if types.copied(row)]
    everywhere = HALF_BYTES * sum(row.elements for row in rows if row.window is None)
    windowed = HALF_BYTES * sum(row.elements for row in rows if row.window is not None)
    return Stage(width, cell_bytes=everywhere, window_bytes=windowed)


def _of_mamba2(architecture: Architecture, group: LayerGroup, mixer: Mamba2, types: CacheTypes) -> Stage:
    """Beside attention in one layer it holds the f16 copy of a quantized cache as well."""
    inner, width = mixer.n_heads * mixer.head_dim, architecture.hidden_size
    groups = 2 * mixer.n_groups * mixer.d_state
    projected, convolved = 2 * inner + groups + mixer.n_heads, inner + groups
    beside = [other for other in group.mixers if isinstance(other, GroupedQueryAttention)]
    copied = _over_cache(architecture, beside[0], types, 0) if beside else Stage(0)
    held = projected + 2 * convolved + 2 * inner + width
    return copied._replace(width=held, state_bytes=FLOAT_BYTES * mixer.d_state * inner)


def _of_scores(architecture: Architecture, mixer: Mixer) -> Iterator[Stage]:
    """Attention without flash attention: the scores of every head over all cells, as 32-bit floats."""
    width = architecture.hidden_size
    if isinstance(mixer, GroupedQueryAttention):
        queries, keys = mixer.heads * mixer.head_dim, mixer.kv_heads * mixer.head_dim
        yield Stage(width + 3 * queries + 2 * keys, score_bytes=FLOAT_BYTES * mixer.heads)
    elif isinstance(mixer, LatentAttention):
        yield Stage(2 * width + _latent_width(mixer), score_bytes=FLOAT_BYTES * mixer.heads)


def feed_forward_width(architecture: Architecture, group: LayerGroup) -> int:
    """Elements for each token of the batch that the feed-forward part holds at once.

    What attention put out is held beside the hidden states; a gated part after a gated delta net or a short
    convolution does without it.
    """
    width, ffn = architecture.hidden_size, group.ffn
    output = _attention_output(architecture, group)
    if isinstance(ffn, GatedFeedForward):
        beside = 2 * width + per_layer_width(architecture) + _streams_width(architecture)
        return 3 * ffn.size + beside + (0 if architecture.gguf.fused_gate_up or _is_light(architecture) else output)
    if isinstance(ffn, PlainFeedForward):
        return ffn.size + 3 * width
    if isinstance(ffn, Experts):
        return _experts_width(ffn, width, output)
    return 0


def _experts_width(ffn: Experts, width: int, output: int) -> int:
    if ffn.latent:
        return ffn.active * (ffn.size + ffn.latent) + 4 * width
    beside = 2 * width + output + (width if ffn.shared or output > width else 0)
    if ffn.shared and ffn.shared_gate:
        beside += ffn.shared
    return max(3 * ffn.active * ffn.size + 2 * width + output, 2 * ffn.active * width + beside)


def _attention_output(architecture: Architecture, group: LayerGroup) -> int:
    """Elements that a layer's attention puts out for a token, before they are projected."""
    for mixer in group.mixers:
        if isinstance(mixer, GroupedQueryAttention):
            return mixer.heads * (mixer.v_head_dim or mixer.head_dim)
    return architecture.hidden_size


def per_layer_width(architecture: Architecture) -> int:
    """Elements of a token's own input of each layer, all layers together."""
    return sum(group.n * (group.layer_input or 0) for group in architecture.blocks)


def _streams_width(architecture: Architecture) -> int:
    """Elements of a token that projections between several streams of hidden states put out."""
    return (architecture.unquantized or {}).get("altup_projections", 0) // architecture.hidden_size


def _is_light(architecture: Architecture) -> bool:
    return any(isinstance(mixer, GatedDeltaNet | ShortConvolution) for mixer in architecture.mixers)


def _latent_width(mixer: LatentAttention) -> int:
    """Queries before and after they are taken to the latent, and the values on the way back."""
    latent_query = mixer.kv_lora_rank + mixer.qk_rope_head_dim
    query = mixer.qk_nope_head_dim + mixer.qk_rope_head_dim
    return mixer.heads * (latent_query + mixer.kv_lora_rank + query + mixer.v_head_dim)


def _held_by_attention(
    architecture: Architecture, group: LayerGroup, mixer: GroupedQueryAttention, types: CacheTypes
) -> int:
    """Elements for each token of the batch while attention runs.

    Over a quantized cache the peak is while its f16 copy lives: keys and values are written by then, and a gate that
    comes with the queries is still held. Where attention and the feed-forward part run side by side on one norm, both
    are held.
    """
    width, queries, keys = architecture.hidden_size, mixer.heads * mixer.head_dim, mixer.kv_heads * mixer.head_dim
    if types == UNQUANTIZED:
        return 2 * (width + queries + keys)
    if _runs_side_by_side(architecture, group):
        return feed_forward_width(architecture, group) + width
    besides = 3 * queries if mixer.gate == "elementwise" else 0
    if isinstance(group.ffn, Experts) and group.ffn.shared:
        besides += group.ffn.active * width
    if not architecture.gguf.fused_qkv:
        return 2 * (width + queries) + besides
    fused = queries + 2 * keys
    return fused if mixer.heads == mixer.kv_heads else 2 * (width + queries) + fused


def _runs_side_by_side(architecture: Architecture, group: LayerGroup) -> bool:
    if isinstance(group.ffn, NoFeedForward):
        return False
    return group.norm_params == architecture.hidden_size or architecture.gguf.q8_head_mix
