"""What a model takes at any quantization, worked out when it is first asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from fit.architecture import Architecture
from fit.buffers import Graph, graph
from fit.by_context import ByContext
from fit.copies import Copies
from fit.kv_cache import CacheKind, CacheProfile, CacheType, cache_profile
from fit.memory import REFERENCE_CONTEXT, Accounting, Basis
from fit.prompt import PromptWork, StackWork, prompt_work, stack_work
from fit.quant_mixes import BASE_TYPES
from fit.reading import Reading, reading
from fit.stack import LayerCaches, layer_caches
from fit.weights import Weights, weights
from fit.worked_out import WorkedOut

Figure = TypeVar("Figure")
# The types of cache that pages ask for at every context.
ASKED_OFTEN = (CacheType.F16, CacheType.Q8_0)


@dataclass(frozen=True, kw_only=True, eq=False)
class ModelMemory:
    """What a model takes at any quantization; each is worked out when it is first asked for, and kept with the model.

    `context_limit` is the longest context in tokens that the model is meant for.
    """

    architecture: Architecture
    native_context: int
    context_limit: int

    def at(
        self, mix: str, published_bytes: int | None = None, *, holds_drafts: bool | None = None
    ) -> Accounting | None:
        """The accounting under a mix; None for a mix without rules.

        `published_bytes` is the size of a published file, preferred over the computed one; `holds_drafts` says whether
        draft layers are in it. None: as its size says, and without a size as in the usual file.
        """
        return self._accountings[mix, published_bytes, holds_drafts] if mix in BASE_TYPES else None

    def sizes(self, mix: str, published_bytes: int | None, contexts: Sequence[int]) -> tuple[int, ...] | None:
        """Bytes under a mix with each of the contexts and an f16 cache; None for a mix without rules.

        They are worked out apart and kept alone: of a model's many levels few are ever shown, and the layers of all
        would take a process more memory than everything else.
        """
        key = mix, published_bytes, *contexts
        if key not in self._sizes:
            accounting = self._apart.at(mix, published_bytes)
            self._sizes[key] = tuple(map(accounting.total, contexts)) if accounting else None
        return self._sizes[key]

    @property
    def _apart(self) -> "ModelMemory":
        """The same model, with what all mixes have in common and nothing of any mix."""
        apart = ModelMemory(
            architecture=self.architecture, native_context=self.native_context, context_limit=self.context_limit
        )
        apart.__dict__.update(_caches=self._caches, _graphs=self._graphs)
        apart.__dict__.update(_reading=self._reading, _stack_work=self._stack_work)
        return apart

    @cached_property
    def _sizes(self) -> dict[tuple[str | int | None, ...], tuple[int, ...] | None]:
        return {}

    @cached_property
    def with_draft_layers(self) -> "ModelMemory":
        """The same model from a file that holds its draft layers; itself where there is no more to hold."""
        layout = self.architecture.gguf
        if self.architecture.mtp is None or layout.draft_layers_in_file:
            return self
        return replace(self, architecture=replace(self.architecture, gguf=replace(layout, draft_layers_in_file=True)))

    def nearest_file_bytes(self, mix: str, file_bytes: int) -> int:
        """Bytes of the tensors under a mix, with draft layers or without: what is nearer to those of a file."""
        sizes = (model._weights[mix].nearest_file_bytes(file_bytes) for model in (self, self.with_draft_layers))
        return min(sizes, key=lambda size: abs(file_bytes - size))

    def _has_drafts_in(self, mix: str, published_bytes: int) -> bool:
        """Whether a published file holds draft layers that the usual one does not.

        llama.cpp's converter writes them unless told not to: so it is taken to be where the size of the file agrees
        better with that.
        """
        other = self.with_draft_layers
        if other is self:
            return False
        with_drafts, without = (
            abs(published_bytes - model._weights[mix].nearest_file_bytes(published_bytes)) for model in (other, self)
        )
        return with_drafts < without

    @cached_property
    def _accountings(self) -> Mapping[tuple[str, int | None, bool | None], Accounting]:
        return WorkedOut(lambda key: self._account(*key))

    @cached_property
    def _weights(self) -> Mapping[str, Weights]:
        return WorkedOut(lambda mix: weights(self.architecture, mix))

    @cached_property
    def _caches(self) -> Mapping[CacheKind, CacheProfile]:
        return WorkedOut(lambda cache_type: cache_profile(self.architecture, cache_type))

    @cached_property
    def _layer_caches(self) -> Mapping[CacheKind, LayerCaches]:
        return WorkedOut(lambda cache_type: layer_caches(self.architecture, cache_type))

    @cached_property
    def _cache_ends(self) -> Mapping[CacheKind, ByContext[tuple[int, ...]]]:
        return WorkedOut(self._ends_of)

    def _ends_of(self, cache_type: CacheKind) -> ByContext[tuple[int, ...]]:
        """Bytes of cache of the first layers in one slot."""
        return self._kept_at_few(self._layer_caches[cache_type].ends, cache_type)

    @cached_property
    def _plain_copies(self) -> Mapping[CacheKind, ByContext[Copies]]:
        return WorkedOut(self._copies_of)

    def _copies_of(self, cache_type: CacheKind) -> ByContext[Copies]:
        graph_of_type = self._graphs[cache_type]
        return self._kept_at_few(lambda context: Copies(self.architecture, graph_of_type, context), cache_type)

    def _kept_at_few(self, work_out: Callable[[int], Figure], cache_type: CacheKind) -> ByContext[Figure]:
        """By context, of an f16 cache kept at the few that places in RAM are sought for: these are large."""
        limit = self.context_limit if cache_type is CacheType.F16 else 0
        return ByContext(work_out, limit, step=REFERENCE_CONTEXT)

    @cached_property
    def _reading(self) -> Reading:
        return reading(self.architecture)

    @cached_property
    def _cache_read(self) -> ByContext[tuple[int, int]]:
        return ByContext(self._reading.cache_bytes, self.context_limit)

    @cached_property
    def _stack_work(self) -> StackWork:
        return stack_work(self.architecture)

    @cached_property
    def _prompts(self) -> ByContext[PromptWork]:
        return ByContext(lambda prompt: prompt_work(self._stack_work, prompt), self.context_limit)

    @cached_property
    def _graphs(self) -> Mapping[CacheKind, Graph]:
        return WorkedOut(lambda cache_type: graph(self.architecture, cache_type))

    @cached_property
    def _beside(self) -> Mapping[CacheKind, ByContext[int]]:
        return WorkedOut(self._beside_weights)

    def _beside_weights(self, cache_type: CacheKind) -> ByContext[int]:
        """Bytes of one slot's cache of a type and of its buffer, by context."""
        cache, buffer = self._caches[cache_type], self._graphs[cache_type]
        return ByContext(
            lambda context: cache.size_bytes(context) + buffer.size_bytes(context),
            self.context_limit if cache_type in ASKED_OFTEN else 0,
        )

    def _account(self, mix: str, published_bytes: int | None, holds_drafts: bool | None) -> Accounting:
        """`at` for a mix with rules, worked out anew."""
        if holds_drafts is None and published_bytes is not None:
            holds_drafts = self._has_drafts_in(mix, published_bytes)
        if holds_drafts and self.with_draft_layers is not self:
            return self.with_draft_layers._account(mix, published_bytes, holds_drafts)
        computed = self._weights[mix]
        basis, vram_bytes = Basis.APPROXIMATE if computed.approximate else Basis.TENSORS, computed.vram_bytes
        if published_bytes is not None:
            basis = Basis.PUBLISHED
            vram_bytes = computed.vram_bytes_of_file(published_bytes)
            computed = computed.of_file(published_bytes)
        return Accounting(
            architecture=self.architecture,
            caches=self._caches,
            layer_caches=self._layer_caches,
            graphs=self._graphs,
            beside=self._beside,
            cache_ends=self._cache_ends,
            plain_copies=self._plain_copies,
            weights=computed,
            weights_bytes=vram_bytes,
            basis=basis,
            native_context=self.native_context,
            context_limit=self.context_limit,
            mix=mix,
            reading=self._reading,
            cache_read=self._cache_read,
            stack_work=self._stack_work,
            prompts=self._prompts,
        )
