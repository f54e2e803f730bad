"""Bytes of cache for a context, kind of layer by kind of layer, as llama.cpp allocates them.

Ordinary layers keep keys and values of every cell; layers with a sliding window keep those of the window and of one
batch; latent attention keeps one latent a cell; compressed attention a window and one cell for several tokens;
recurrent layers keep a fixed state, whatever the context. Rows of a quantized cache are counted without the padding
of less than 1 KiB a layer that a CUDA card adds.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from fit.architecture import Architecture, LayerGroup
from fit.mixers import CompressedAttention, GroupedQueryAttention, LatentAttention, Mixer
from fit.states import state_bytes
from fit.workload import BATCH_TOKENS, ONE_SLOT, Workload

CELL_STEP = 256
BLOCK_ELEMENTS = 32


class CacheType(StrEnum):
    """What keys and values are kept as; the values are llama.cpp's names."""

    F16 = "f16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"


BLOCK_BYTES = {CacheType.F16: 64, CacheType.Q8_0: 34, CacheType.Q4_0: 18}


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


def cells(context: int) -> int:
    """Cells allocated for a context in tokens: rounded up to 256."""
    return -(-context // CELL_STEP) * CELL_STEP


def window_cells(context: int, window: int, batch_tokens: int = BATCH_TOKENS) -> int:
    """Cells of a layer that looks back `window` tokens: the window and one batch, never more than the context's."""
    return min(cells(context), cells(window + batch_tokens))


def cache_types(architecture: Architecture) -> tuple[CacheType, ...]:
    """The types of cache that llama.cpp accepts for a model.

    A quantized one needs flash attention, and heads that are a whole number of blocks of 32 elements.
    """
    heads = [row.head_elements for row in _rows(architecture)]
    is_refused = architecture.gguf.no_flash_attention or any(elements % BLOCK_ELEMENTS for elements in heads)
    return (CacheType.F16,) if is_refused else tuple(CacheType)


def cache_bytes(
    architecture: Architecture,
    context: int,
    cache_type: CacheType = CacheType.F16,
    *,
    batch_tokens: int = BATCH_TOKENS,
    whole_window: bool = False,
) -> int:
    """Bytes of cache of one slot for `context` tokens, states included."""
    workload = Workload(batch_tokens=batch_tokens, whole_window=whole_window)
    return cache_profile(architecture, cache_type).size_bytes(context, workload)


class CacheProfile(NamedTuple):
    """A model's cache by what it depends on: the slots alone (`state_bytes`, for each), all cells, the cells of a
    window, cells that several tokens share. Windows and ratios stand with their bytes a cell.

    `padding`: what values take besides without flash attention, which keeps them as wide as the widest layer's."""

    state_bytes: int
    cell_bytes: int
    windows: tuple[tuple[int, int], ...]
    compressed: tuple[tuple[int, int], ...] = ()
    padding: "CacheProfile | None" = None

    def size_bytes(self, context: int, workload: Workload = ONE_SLOT) -> int:
        """Bytes of cache for `context` tokens, of all slots together, states included."""
        if workload is ONE_SLOT:
            return self.state_bytes + self._stream_bytes(context, 1, BATCH_TOKENS)
        looking_back = workload.slots if workload.unified else 1
        own = -(-context // workload.streams)
        batch = cells(own) if workload.whole_window else workload.batch_tokens
        size = workload.states * self.state_bytes + workload.streams * self._stream_bytes(own, looking_back, batch)
        if self.padding and not workload.flash_attention:
            size += self.padding.size_bytes(context, workload)
        return size

    def _stream_bytes(self, context: int, looking_back: int, batch_tokens: int) -> int:
        """Bytes of the cells of one stream, in which so many slots look back over their windows."""
        held = cells(context)
        size = self.cell_bytes * held
        for window, cell_bytes in self.windows:
            size += cell_bytes * min(held, cells(window * looking_back + batch_tokens))
        for ratio, cell_bytes in self.compressed:
            size += cell_bytes * cells(max(1, context // ratio))
        return size


def cache_profile(architecture: Architecture, cache_type: CacheType) -> CacheProfile:
    """What a model's cache of this type depends on."""
    return _profile(architecture, [(group, group.n) for group in architecture.blocks], cache_type)


def layer_profile(architecture: Architecture, group: LayerGroup, cache_type: CacheType) -> CacheProfile:
    """What the cache of one layer of a group depends on."""
    return _profile(architecture, [(group, 1)], cache_type)


def layer_bytes(
    architecture: Architecture,
    group: LayerGroup,
    context: int,
    cache_type: CacheType = CacheType.F16,
    workload: Workload = ONE_SLOT,
) -> int:
    """Bytes that one layer of a group keeps for `context` tokens, its states included."""
    return layer_profile(architecture, group, cache_type).size_bytes(context, workload)


def _profile(
    architecture: Architecture, counted: Sequence[tuple[LayerGroup, int]], cache_type: CacheType
) -> CacheProfile:
    """The profile of so many layers of each of these groups."""
    held = [(mixer, count) for group, count in counted for mixer in group.mixers]
    rows = [(row, count) for mixer, count in held for row in cached_rows(architecture, mixer)]
    profile = _of_rows([(row, count * row_bytes(row.elements, cache_type)) for row, count in rows])
    widest = max((row.elements for row in _rows(architecture) if row.name == "values"), default=0)
    narrow = [(row, count) for row, count in rows if row.name == "values" and row.elements < widest]
    padded = [(row, count * row_bytes(widest - row.elements, cache_type)) for row, count in narrow]
    return profile._replace(
        state_bytes=sum(count * state_bytes(architecture, mixer) for mixer, count in held),
        padding=_of_rows(padded) if padded else None,
    )


def _of_rows(rows: Sequence[tuple[CachedRow, int]]) -> CacheProfile:
    """The profile of rows, each with its bytes a cell in all layers together."""
    windows: dict[int, int] = {}
    compressed: dict[int, int] = {}
    for row, size in rows:
        if row.window is not None:
            windows[row.window] = windows.get(row.window, 0) + size
        elif row.ratio > 1:
            compressed[row.ratio] = compressed.get(row.ratio, 0) + size
    everywhere = sum(size for row, size in rows if row.window is None and row.ratio == 1)
    return CacheProfile(0, everywhere, tuple(windows.items()), tuple(compressed.items()))


def _rows(architecture: Architecture) -> Iterator[CachedRow]:
    """The rows of all groups of layers, once for each group."""
    for mixer in architecture.mixers:
        yield from cached_rows(architecture, mixer)


def cache_parts(
    architecture: Architecture, cache_type: CacheType = CacheType.F16
) -> dict[tuple[str, str], CacheProfile]:
    """The cache without its states, by what is kept ("keys", "values", "latent", "index") and in which cells: "all",
    "windowed", or with the ratio of a compressed one, such as "ratio 4"."""
    rows: dict[tuple[str, str], list[tuple[CachedRow, int]]] = {}
    for group in architecture.blocks:
        for row in (row for mixer in group.mixers for row in cached_rows(architecture, mixer)):
            sized = row, group.n * row_bytes(row.elements, cache_type)
            rows.setdefault((row.name, row.kept_in), []).append(sized)
    return {name: _of_rows(sized) for name, sized in rows.items()}


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
    yield CachedRow("values", mixer.kv_heads * values, values, window)
    if mixer.index_dim:
        yield CachedRow("index", mixer.index_dim, mixer.index_dim, window)


def _of_latent(mixer: LatentAttention, *, expanded: bool) -> Iterator[CachedRow]:
    if expanded:
        keys = mixer.qk_nope_head_dim + mixer.qk_rope_head_dim
        yield CachedRow("keys", mixer.heads * keys, keys)
        yield CachedRow("values", mixer.heads * mixer.v_head_dim, mixer.v_head_dim)
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


def row_bytes(elements: int, cache_type: CacheType) -> int:
    """Bytes of a row of so many elements: whole blocks, of f16 single elements."""
    if cache_type is CacheType.F16:
        return elements * BLOCK_BYTES[cache_type] // BLOCK_ELEMENTS
    return -(-elements // BLOCK_ELEMENTS) * BLOCK_BYTES[cache_type]
