"""The compute buffer: scratch memory for one batch, as large as the largest stage of the graph needs.

Formulas fitted to llama.cpp's own no-allocation breakdown (commit 0c1e57098, October 2026), for its server: it asks for
the logits of one token of each slot.
"""

from typing import NamedTuple

from fit.architecture import Architecture
from fit.cached_rows import cached_rows
from fit.carried import Carried, carried
from fit.kv_cache import CacheKind, CacheType, cells
from fit.mixers import GroupedQueryAttention
from fit.stages import FLOAT_BYTES, HALF_BYTES, Stage, per_layer_width, stages
from fit.workload import MICRO_BATCH_TOKENS, ONE_SLOT, Workload


def output_bytes(architecture: Architecture) -> int:
    """The buffer of one token's logits, which stays in RAM."""
    return architecture.vocab_size * FLOAT_BYTES


def compute_bytes(
    architecture: Architecture,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    *,
    micro_batch_tokens: int = MICRO_BATCH_TOKENS,
) -> int:
    """Bytes of the compute buffer of one slot in VRAM, with flash attention where the model allows it."""
    return graph(architecture, cache_type).size_bytes(context, Workload(micro_batch_tokens=micro_batch_tokens))


class Graph(NamedTuple):
    """The stages of a model, with flash attention and (`scored`) without; `window` is the longest sliding window, and
    `has_mask` false where no layer attends."""

    vocab_size: int
    hidden_size: int
    stages: tuple[Stage, ...]
    scored: tuple[Stage, ...]
    window: int | None
    has_mask: bool
    allows_flash_attention: bool
    carried: tuple[Carried, ...]
    per_layer_width: int

    def size_bytes(self, context: int, workload: Workload = ONE_SLOT) -> int:
        """Bytes of the compute buffer in VRAM for a context in tokens: those of the largest stage."""
        batch = min(workload.computed_tokens, context)
        slots, streams = workload.slots, workload.streams
        own = cells(context) if streams == 1 else cells(-(-context // streams))
        windowed = _window_cells(own, self.window, workload) if self.window else 0
        mask = self._mask_bytes(batch * (own + windowed), workload)
        most = FLOAT_BYTES * (slots * self.vocab_size + batch * self.hidden_size)
        for width, score, cell, window, state in self.stages if self._is_fused(workload) else self.scored:
            held = FLOAT_BYTES * width + score * own
            size = batch * held + streams * (cell * own + window * windowed) + state * slots + mask
            if size > most:
                most = size
        return max(most, self.carried_bytes(context, workload)) if workload.cache_in_ram else most

    def carried_bytes(self, context: int, workload: Workload = ONE_SLOT, layers: int | None = None) -> int:
        """Bytes in VRAM while attention runs over the cache of the first `layers`, or of all, which lies in RAM."""
        own = cells(-(-context // workload.streams))
        windowed = _window_cells(own, self.window, workload) if self.window else 0
        sizes = (
            own * cell + windowed * window for least, cell, window in self.carried if layers is None or least <= layers
        )
        hidden = 3 * FLOAT_BYTES * min(workload.computed_tokens, context) * self.hidden_size
        return max(sizes, default=0) + hidden + self.mask_bytes(context, workload)

    def mask_bytes(self, context: int, workload: Workload = ONE_SLOT) -> int:
        """Bytes of the attention mask: each token of the batch over the cells of its stream, and those of a window."""
        own = cells(-(-context // workload.streams))
        windowed = _window_cells(own, self.window, workload) if self.window else 0
        return self._mask_bytes(min(workload.computed_tokens, context) * (own + windowed), workload)

    def _mask_bytes(self, masked: int, workload: Workload) -> int:
        """Bytes for so many pairs of a token and a cell: of 16 bits for flash attention, else of 32."""
        if not self.has_mask:
            return 0
        return masked * (HALF_BYTES if self._is_fused(workload) else FLOAT_BYTES)

    def _is_fused(self, workload: Workload) -> bool:
        return workload.flash_attention and self.allows_flash_attention

    def host_bytes(self, context: int, workload: Workload = ONE_SLOT) -> int:
        """Bytes of the buffer in RAM with everything else in VRAM: the batch's hidden states twice, its rows
        of a table of embeddings for each layer, and the mask."""
        batch = min(workload.computed_tokens, context)
        return FLOAT_BYTES * batch * (2 * self.hidden_size + self.per_layer_width) + self.mask_bytes(context, workload)


def _window_cells(held: int, window: int, workload: Workload) -> int:
    """Cells of a layer with a window in a stream of `held` cells, as its cache has them."""
    if workload.whole_window:
        return held
    return min(held, cells(window * (workload.slots if workload.unified else 1) + workload.computed_tokens))


def graph(architecture: Architecture, cache_type: CacheKind) -> Graph:
    """The stages of a model over a cache of this type."""
    rows = [row for mixer in architecture.mixers for row in cached_rows(architecture, mixer)]
    window = max((row.window or 0 for row in rows), default=0)
    return Graph(
        vocab_size=architecture.vocab_size,
        hidden_size=architecture.hidden_size,
        stages=_largest(set(stages(architecture, cache_type))),
        scored=_largest(set(stages(architecture, cache_type, flash_attention=False))),
        window=window or None,
        has_mask=bool(rows) or any(isinstance(mixer, GroupedQueryAttention) for mixer in architecture.mixers),
        allows_flash_attention=not architecture.gguf.no_flash_attention,
        carried=carried(architecture, cache_type),
        per_layer_width=per_layer_width(architecture),
    )


def _largest(listed: set[Stage]) -> tuple[Stage, ...]:
    """The stages that no other exceeds or equals in every respect; with the same window at least."""
    return tuple(stage for stage in listed if not any(other != stage and _covers(other, stage) for other in listed))


def _covers(large: Stage, small: Stage) -> bool:
    return all(a >= b for a, b in zip(large, small, strict=True))
