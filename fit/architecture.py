"""The architecture of a model: its groups of equal layers, kind by kind.

The names are those of the architecture document that editors keep with a model (docs/catalog.md); reading one is
`fit.architecture_document`. Field types say what a document may hold, so the types below are the schema:
`Count` is at least 1, `CountOrZero` at least 0, and `Arithmetic` a number or a product and sum of numbers ("2*2048+1").
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

Count = Annotated[int, "count"]
CountOrZero = Annotated[int, "count or zero"]
Arithmetic = Annotated[int, "arithmetic"]


@dataclass(frozen=True, kw_only=True)
class GroupedQueryAttention:
    """Attention with `kv_heads` key and value heads; as many as `heads` is multi-head, one is multi-query.

    `window`: sliding window in tokens, `chunked` where it is a chunk. `kv`: whether the layer caches its own keys and
    values, shares an earlier layer's, or reads another tower's.
    """

    heads: Count
    kv_heads: Count
    head_dim: Count
    v_head_dim: Count | None = None
    window: Count | None = None
    chunked: bool = False
    kv: Literal["own", "shared", "cross"] = "own"
    k_eq_v: bool = False
    gate: Literal["elementwise", "headwise", "proj"] | None = None
    qk_norm: Literal["head", "full", "perhead"] | None = None
    q_bias: bool = False
    qkv_bias: bool = False
    o_bias: bool = False
    sinks: bool = False
    index_dim: CountOrZero = 0
    extra: Arithmetic = 0


@dataclass(frozen=True, kw_only=True)
class Indexer:
    """The index of a sparse attention; `shared_layer` where it is an earlier layer's."""

    heads: Count
    head_dim: Count
    shared_layer: bool = False


@dataclass(frozen=True, kw_only=True)
class LatentAttention:
    """Multi-head latent attention: keys and values are cached as one latent of `kv_lora_rank` elements."""

    heads: Count
    kv_lora_rank: Count
    qk_nope_head_dim: Count
    qk_rope_head_dim: CountOrZero
    v_head_dim: Count
    q_lora_rank: Count | None = None
    gate: Literal["headwise", "proj"] | None = None
    indexer: Indexer | None = None
    extra: Arithmetic = 0


@dataclass(frozen=True, kw_only=True)
class Mamba2:
    """A Mamba-2 state-space layer."""

    n_heads: Count
    head_dim: Count
    d_state: Count
    n_groups: Count
    d_conv: Count
    conv_bias: bool = True
    norm: bool = True
    extra: Arithmetic = 0


@dataclass(frozen=True, kw_only=True)
class Mamba1:
    """A Mamba state-space layer."""

    d_inner: Count
    d_state: Count
    d_conv: Count
    dt_rank: Count
    inner_norms: bool = False


@dataclass(frozen=True, kw_only=True)
class GatedDeltaNet:
    """A gated delta-rule layer: a fixed state of k_dim x v_dim for each value head."""

    k_heads: Count
    v_heads: Count
    k_dim: Count
    v_dim: Count
    d_conv: Count


@dataclass(frozen=True, kw_only=True)
class DeltaAttention:
    """Delta attention with a decay for each channel (KDA)."""

    heads: Count
    head_dim: Count
    d_conv: Count
    full_rank_decay: bool = False
    full_rank_gate: bool = False
    a_log: Count | None = None
    extra: Arithmetic = 0


@dataclass(frozen=True, kw_only=True)
class LightningAttention:
    """Linear attention with a fixed state of head_dim x head_dim for each head."""

    heads: Count
    head_dim: Count


@dataclass(frozen=True, kw_only=True)
class ShortConvolution:
    """A gated short convolution."""

    d_conv: Count


@dataclass(frozen=True, kw_only=True)
class CompressedAttention:
    """Attention over keys and values compressed `compress_ratio` to one (0: not compressed), in a window."""

    heads: Count
    head_dim: Count
    q_lora_rank: Count
    o_groups: Count
    o_lora_rank: Count
    compress_ratio: CountOrZero
    index_heads: Count
    index_dim: Count
    window: Count


Mixer = (
    GroupedQueryAttention
    | LatentAttention
    | Mamba2
    | Mamba1
    | GatedDeltaNet
    | DeltaAttention
    | LightningAttention
    | ShortConvolution
    | CompressedAttention
)

