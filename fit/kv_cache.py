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
from fit.cached_rows import VALUES, CachedRow, cached_rows
from fit.states import state_bytes
from fit.workload import MICRO_BATCH_TOKENS, ONE_SLOT, Workload

CELL_STEP = 256
BLOCK_ELEMENTS = 32


class CacheType(StrEnum):
    """What keys or values are kept as, widest first; the names are llama.cpp's (common/arg.cpp, kv_cache_types).

    Where keys and values are asked for, one type stands for both.
    """

    F16 = "f16"
    BF16 = "bf16"
    Q8_0 = "q8_0"
    Q5_1 = "q5_1"
    Q5_0 = "q5_0"
    Q4_1 = "q4_1"
    Q4_0 = "q4_0"
    IQ4_NL = "iq4_nl"

    @property
    def is_quantized(self) -> bool:
        """Whether it is kept in blocks of 32 elements with a scale."""
        return self not in SINGLE_ELEMENTS


class CacheTypes(NamedTuple):
    """The types of keys (-ctk) and of values (-ctv) apart. A latent and an index are kept as keys are."""

    keys: CacheType
    values: CacheType

    def of(self, row: CachedRow) -> CacheType:
        """The type that a row is kept as."""
        return self.values if row.name == VALUES else self.keys

    def copied(self, row: CachedRow) -> bool:
        """Whether flash attention wants a copy of a row at f16, which it computes with, for a batch of tokens.

        Measured for q8_0 and q4_0, of keys and values alike. The others follow llama.cpp's source (fattn.cu): keys and
        values are looked at apart, and every type but f16 is copied, bf16 too.
        """
        return self.of(row) is not CacheType.F16


CacheKind = CacheType | CacheTypes

SINGLE_ELEMENTS = (CacheType.F16, CacheType.BF16)
# Bytes of 32 elements.
BLOCK_BYTES = {
    CacheType.F16: 64,
    CacheType.BF16: 64,
    CacheType.Q8_0: 34,
    CacheType.Q5_1: 24,
    CacheType.Q5_0: 22,
    CacheType.Q4_1: 20,
    CacheType.Q4_0: 18,
    CacheType.IQ4_NL: 18,
}
UNQUANTIZED = CacheTypes(CacheType.F16, CacheType.F16)


def types_of(kind: CacheKind) -> CacheTypes:
    """The types of keys and values; one type stands for both."""
    return CacheTypes(kind, kind) if isinstance(kind, CacheType) else kind


def cells(context: int) -> int:
    """Cells allocated for a context in tokens: rounded up to 256."""
    return -(-context // CELL_STEP) * CELL_STEP


def cache_bytes(
    architecture: Architecture,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    *,
    micro_batch_tokens: int = MICRO_BATCH_TOKENS,
    whole_window: bool = False,
) -> int:
    """Bytes of cache of one slot for `context` tokens, states included."""
    workload = Workload(micro_batch_tokens=micro_batch_tokens, whole_window=whole_window)
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
            return self.state_bytes + self._stream_bytes(context, 1, MICRO_BATCH_TOKENS)
        looking_back = workload.slots if workload.unified else 1
        own = -(-context // workload.streams)
        batch = cells(own) if workload.whole_window else workload.computed_tokens
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


def cache_profile(architecture: Architecture, cache_type: CacheKind) -> CacheProfile:
    """What a model's cache of this type depends on."""
    return _profile(architecture, [(group, group.n) for group in architecture.blocks], cache_type)


def layer_profile(architecture: Architecture, group: LayerGroup, cache_type: CacheKind) -> CacheProfile:
    """What the cache of one layer of a group depends on."""
    return _profile(architecture, [(group, 1)], cache_type)


def layer_bytes(
    architecture: Architecture,
    group: LayerGroup,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    workload: Workload = ONE_SLOT,
) -> int:
    """Bytes that one layer of a group keeps for `context` tokens, its states included."""
    return layer_profile(architecture, group, cache_type).size_bytes(context, workload)


def _profile(
    architecture: Architecture, counted: Sequence[tuple[LayerGroup, int]], cache_type: CacheKind
) -> CacheProfile:
    """The profile of so many layers of each of these groups."""
    types = types_of(cache_type)
    held = [(mixer, count) for group, count in counted for mixer in group.mixers]
    rows = [(row, count) for mixer, count in held for row in cached_rows(architecture, mixer)]
    profile = _of_rows([(row, count * row_bytes(row.elements, types.of(row))) for row, count in rows])
    widest = max((row.elements for row in _rows(architecture) if row.name == VALUES), default=0)
    narrow = [(row, count) for row, count in rows if row.name == VALUES and row.elements < widest]
    padded = [(row, count * row_bytes(widest - row.elements, types.values)) for row, count in narrow]
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
    architecture: Architecture, cache_type: CacheKind = CacheType.F16
) -> dict[tuple[str, str], CacheProfile]:
    """The cache without its states, by what is kept ("keys", "values", "latent", "index") and in which cells: "all",
    "windowed", or with the ratio of a compressed one, such as "ratio 4"."""
    types = types_of(cache_type)
    rows: dict[tuple[str, str], list[tuple[CachedRow, int]]] = {}
    for group in architecture.blocks:
        for row in (row for mixer in group.mixers for row in cached_rows(architecture, mixer)):
            sized = row, group.n * row_bytes(row.elements, types.of(row))
            rows.setdefault((row.name, row.kept_in), []).append(sized)
    return {name: _of_rows(sized) for name, sized in rows.items()}


def row_bytes(elements: int, cache_type: CacheType) -> int:
    """Bytes of a row of so many elements: whole blocks, or single elements."""
    if cache_type.is_quantized:
        return -(-elements // BLOCK_ELEMENTS) * BLOCK_BYTES[cache_type]
    return elements * BLOCK_BYTES[cache_type] // BLOCK_ELEMENTS
