"""Exact accounting: what a model takes at a context, and the longest context that fits.

The reference point is llama.cpp's server with one slot and flash attention, everything in VRAM; any other workload can
be asked for. Sizes are in bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from fit.architecture import Architecture, Experts
from fit.buffers import Graph
from fit.by_context import ByContext
from fit.copies import Copies
from fit.extras import draft_buffers, draft_layer_parts, projector_parts
from fit.kv_cache import CELL_STEP, CacheKind, CacheProfile, CacheType
from fit.mix_families import family
from fit.parts import Parts
from fit.prompt import PromptWork, StackWork
from fit.reading import Reading
from fit.settings import cache_types
from fit.stack import LayerCaches, LayerSums, Stack, ends_of, layer_sums, stack
from fit.weights import Weights
from fit.worked_out import WorkedOut
from fit.workload import ONE_SLOT, Workload

REFERENCE_CONTEXT = 8192
CONTEXT_STEP = CELL_STEP


class Basis(Enum):
    """Where the bytes of the weights come from."""

    TENSORS = "computed from the model's own tensors"
    APPROXIMATE = "computed, with some shapes not known"
    PUBLISHED = "the size of a published file"


@dataclass(frozen=True, kw_only=True, eq=False)
class Accounting:
    """A model at one quantization, ready to be asked for any context. Made by `fit.model_memory`.

    `mix` is that of the weights, of a published file the one that comes nearest; `reading` is what a token reads.

    All mixes of a model have in common: `beside`, the bytes beside the weights in one slot, and of them `cache_ends`,
    the cache layer by layer and `plain_copies`, what buffers follow from; `cache_read`, the bytes of cache and of
    latents that a token reads; `stack_work`, what a token of a prompt takes in all layers; `prompts`, the work of a
    whole prompt.
    """

    architecture: Architecture
    caches: Mapping[CacheKind, CacheProfile]
    layer_caches: Mapping[CacheKind, LayerCaches]
    graphs: Mapping[CacheKind, Graph]
    beside: Mapping[CacheKind, ByContext[int]]
    cache_ends: Mapping[CacheKind, ByContext[tuple[int, ...]]]
    plain_copies: Mapping[CacheKind, ByContext[Copies]]
    weights: Weights
    weights_bytes: int
    basis: Basis
    native_context: int
    context_limit: int
    mix: str
    reading: Reading
    cache_read: ByContext[tuple[int, int]]
    stack_work: StackWork
    prompts: ByContext[PromptWork]

    def parts(self, context: int, cache_type: CacheKind = CacheType.F16, workload: Workload = ONE_SLOT) -> Parts:
        """What lies on one card that holds everything, for `context` tokens, at least 1, of all slots together.

        Contexts beyond the model's are computed all the same. Draft layers that run and a projector are counted in.
        """
        cache_bytes = 0 if workload.cache_in_ram else self.caches[cache_type].size_bytes(context, workload)
        own = Parts(self.weights_bytes, cache_bytes, self.graphs[cache_type].size_bytes(context, workload))
        return own.plus(self._beside(context, workload)) if workload.loads_more else own

    def total(self, context: int, cache_type: CacheKind = CacheType.F16, workload: Workload = ONE_SLOT) -> int:
        """Bytes of `parts`, mostly without making them, for a page asks dozens of times."""
        if workload is not ONE_SLOT:
            return self.parts(context, cache_type, workload).total_bytes
        return self.weights_bytes + self.beside[cache_type][context]

    def longest_context(
        self, offered_bytes: int, cache_type: CacheKind = CacheType.F16, workload: Workload = ONE_SLOT
    ) -> int:
        """The most tokens that fit one card, a multiple of 256 or the model's limit; 0 where not even 256 do.

        They are those of all slots together, which share them or have equal parts.
        """
        if self.weights_bytes >= offered_bytes:
            return 0
        low, high = self._ends[cache_type] if workload is ONE_SLOT else self._ends_of(cache_type, workload)
        if high <= offered_bytes:
            return self.context_limit
        fits, fails = 0, -(-self.context_limit // CONTEXT_STEP)
        while fails - fits > 1:
            middle = _guess(fits, fails, low, high, offered_bytes)
            for step in (middle, middle + 1):
                if fits < step < fails:
                    total = self.total(step * CONTEXT_STEP, cache_type, workload)
                    if total <= offered_bytes:
                        fits, low = step, total
                    else:
                        fails, high = step, total
        return fits * CONTEXT_STEP

    @cached_property
    def _ends(self) -> Mapping[CacheKind, tuple[int, int]]:
        return WorkedOut(lambda cache_type: self._ends_of(cache_type, ONE_SLOT))

    def _ends_of(self, cache_type: CacheKind, workload: Workload) -> tuple[int, int]:
        """Bytes on one card for one token and for the model's limit."""
        return self.total(1, cache_type, workload), self.total(self.context_limit, cache_type, workload)

    def runs_drafts(self, workload: Workload) -> bool:
        """Whether draft layers of the file are loaded."""
        return bool(workload.drafted_tokens and self.weights.draft_layers)

    def copies(self, context: int, cache_type: CacheKind = CacheType.F16, workload: Workload = ONE_SLOT) -> Copies:
        """What the buffers of the model's graph follow from; quickly in one slot, of which pages speak."""
        if workload is ONE_SLOT:
            return self.plain_copies[cache_type][context]
        return Copies(self.architecture, self.graphs[cache_type], context, workload)

    def draft_copies(self, context: int, workload: Workload) -> Copies:
        """What the buffers of the draft's graph follow from."""
        return Copies(self.architecture, self.graphs[CacheType.F16], context, workload)

    def _beside(self, context: int, workload: Workload) -> Parts:
        """What draft layers and a projector take on one card."""
        parts = projector_parts(workload)
        if not self.runs_drafts(workload):
            return parts
        (buffer_bytes,) = draft_buffers(self.draft_copies(context, workload), 1, 0, pipeline=False)
        for layer in draft_layer_parts(self.architecture, self.weights, context, workload):
            cache_bytes = 0 if workload.cache_in_ram else layer.cache_bytes
            parts = parts.plus(Parts(layer.weights_bytes, cache_bytes, 0))
        return parts.plus(Parts(0, 0, buffer_bytes))

    @property
    def reference_context(self) -> int:
        """Where "fits exactly" is decided: 8,192 tokens, or the model's native context where it is less."""
        return min(REFERENCE_CONTEXT, self.native_context)

    @cached_property
    def reference_parts(self) -> Parts:
        """What it takes at the reference context with an f16 cache."""
        return self.parts(self.reference_context)

    @property
    def reference_bytes(self) -> int:
        """Bytes in VRAM at the reference context with an f16 cache."""
        return self.reference_parts.total_bytes

    @cached_property
    def cache_types(self) -> tuple[CacheType, ...]:
        """The types that llama.cpp takes for keys and values alike."""
        return cache_types(self.architecture)

    @cached_property
    def read_bytes(self) -> float:
        """Bytes of weights that one token reads: all in VRAM but the experts that it passes by."""
        return self.weights_bytes - self.weights.unread_bytes

    @cached_property
    def mix_family(self) -> str:
        """The family of its mix."""
        return family(self.mix, mxfp4_experts=self.architecture.gguf.mxfp4_experts)

    @cached_property
    def is_mixture(self) -> bool:
        """Whether some of its layers are mixtures of experts."""
        return any(isinstance(group.ffn, Experts) for group in self.architecture.blocks)

    @property
    def head_bytes(self) -> int:
        """Bytes of what is on the last card besides layers: the head with its norm, as large as a published file
        makes it."""
        return self.weights_bytes - self.weights.stack_bytes

    def stack(self, context: int, cache_type: CacheKind = CacheType.F16, workload: Workload = ONE_SLOT) -> Stack:
        """Its layers and head, with their cache for `context` tokens; quickly in one slot, of which pages speak."""
        if workload is ONE_SLOT:
            return stack(self._sums, self.cache_ends[cache_type][context], context, cache_in_ram=False)
        sums, drafts = self._sums, draft_layer_parts(self.architecture, self.weights, context, workload)
        if workload.drafted_tokens:
            draft_bytes = [draft.weights_bytes for draft in drafts]
            sums = layer_sums(self.architecture, self.weights, draft_bytes, self.head_bytes)
        sizes = (*self.layer_caches[cache_type].sizes(context, workload), *(draft.cache_bytes for draft in drafts))
        return stack(sums, ends_of(sizes), context, cache_in_ram=workload.cache_in_ram)

    @cached_property
    def _sums(self) -> LayerSums:
        """Without draft layers that run."""
        return layer_sums(self.architecture, self.weights, (0,) * self.weights.draft_layers, self.head_bytes)


def _guess(fits: int, fails: int, low: int, high: int, offered_bytes: int) -> int:
    """Where between two steps, which take `low` and `high` bytes, the offer is used up if growth is even."""
    if high <= low or low >= offered_bytes:
        return (fits + fails) // 2
    return min(fails - 1, max(fits + 1, fits + (fails - fits) * (offered_bytes - low) // (high - low)))