MIXER_KINDS: dict[str, type[Mixer]] = {
    "gqa": GroupedQueryAttention,
    "mla": LatentAttention,
    "mamba2": Mamba2,
    "mamba1": Mamba1,
    "gdn": GatedDeltaNet,
    "kda": DeltaAttention,
    "lightning": LightningAttention,
    "conv": ShortConvolution,
    "dsv4": CompressedAttention,
}


@dataclass(frozen=True, kw_only=True)
class NoFeedForward:
    """A layer without a feed-forward part."""


@dataclass(frozen=True, kw_only=True)
class GatedFeedForward:
    """Gate, up and down matrices."""

    size: Count
    bias: bool = False


@dataclass(frozen=True, kw_only=True)
class PlainFeedForward:
    """Up and down matrices."""

    size: Count
    bias: bool = False


@dataclass(frozen=True, kw_only=True)
class Experts:
    """A mixture of `experts`, of which a token uses `active`; `size` is the width of one.

    `shared`: width of the expert that every token uses; `dense`: of a gated feed-forward part beside the experts;
    `latent`: width that the experts work at, where it is not the hidden size; `plain`: up and down only.
    """

    experts: Count
    active: Count
    size: Count
    shared: Count | None = None
    shared_gate: bool = False
    router_bias: bool = False
    bias: bool = False
    plain: bool = False
    latent: Count | None = None
    dense: Count | None = None
    extra: Arithmetic = 0


FeedForward = NoFeedForward | GatedFeedForward | PlainFeedForward | Experts

FEED_FORWARD_KINDS: dict[str, type[FeedForward]] = {
    "none": NoFeedForward,
    "glu": GatedFeedForward,
    "mlp": PlainFeedForward,
    "moe": Experts,
}


@dataclass(frozen=True, kw_only=True)
class LayerGroup:
    """`n` equal layers: their mixers (attention or a recurrence), their feed-forward part, their norms."""

    n: Count
    mixers: tuple[Mixer, ...]
    ffn: FeedForward
    norm_params: CountOrZero = 0
    extra: Arithmetic = 0


@dataclass(frozen=True, kw_only=True)
class DraftLayers:
    """Layers for multi-token prediction that ship beside the model."""

    blocks: tuple[LayerGroup, ...]
    extra: Arithmetic = 0


@dataclass(frozen=True, kw_only=True)
class FileLayout:
    """What llama.cpp's own file of the model does; `arch` is its name for the architecture, None where not needed."""

    arch: str | None = None
    fused_qkv: bool = False
    fused_gate_up: bool = False
    head_stored_twice: bool = False
    draft_layers_in_file: bool = False
    q8_head_mix: bool = False
    mix_70b_class: bool = False
    ignores_window: bool = False
    mxfp4_experts: bool = False


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """The whole decoder.

    `layer_pattern` gives the order of `blocks` in the stack, repeated to the end.
    """

    vocab_size: Count
    hidden_size: Count
    tie_embeddings: bool
    blocks: tuple[LayerGroup, ...]
    embed_dim: Count | None = None
    final_norm_params: CountOrZero | None = None
    lm_head_bias: CountOrZero = 0
    extra: dict[str, Arithmetic] | None = None
    mtp: DraftLayers | None = None
    layer_pattern: tuple[CountOrZero, ...] | None = None
    layer_note: str | None = None
    gguf: FileLayout = FileLayout()

    @cached_property
    def attention_operations(self) -> tuple[tuple[int, int | None], ...]:
        """Of each kind of attention in all its layers: operations for a token and one it looks back at, and its window.

        Two for each weight of its scores, two for each of its values.
        """
        operations: list[tuple[int, int | None]] = []
        for group in self.blocks:
            for mixer in group.mixers:
                if isinstance(mixer, GroupedQueryAttention):
                    operations.append((4 * group.n * mixer.heads * mixer.head_dim, mixer.window))
                elif isinstance(mixer, LatentAttention):
                    width = mixer.qk_nope_head_dim + mixer.qk_rope_head_dim + mixer.v_head_dim
                    operations.append((2 * group.n * mixer.heads * width, None))
        return tuple(operations)
