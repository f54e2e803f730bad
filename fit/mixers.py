"""What mixes tokens in a layer: attention of several kinds, and recurrences; the schema of their documents.

Field types say what a document may hold: `Count` is at least 1, `CountOrZero` at least 0, and `Arithmetic` a number or
a product and sum of numbers ("2*2048+1").
"""

from dataclasses import dataclass
from typing import Annotated, Literal

Count = Annotated[int, "count"]
CountOrZero = Annotated[int, "count or zero"]
Arithmetic = Annotated[int, "arithmetic"]

# Layers that compress four to one carry an index; those that compress more do without.
INDEXED_RATIO = 4


@dataclass(frozen=True, kw_only=True)
class GroupedQueryAttention:
    """Attention with `kv_heads` key and value heads; as many as `heads` is multi-head, one is multi-query.

    `window`: sliding window in tokens, `chunked` where it is a chunk. `kv`: whether the layer caches its own keys and
    values, shares an earlier layer's, or reads another tower's; `unused_kv` where one that shares has matrices for keys
    and values in the file all the same. `index_dim`: elements of an index in a cell of the cache, keys and values of
    the index together.
    """

    heads: Count
    kv_heads: Count
    head_dim: Count
    v_head_dim: Count | None = None
    window: Count | None = None
    chunked: bool = False
    kv: Literal["own", "shared", "cross"] = "own"
    unused_kv: bool = False
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
    """The index of a sparse attention; `shared_layer` where it is an earlier layer's.

    `cached_dim`: elements of the index in a cell of the cache, where they are not `head_dim`.
    """

    heads: Count
    head_dim: Count
    cached_dim: Count | None = None
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

    @property
    def compresses_index(self) -> bool:
        """Whether it picks what it looks at by an index; above this ratio so few cells are left that it takes all."""
        return self.compress_ratio == INDEXED_RATIO


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
