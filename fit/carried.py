"""What of a cache that lies in RAM is on the card at once while attention runs there.

Read off llama.cpp's breakdowns (commit 0c1e57098, October 2026): keys and values of the layer that is computed, and
the keys of the next one where it lies in RAM too. Sizes are in bytes.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from fit.architecture import Architecture, LayerGroup
from fit.cached_rows import CachedRow, cached_rows
from fit.kv_cache import CacheKind, CacheTypes, row_bytes, types_of
from fit.stages import HALF_BYTES
from fit.tensors import layers

LATENT = "latent"


class Carried(NamedTuple):
    """`cell_bytes` for each cell of the context and `window_bytes` for each of a window, carried once so many of the
    first `layers` lie in RAM."""

    layers: int
    cell_bytes: int
    window_bytes: int


def carried(architecture: Architecture, cache_type: CacheKind) -> tuple[Carried, ...]:
    """All that differ, each with the fewest layers in RAM that carry it."""
    types, stacked = types_of(cache_type), layers(architecture)
    own = {id(group): _own(architecture, group, types) for group in architecture.blocks}
    keys = {id(group): _keys(architecture, group, types) for group in architecture.blocks}
    alone = ((count, own[id(group)]) for count, group in enumerate(stacked, start=1))
    pairs = enumerate(pairwise(stacked), start=2)
    fewest: dict[tuple[int, int], int] = {}
    for count, sizes in (*alone, *((count, _sum((own[id(a)], keys[id(b)]))) for count, (a, b) in pairs)):
        fewest[sizes] = min(count, fewest.get(sizes, count))
    return tuple(Carried(count, *sizes) for sizes, count in fewest.items())


def _own(architecture: Architecture, group: LayerGroup, types: CacheTypes) -> tuple[int, int]:
    """A layer's own keys and values, for a cell of the context and one of a window; of what is not f16 a copy as f16
    as well. A latent is carried as keys and as values."""
    return _sum(_placed(row, _own_row(row, types)) for row in _rows(architecture, group))


def _own_row(row: CachedRow, types: CacheTypes) -> int:
    size = row_bytes(row.elements, types.of(row)) * (2 if row.name == LATENT else 1)
    return size + (HALF_BYTES * row.elements if types.copied(row) else 0)


def _keys(architecture: Architecture, group: LayerGroup, types: CacheTypes) -> tuple[int, int]:
    """A layer's keys, or its latent, for a cell of the context and one of a window."""
    held = [row for row in _rows(architecture, group) if row.name in ("keys", LATENT)]
    return _sum(_placed(row, row_bytes(row.elements, types.of(row))) for row in held)


def _rows(architecture: Architecture, group: LayerGroup) -> Iterator[CachedRow]:
    for mixer in group.mixers:
        yield from cached_rows(architecture, mixer)


def _placed(row: CachedRow, size: int) -> tuple[int, int]:
    return (size, 0) if row.window is None else (0, size)


def _sum(sizes: Sequence[tuple[int, int]] | Iterator[tuple[int, int]]) -> tuple[int, int]:
    listed = list(sizes)
    return sum(cell for cell, _ in listed), sum(window for _, window in listed)
