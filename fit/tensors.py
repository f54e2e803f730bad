"""A model's architecture -> the tensors of llama.cpp's own file of it.

A tensor is `rows` rows of `row_length` elements: quantization packs along the row, so both matter. Which type each gets
is `fit.quant_mixes`. Structure decides, never a model's name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from fit.architecture import (
    Architecture,
    CompressedAttention,
    DeltaAttention,
    Experts,
    FeedForward,
    GatedDeltaNet,
    GatedFeedForward,
    GroupedQueryAttention,
    LatentAttention,
    LayerGroup,
    LightningAttention,
    Mamba1,
    Mamba2,
    Mixer,
    PlainFeedForward,
    ShortConvolution,
)


class Role(Enum):
    """What a tensor is for, as far as the mixes tell tensors apart."""

    TOKEN_EMBEDDING = "token embedding"
    OUTPUT = "output matrix"
    ATTENTION_K = "attention k"
    ATTENTION_V = "attention v"
    ATTENTION_OUTPUT = "attention output"
    FFN_DOWN = "ffn down"
    EXPERTS_DOWN = "experts down"
    EXPERTS = "experts"
    MATRIX = "another matrix"
    SMALL = "never quantized"


@dataclass(frozen=True)
class Tensor:
    """`known_shape` is False where only the number of its elements is known."""

    role: Role
    rows: int
    row_length: int
    known_shape: bool = True

    @property
    def elements(self) -> int:
        return self.rows * self.row_length


def count_parameters(architecture: Architecture) -> int:
    """Weights of the model, a tied head once, without draft layers."""
    outside = sum(tensor.elements for tensor in outside_the_stack(architecture))
    if architecture.gguf.head_stored_twice:
        outside -= architecture.vocab_size * architecture.hidden_size
    return outside + sum(group.n * _count(architecture, group) for group in architecture.blocks)


def count_draft_parameters(architecture: Architecture) -> int:
    """Weights of the draft layers, whether or not they are in the file."""
    if architecture.mtp is None:
        return 0
    return architecture.mtp.extra + sum(group.n * _count(architecture, group) for group in architecture.mtp.blocks)


def _count(architecture: Architecture, group: LayerGroup) -> int:
    return sum(tensor.elements for tensor in layer_tensors(architecture, group))


def layers(architecture: Architecture) -> list[LayerGroup]:
    """The groups as they are stacked, one entry a layer.

    `layer_pattern` says it, repeated to the end. Without one, groups with different mixers alternate and are spread
    evenly; groups that differ elsewhere (dense layers before those with experts) follow one another.
    """
    groups = architecture.blocks
    if architecture.layer_pattern:
        pattern = architecture.layer_pattern
        total = sum(group.n for group in groups)
        return [groups[pattern[index % len(pattern)]] for index in range(total)]
    if len({group.mixers for group in groups}) < 2:
        return [group for group in groups for _ in range(group.n)]
    placed = [
        ((2 * index + 1) / (2 * group.n), order, group)
        for order, group in enumerate(groups)
        for index in range(group.n)
    ]
    return [group for _, _, group in sorted(placed, key=lambda entry: entry[:2])]


def draft_layers(architecture: Architecture) -> list[LayerGroup]:
    """Draft layers that are in the file, one entry a layer."""
    if architecture.mtp is None or not architecture.gguf.draft_layers_in_file:
        return []
    return [group for group in architecture.mtp.blocks for _ in range(group.n)]


def has_output_matrix(architecture: Architecture) -> bool:
    """Whether the head has a matrix of its own in the file; if not, it is the token embedding."""
    return not architecture.tie_embeddings or architecture.gguf.head_stored_twice


def outside_the_stack(architecture: Architecture) -> Iterator[Tensor]:
    """The tensors before and after the layers."""
    width = architecture.embed_dim or architecture.hidden_size
    yield _matrix(Role.TOKEN_EMBEDDING, architecture.vocab_size, width)
    if has_output_matrix(architecture):
        yield _matrix(Role.OUTPUT, architecture.vocab_size, architecture.hidden_size)
    final_norm = architecture.final_norm_params
    yield _small(architecture.hidden_size if final_norm is None else final_norm)
    yield _small(architecture.lm_head_bias)
    for elements in (architecture.extra or {}).values():
        yield of_unknown_shape(elements)


def layer_tensors(architecture: Architecture, group: LayerGroup) -> Iterator[Tensor]:
    """The tensors of one layer of a group."""
    for mixer in group.mixers:
        yield from _mixer(architecture, mixer)
    yield from _feed_forward(architecture, group.ffn)
    yield _small(group.norm_params)
    yield _small(group.extra)


def _matrix(role: Role, rows: int, row_length: int) -> Tensor:
    return Tensor(role, rows, row_length)


def _small(elements: int) -> Tensor:
    return Tensor(Role.SMALL, min(1, elements), elements)


def of_unknown_shape(elements: int) -> Tensor:
    """Weights of which only the number is known."""
    return Tensor(Role.MATRIX, min(1, elements), elements, known_shape=False)


def _mixer(architecture: Architecture, mixer: Mixer) -> Iterator[Tensor]:
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
    owns = mixer.kv == "own"
    key_rows = mixer.kv_heads * mixer.head_dim if owns else 0
    value_rows = mixer.kv_heads * value_dim if owns and not mixer.k_eq_v else 0
    if architecture.gguf.fused_qkv:
        yield _matrix(Role.ATTENTION_V, query_rows + key_rows + value_rows, width)
    else:
        yield _matrix(Role.MATRIX, query_rows, width)
        yield _matrix(Role.ATTENTION_K, key_rows, width)
        yield _matrix(Role.ATTENTION_V, value_rows, width)
    yield _matrix(Role.ATTENTION_OUTPUT, width, mixer.heads * value_dim)
    yield _small(_grouped_query_small(mixer, width, query_rows, owns))
    if mixer.gate == "headwise":
        yield _matrix(Role.MATRIX, mixer.heads, width)
    if mixer.gate == "proj":
        yield _matrix(Role.MATRIX, mixer.heads * mixer.head_dim, width)
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
    """Keys and values are expanded from the latent by two tensors, k_b and v_b."""
    width, heads, rank = architecture.hidden_size, mixer.heads, mixer.kv_lora_rank
    query_rows = heads * (mixer.qk_nope_head_dim + mixer.qk_rope_head_dim)
    if mixer.q_lora_rank:
        yield _matrix(Role.MATRIX, mixer.q_lora_rank, width)
        yield _small(mixer.q_lora_rank)
    yield _matrix(Role.MATRIX, query_rows, mixer.q_lora_rank or width)
    yield _matrix(Role.MATRIX, rank + mixer.qk_rope_head_dim, width)
    yield _small(rank)
    yield _matrix(Role.MATRIX, heads * rank, mixer.qk_nope_head_dim)
    yield _matrix(Role.MATRIX, heads * mixer.v_head_dim, rank)
    yield _matrix(Role.ATTENTION_OUTPUT, width, heads * mixer.v_head_dim)
    if mixer.gate:
        yield _matrix(Role.MATRIX, heads * (mixer.v_head_dim if mixer.gate == "proj" else 1), width)
    index = mixer.indexer
    if index and not index.shared_layer:
        yield _matrix(Role.MATRIX, index.heads * index.head_dim, mixer.q_lora_rank or width)
        yield _matrix(Role.MATRIX, index.head_dim, width)
        yield _small(2 * index.head_dim)
        yield _matrix(Role.MATRIX, index.heads, width)
    yield of_unknown_shape(mixer.extra)


def _gated_delta_net(architecture: Architecture, mixer: GatedDeltaNet) -> Iterator[Tensor]:
    width = architecture.hidden_size
    keys, values = mixer.k_heads * mixer.k_dim, mixer.v_heads * mixer.v_dim
    yield _matrix(Role.ATTENTION_V, 2 * keys + values, width)
    yield _matrix(Role.MATRIX, values, width)
    yield _matrix(Role.MATRIX, 2 * mixer.v_heads, width)
    yield _small((2 * keys + values) * mixer.d_conv + 2 * mixer.v_heads + mixer.v_dim)
    yield _matrix(Role.MATRIX, width, values)


def _mamba2(architecture: Architecture, mixer: Mamba2) -> Iterator[Tensor]:
    width, inner, groups = architecture.hidden_size, mixer.n_heads * mixer.head_dim, mixer.n_groups * mixer.d_state
    yield _matrix(Role.MATRIX, 2 * inner + 2 * groups + mixer.n_heads, width)
    convolution = (inner + 2 * groups) * (mixer.d_conv + (1 if mixer.conv_bias else 0))
    yield _small(convolution + 3 * mixer.n_heads + (inner if mixer.norm else 0))
    yield _matrix(Role.MATRIX, width, inner)
    yield of_unknown_shape(mixer.extra)


def _mamba1(architecture: Architecture, mixer: Mamba1) -> Iterator[Tensor]:
    width, inner, state = architecture.hidden_size, mixer.d_inner, mixer.d_state
    yield _matrix(Role.MATRIX, 2 * inner, width)
    yield _matrix(Role.MATRIX, mixer.dt_rank + 2 * state, inner)
    yield _matrix(Role.MATRIX, inner, mixer.dt_rank)
    norms = mixer.dt_rank + 2 * state if mixer.inner_norms else 0
    yield _small(inner * (mixer.d_conv + 1) + inner + inner * state + inner + norms)
    yield _matrix(Role.MATRIX, width, inner)


def _delta_attention(architecture: Architecture, mixer: DeltaAttention) -> Iterator[Tensor]:
    width, inner = architecture.hidden_size, mixer.heads * mixer.head_dim
    yield from [_matrix(Role.MATRIX, inner, width)] * 3
    yield _matrix(Role.ATTENTION_OUTPUT, width, inner)
    yield _small(3 * inner * mixer.d_conv + inner + (mixer.a_log or mixer.heads) + mixer.head_dim)
    yield _matrix(Role.MATRIX, mixer.heads, width)
    for full_rank in (mixer.full_rank_decay, mixer.full_rank_gate):
        if full_rank:
            yield _matrix(Role.MATRIX, inner, width)
        else:
            yield _matrix(Role.MATRIX, mixer.head_dim, width)
            yield _matrix(Role.MATRIX, inner, mixer.head_dim)
    yield of_unknown_shape(mixer.extra)


def _lightning(architecture: Architecture, mixer: LightningAttention) -> Iterator[Tensor]:
    width, inner = architecture.hidden_size, mixer.heads * mixer.head_dim
    yield _matrix(Role.MATRIX, 3 * inner, width)
    yield _matrix(Role.MATRIX, inner, width)
    yield _matrix(Role.ATTENTION_OUTPUT, width, inner)
    yield _small(inner)


def _short_convolution(architecture: Architecture, mixer: ShortConvolution) -> Iterator[Tensor]:
    width = architecture.hidden_size
    yield _matrix(Role.MATRIX, 3 * width, width)
    yield _small(width * mixer.d_conv)
    yield _matrix(Role.MATRIX, width, width)


def _compressed(architecture: Architecture, mixer: CompressedAttention) -> Iterator[Tensor]:
    width, dim, rank = architecture.hidden_size, mixer.head_dim, mixer.q_lora_rank
    yield _matrix(Role.MATRIX, rank, width)
    yield _matrix(Role.MATRIX, mixer.heads * dim, rank)
    yield _matrix(Role.MATRIX, dim, width)
    yield _matrix(Role.MATRIX, mixer.o_groups * mixer.o_lora_rank, mixer.heads * dim // mixer.o_groups)
    yield _matrix(Role.ATTENTION_OUTPUT, width, mixer.o_groups * mixer.o_lora_rank)
    yield _small(rank + dim + mixer.heads)
    ratio = mixer.compress_ratio
    doubled = 2 if ratio == INDEXED_RATIO else 1
    if ratio:
        yield _matrix(Role.MATRIX, 2 * doubled * dim, width)
        yield _small(ratio * doubled * dim + dim)
    if ratio == INDEXED_RATIO:
        yield _matrix(Role.MATRIX, 4 * mixer.index_dim, width)
        yield _small(ratio * 2 * mixer.index_dim + mixer.index_dim)
        yield _matrix(Role.MATRIX, mixer.index_heads * mixer.index_dim, rank)
        yield _matrix(Role.MATRIX, mixer.index_heads, width)


# Layers that compress four to one carry an index; those that compress more do without.
INDEXED_RATIO = 4


def _feed_forward(architecture: Architecture, ffn: FeedForward) -> Iterator[Tensor]:
    if isinstance(ffn, GatedFeedForward):
        yield from _gated(architecture, architecture.hidden_size, ffn.size)
        yield _small(2 * ffn.size + architecture.hidden_size if ffn.bias else 0)
    elif isinstance(ffn, PlainFeedForward):
        yield from _plain(architecture.hidden_size, ffn.size)
        yield _small(ffn.size + architecture.hidden_size if ffn.bias else 0)
    elif isinstance(ffn, Experts):
        yield from _experts(architecture, ffn)


def _gated(architecture: Architecture, width: int, size: int) -> Iterator[Tensor]:
    if architecture.gguf.fused_gate_up:
        yield _matrix(Role.MATRIX, 2 * size, width)
    else:
        yield _matrix(Role.MATRIX, size, width)
        yield _matrix(Role.MATRIX, size, width)
    yield _matrix(Role.FFN_DOWN, width, size)


def _plain(width: int, size: int) -> Iterator[Tensor]:
    yield _matrix(Role.MATRIX, size, width)
    yield _matrix(Role.FFN_DOWN, width, size)


def _experts(architecture: Architecture, ffn: Experts) -> Iterator[Tensor]:
    width, inside = architecture.hidden_size, ffn.latent or architecture.hidden_size
    yield from [_matrix(Role.EXPERTS, ffn.experts * ffn.size, inside)] * (1 if ffn.plain else 2)
    yield _matrix(Role.EXPERTS_DOWN, ffn.experts * inside, ffn.size)
    yield _small(width * ffn.experts + (ffn.experts if ffn.router_bias else 0))
    yield _small(ffn.experts * (2 * ffn.size + inside) if ffn.bias else 0)
    if ffn.latent:
        yield _matrix(Role.MATRIX, ffn.latent, width)
        yield _matrix(Role.MATRIX, width, ffn.latent)
    if ffn.shared:
        yield from _plain(width, ffn.shared) if ffn.plain else _gated(architecture, width, ffn.shared)
        yield _small(width if ffn.shared_gate else 0)
    if ffn.dense:
        yield from _gated(architecture, width, ffn.dense)
    yield _small(ffn.extra)
