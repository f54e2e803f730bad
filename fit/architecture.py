"""The architecture of a model: its groups of equal layers, kind by kind.

The names are those of the architecture document that editors keep with a model (docs/catalog.md); reading one is
`fit.architecture_document`. Field types say what a document may hold, so the types here and in `fit.mixers` are the
schema.
"""

from dataclasses import dataclass
from functools import cached_property

from fit.mixers import Arithmetic, Count, CountOrZero, GroupedQueryAttention, LatentAttention, Mixer


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
    """`n` equal layers: their mixers (attention or a recurrence), their feed-forward part, their norms.

    `layer_input`: width of an input that each layer has of its own, joined by two matrices; `residual_streams`: number
    of streams that matrices before attention and before the feed-forward part mix; `unquantized`: weights of matrices
    that every mix keeps at 16 bits.
    """

    n: Count
    mixers: tuple[Mixer, ...]
    ffn: FeedForward
    norm_params: CountOrZero = 0
    layer_input: Count | None = None
    residual_streams: Count | None = None
    unquantized: Arithmetic = 0
    extra: Arithmetic = 0


@dataclass(frozen=True, kw_only=True)
class DraftLayers:
    """Layers for multi-token prediction that ship beside the model."""

    blocks: tuple[LayerGroup, ...]
    extra: Arithmetic = 0


@dataclass(frozen=True, kw_only=True)
class FileLayout:
    """What llama.cpp's own file of the model does; `arch` is its name for the architecture, None where not needed.

    `latent_expanded`: latent attention is cached as the keys and values of every head. `no_flash_attention`: llama.cpp
    switches it off, and takes no quantized cache.
    """

    arch: str | None = None
    fused_qkv: bool = False
    fused_gate_up: bool = False
    head_stored_twice: bool = False
    draft_layers_in_file: bool = False
    q8_head_mix: bool = False
    mix_70b_class: bool = False
    ignores_window: bool = False
    latent_expanded: bool = False
    no_flash_attention: bool = False
    mxfp4_experts: bool = False
    head_reads_embedding: bool = False


@dataclass(frozen=True, kw_only=True)
class LookupTable:
    """A table of which a token reads single rows; it stays in RAM, quantized as the token embedding is."""

    rows: Arithmetic
    row_length: Arithmetic


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """The whole decoder.

    `layer_pattern` gives the order of `blocks` in the stack, repeated to the end. `lookup_tables`: tables beside the
    token embedding, by name; `unquantized`: weights of matrices outside the layers that every mix keeps at 16 bits;
    `extra`: weights outside the layers of which only the number is known.
    """

    vocab_size: Count
    hidden_size: Count
    tie_embeddings: bool
    blocks: tuple[LayerGroup, ...]
    embed_dim: Count | None = None
    final_norm_params: CountOrZero | None = None
    lm_head_bias: CountOrZero = 0
    lookup_tables: dict[str, LookupTable] | None = None
    unquantized: dict[str, Arithmetic] | None = None
    extra: dict[str, Arithmetic] | None = None
    mtp: DraftLayers | None = None
    layer_pattern: tuple[CountOrZero, ...] | None = None
    layer_note: str | None = None
    gguf: FileLayout = FileLayout()

    @property
    def mixers(self) -> tuple[Mixer, ...]:
        """The mixers of all groups of layers, once for each group."""
        return tuple(mixer for group in self.blocks for mixer in group.mixers)

    @cached_property
    def widest_gated(self) -> int | None:
        """The size of the widest gated feed-forward part where every layer has one; None elsewhere."""
        gated = [group.ffn.size for group in self.blocks if isinstance(group.ffn, GatedFeedForward)]
        return max(gated) if len(gated) == len(self.blocks) else None

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
