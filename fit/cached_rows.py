"""What a layer caches for a token, kind of layer by kind of layer, as llama.cpp does."""

from collections.abc import Iterator
from typing import NamedTuple

from fit.architecture import Architecture
from fit.mixers import CompressedAttention, GroupedQueryAttention, LatentAttention, Mixer

VALUES = "values"


class CachedRow(NamedTuple):
    """What a layer keeps in one cell: keys, values, a latent or an index, of so many `elements`.

    `window`: tokens looked back at, where it is not all of them. `ratio`: tokens that share one cell. `head_elements`:
    elements of one head, which quantized rows are made of.
    """

    name: str
    elements: int
    head_elements: int
    window: int | None = None
    ratio: int = 1

    @property
    def kept_in(self) -> str:
        """Which cells: "all", "windowed" or such as "ratio 4"."""
        if self.window is not None:
            return "windowed"
        return "all" if self.ratio == 1 else f"ratio {self.ratio}"


def cached_rows(architecture: Architecture, mixer: Mixer) -> Iterator[CachedRow]:
    """The rows that a layer caches for a token."""
    if isinstance(mixer, GroupedQueryAttention):
        yield from _of_grouped_queries(mixer, None if architecture.gguf.ignores_window else mixer.window)
    elif isinstance(mixer, LatentAttention):
        yield from _of_latent(mixer, expanded=architecture.gguf.latent_expanded)
    elif isinstance(mixer, CompressedAttention):
        yield from _of_compressed(mixer)


def _of_grouped_queries(mixer: GroupedQueryAttention, window: int | None) -> Iterator[CachedRow]:
    if mixer.kv != "own":
        return
    values = mixer.v_head_dim or mixer.head_dim
    yield CachedRow("keys", mixer.kv_heads * mixer.head_dim, mixer.head_dim, window)
    yield CachedRow(VALUES, mixer.kv_heads * values, values, window)
    if mixer.index_dim:
        yield CachedRow("index", mixer.index_dim, mixer.index_dim, window)


def _of_latent(mixer: LatentAttention, *, expanded: bool) -> Iterator[CachedRow]:
    if expanded:
        keys = mixer.qk_nope_head_dim + mixer.qk_rope_head_dim
        yield CachedRow("keys", mixer.heads * keys, keys)
        yield CachedRow(VALUES, mixer.heads * mixer.v_head_dim, mixer.v_head_dim)
        return
    latent = mixer.kv_lora_rank + mixer.qk_rope_head_dim
    yield CachedRow("latent", latent, latent)
    if mixer.indexer and not mixer.indexer.shared_layer:
        index = mixer.indexer.cached_dim or mixer.indexer.head_dim
        yield CachedRow("index", index, index)


def _of_compressed(mixer: CompressedAttention) -> Iterator[CachedRow]:
    yield CachedRow("keys", mixer.head_dim, mixer.head_dim, mixer.window)
    if mixer.compress_ratio:
        yield CachedRow("keys", mixer.head_dim, mixer.head_dim, ratio=mixer.compress_ratio)
    if mixer.compresses_index:
        yield CachedRow("index", mixer.index_dim, mixer.index_dim, ratio=mixer.compress_ratio)
