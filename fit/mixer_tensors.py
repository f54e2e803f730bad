"""The tensors of what mixes tokens in a layer: attention of several kinds, and recurrent layers."""

from collections.abc import Callable, Iterator
from typing import Any

from fit.architecture import Architecture
from fit.mixers import (
    INDEXED_RATIO,
    CompressedAttention,
    DeltaAttention,
    GatedDeltaNet,
    GroupedQueryAttention,
    LatentAttention,
    LightningAttention,
    Mamba1,
    Mamba2,
    Mixer,
    ShortConvolution,
)
from fit.tensor import Role, Tensor, matrix, of_unknown_shape, small, stacked


def mixer_tensors(architecture: Architecture, mixer: Mixer) -> Iterator[Tensor]:
    """The tensors of one mixer of a layer."""
    makers: dict[type, Callable[[Architecture, Any], Iterator[Tensor]]] = {
        GroupedQueryAttention: _grouped_query,
        LatentAttention: _latent,
        GatedDeltaNet: _gated_delta_net,
        Mamba2: _mamba2,
        Mamba1: _mamba1,
        DeltaAttention: _delta_attention,
        LightningAttention: _lightning,
        ShortConvolution: _short_convolution,
        CompressedAttention: _compressed,
    }
    return makers[type(mixer)](architecture, mixer)


def _grouped_query(architecture: Architecture, mixer: GroupedQueryAttention) -> Iterator[Tensor]:
    width, value_dim = architecture.hidden_size, mixer.v_head_dim or mixer.head_dim
    query_rows = mixer.heads * mixer.head_dim * (2 if mixer.gate == "elementwise" else 1)
    owns = mixer.kv == "own" or mixer.unused_kv
    key_rows = mixer.kv_heads * mixer.head_dim if owns else 0
    value_rows = mixer.kv_heads * value_dim if owns and not mixer.k_eq_v else 0
    if architecture.gguf.fused_qkv:
        yield matrix(Role.ATTENTION_V, query_rows + key_rows + value_rows, width)
    else:
        yield matrix(Role.ATTENTION_Q, query_rows, width)
        yield matrix(Role.ATTENTION_K, key_rows, width)
        yield matrix(Role.ATTENTION_V, value_rows, width)
    yield matrix(Role.ATTENTION_OUTPUT, width, mixer.heads * value_dim)
    yield small(_grouped_query_small(mixer, width, query_rows, owns))
    if mixer.gate == "headwise":
        yield matrix(Role.MATRIX, mixer.heads, width)
    if mixer.gate == "proj":
        yield matrix(Role.MATRIX, mixer.heads * mixer.head_dim, width)
    yield of_unknown_shape(mixer.extra)


def _grouped_query_small(mixer: GroupedQueryAttention, width: int, query_rows: int, owns: bool) -> int:
    """Elements of biases, norms and sinks."""
    value_dim = mixer.v_head_dim or mixer.head_dim
    count = mixer.heads if mixer.sinks else 0
    count += width if mixer.o_bias else 0
    if mixer.q_bias or mixer.qkv_bias:
        count += query_rows
    if mixer.qkv_bias and owns:
        count += mixer.kv_heads * (mixer.head_dim + value_dim)
    if mixer.qk_norm == "head":
        count += mixer.head_dim * (2 if owns else 1)
    elif mixer.qk_norm:
        count += (mixer.heads + mixer.kv_heads) * mixer.head_dim
    return count


def _latent(architecture: Architecture, mixer: LatentAttention) -> Iterator[Tensor]:
    """Keys and values are expanded from the latent by two tensors, k_b and v_b, or by one."""
    width, heads, rank = architecture.hidden_size, mixer.heads, mixer.kv_lora_rank
    query_rows = heads * (mixer.qk_nope_head_dim + mixer.qk_rope_head_dim)
    if mixer.q_lora_rank:
        yield matrix(Role.MATRIX, mixer.q_lora_rank, width)
        yield small(mixer.q_lora_rank)
    yield matrix(Role.MATRIX if mixer.q_lora_rank else Role.ATTENTION_Q, query_rows, mixer.q_lora_rank or width)
    yield matrix(Role.MATRIX, rank + mixer.qk_rope_head_dim, width)
    yield small(rank)
    if architecture.gguf.latent_expanded:
        yield matrix(Role.ATTENTION_V, heads * (mixer.qk_nope_head_dim + mixer.v_head_dim), rank)
    else:
        yield stacked(heads * rank, mixer.qk_nope_head_dim)
        yield stacked(heads * mixer.v_head_dim, rank)
    yield matrix(Role.ATTENTION_OUTPUT, width, heads * mixer.v_head_dim)
    if mixer.gate:
        yield matrix(Role.MATRIX, heads * (mixer.v_head_dim if mixer.gate == "proj" else 1), width)
    index = mixer.indexer
    if index and not index.shared_layer:
        yield matrix(Role.MATRIX, index.heads * index.head_dim, mixer.q_lora_rank or width)
        yield matrix(Role.MATRIX, index.head_dim, width)
        yield small(2 * index.head_dim)
        yield matrix(Role.MATRIX, index.heads, width)
    yield of_unknown_shape(mixer.extra)


def _gated_delta_net(architecture: Architecture, mixer: GatedDeltaNet) -> Iterator[Tensor]:
    width = architecture.hidden_size
    keys, values = mixer.k_heads * mixer.k_dim, mixer.v_heads * mixer.v_dim
    yield matrix(Role.ATTENTION_V, 2 * keys + values, width)
    yield matrix(Role.MATRIX, values, width)
    yield matrix(Role.MATRIX, 2 * mixer.v_heads, width)
    yield small((2 * keys + values) * mixer.d_conv + 2 * mixer.v_heads + mixer.v_dim)
    yield matrix(Role.MATRIX, width, values)


def _mamba2(architecture: Architecture, mixer: Mamba2) -> Iterator[Tensor]:
    width, inner, groups = architecture.hidden_size, mixer.n_heads * mixer.head_dim, mixer.n_groups * mixer.d_state
    yield matrix(Role.MATRIX, 2 * inner + 2 * groups + mixer.n_heads, width)
    convolution = (inner + 2 * groups) * (mixer.d_conv + (1 if mixer.conv_bias else 0))
    yield small(convolution + 3 * mixer.n_heads + (inner if mixer.norm else 0))
    yield matrix(Role.MATRIX, width, inner)
    yield of_unknown_shape(mixer.extra)


def _mamba1(architecture: Architecture, mixer: Mamba1) -> Iterator[Tensor]:
    width, inner, state = architecture.hidden_size, mixer.d_inner, mixer.d_state
    yield matrix(Role.MATRIX, 2 * inner, width)
    yield matrix(Role.MATRIX, mixer.dt_rank + 2 * state, inner)
    yield matrix(Role.MATRIX, inner, mixer.dt_rank)
    norms = mixer.dt_rank + 2 * state if mixer.inner_norms else 0
    yield small(inner * (mixer.d_conv + 1) + inner + inner * state + inner + norms)
    yield matrix(Role.MATRIX, width, inner)


def _delta_attention(architecture: Architecture, mixer: DeltaAttention) -> Iterator[Tensor]:
    width, inner = architecture.hidden_size, mixer.heads * mixer.head_dim
    for role in (Role.ATTENTION_Q, Role.ATTENTION_K, Role.ATTENTION_V):
        yield matrix(role, inner, width)
    yield matrix(Role.ATTENTION_OUTPUT, width, inner)
    yield small(3 * inner * mixer.d_conv + inner + (mixer.a_log or mixer.heads) + mixer.head_dim)
    yield matrix(Role.MATRIX, mixer.heads, width)
    for full_rank in (mixer.full_rank_decay, mixer.full_rank_gate):
        if full_rank:
            yield matrix(Role.MATRIX, inner, width)
        else:
            yield matrix(Role.MATRIX, mixer.head_dim, width)
            yield matrix(Role.MATRIX, inner, mixer.head_dim)
    yield of_unknown_shape(mixer.extra)


def _lightning(architecture: Architecture, mixer: LightningAttention) -> Iterator[Tensor]:
    width, inner = architecture.hidden_size, mixer.heads * mixer.head_dim
    yield matrix(Role.ATTENTION_V, 3 * inner, width)
    yield matrix(Role.MATRIX, inner, width)
    yield matrix(Role.ATTENTION_OUTPUT, width, inner)
    yield small(inner)


def _short_convolution(architecture: Architecture, mixer: ShortConvolution) -> Iterator[Tensor]:
    width = architecture.hidden_size
    yield matrix(Role.MATRIX, 3 * width, width)
    yield small(width * mixer.d_conv)
    yield matrix(Role.MATRIX, width, width)


def _compressed(architecture: Architecture, mixer: CompressedAttention) -> Iterator[Tensor]:
    width, dim, rank = architecture.hidden_size, mixer.head_dim, mixer.q_lora_rank
    yield matrix(Role.MATRIX, rank, width)
    yield matrix(Role.MATRIX, mixer.heads * dim, rank)
    yield matrix(Role.MATRIX, dim, width)
    yield stacked(mixer.o_groups * mixer.o_lora_rank, mixer.heads * dim // mixer.o_groups)
    yield matrix(Role.MATRIX, width, mixer.o_groups * mixer.o_lora_rank)
    yield small(rank + dim + mixer.heads)
    ratio = mixer.compress_ratio
    doubled = 2 if ratio == INDEXED_RATIO else 1
    if ratio:
        yield matrix(Role.MATRIX, 2 * doubled * dim, width)
        yield small(ratio * doubled * dim + dim)
    if ratio == INDEXED_RATIO:
        yield matrix(Role.MATRIX, 4 * mixer.index_dim, width)
        yield small(ratio * 2 * mixer.index_dim + mixer.index_dim)
        yield matrix(Role.MATRIX, mixer.index_heads * mixer.index_dim, rank)
        yield matrix(Role.MATRIX, mixer.index_heads, width)
