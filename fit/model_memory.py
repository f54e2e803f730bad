"""What a model takes at any quantization, worked out when it is first asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from fit.architecture import Architecture
from fit.architecture_figures import ArchitectureFigures, figures_of
from fit.by_context import ByContext
from fit.copies import Copies
from fit.kv_cache import CacheKind, CacheType
from fit.memory import REFERENCE_CONTEXT, Accounting, Basis
from fit.prompt import PromptWork, prompt_work
from fit.quant_mixes import BASE_TYPES
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

        No layers are kept for it: of a model's many levels few are ever shown, and the layers of all would take a
        process more memory than everything else.
        """
        if mix not in BASE_TYPES:
            return None
        model = self._as_in_file(mix, published_bytes)
        whole, beside = model._shared.whole_files[mix], model._beside[CacheType.F16]
        weights_bytes = whole.vram_bytes if published_bytes is None else whole.vram_bytes_of_file(published_bytes)
        return tuple(weights_bytes + beside[context] for context in contexts)

    def file_bytes(self, mix: str) -> int | None:
        """Bytes of the tensors in the usual file under a mix; None for a mix without rules."""
        return self._shared.whole_files[mix].file_bytes if mix in BASE_TYPES else None

    @property
    def _shared(self) -> ArchitectureFigures:
        return figures_of(self.architecture)

    @cached_property
    def with_draft_layers(self) -> "ModelMemory":
        """The same model from a file that holds its draft layers; itself where there is no more to hold."""
        other = self._shared.with_draft_layers
        return self if other is self.architecture else replace(self, architecture=other)

    def nearest_file_bytes(self, mix: str, file_bytes: int) -> int:
        """Bytes of the tensors under a mix, with draft layers or without: what is nearer to those of a file."""
        models = (self, self.with_draft_layers)
        sizes = (model._shared.whole_files[mix].nearest_file_bytes(file_bytes) for model in models)
        return min(sizes, key=lambda size: abs(file_bytes - size))

    def _as_in_file(self, mix: str, published_bytes: int | None, holds_drafts: bool | None = None) -> "ModelMemory":
        """The model with the layers that a file holds.

        llama.cpp's converter writes draft layers unless told not to: so they are taken to be in a published file where
        its size agrees better with that.
        """
        other = self.with_draft_layers
        if other is self or holds_drafts is not None or published_bytes is None:
            return other if holds_drafts else self
        with_drafts, without = (
            abs(published_bytes - model._shared.whole_files[mix].nearest_file_bytes(published_bytes))
            for model in (other, self)
        )
        return other if with_drafts < without else self

    @cached_property
    def _accountings(self) -> Mapping[tuple[str, int | None, bool | None], Accounting]:
        return WorkedOut(lambda key: self._account(*key))

    @cached_property
    def _cache_ends(self) -> Mapping[CacheKind, ByContext[tuple[int, ...]]]:
        return WorkedOut(self._ends_of)

    def _ends_of(self, cache_type: CacheKind) -> ByContext[tuple[int, ...]]:
        """Bytes of cache of the first layers in one slot."""
        return self._kept_at_few(self._shared.layer_caches[cache_type].ends, cache_type)

    @cached_property
    def _plain_copies(self) -> Mapping[CacheKind, ByContext[Copies]]:
        return WorkedOut(self._copies_of)

    def _copies_of(self, cache_type: CacheKind) -> ByContext[Copies]:
        graph_of_type = self._shared.graphs[cache_type]
        return self._kept_at_few(lambda context: Copies(self.architecture, graph_of_type, context), cache_type)

    def _kept_at_few(self, work_out: Callable[[int], Figure], cache_type: CacheKind) -> ByContext[Figure]:
        """By context, of an f16 cache kept at the few that places in RAM are sought for: these are large."""
        limit = self.context_limit if cache_type is CacheType.F16 else 0
        return ByContext(work_out, limit, step=REFERENCE_CONTEXT)

    @cached_property
    def _cache_read(self) -> ByContext[tuple[int, int]]:
        return ByContext(self._shared.reading.cache_bytes, self.context_limit)

    @cached_property
    def _prompts(self) -> ByContext[PromptWork]:
        return ByContext(lambda prompt: prompt_work(self._shared.stack_work, prompt), self.context_limit)

    @cached_property
    def _beside(self) -> Mapping[CacheKind, ByContext[int]]:
        return WorkedOut(self._beside_weights)

    def _beside_weights(self, cache_type: CacheKind) -> ByContext[int]:
        """Bytes of one slot's cache of a type and of its buffer, by context."""
        cache, buffer = self._shared.caches[cache_type], self._shared.graphs[cache_type]
        return ByContext(
            lambda context: cache.size_bytes(context) + buffer.size_bytes(context),
            self.context_limit if cache_type in ASKED_OFTEN else 0,
        )

    def _account(self, mix: str, published_bytes: int | None, holds_drafts: bool | None) -> Accounting:
        """`at` for a mix with rules, worked out anew."""
        model = self._as_in_file(mix, published_bytes, holds_drafts)
        if model is not self:
            return model._account(mix, published_bytes, holds_drafts=True)
        computed = self._shared.weights[mix]
        basis, vram_bytes = Basis.APPROXIMATE if computed.approximate else Basis.TENSORS, computed.vram_bytes
        if published_bytes is not None:
            basis = Basis.PUBLISHED
            vram_bytes = computed.whole.vram_bytes_of_file(published_bytes)
            computed = computed.of_file(published_bytes)
        return Accounting(
            architecture=self.architecture,
            caches=self._shared.caches,
            layer_caches=self._shared.layer_caches,
            graphs=self._shared.graphs,
            beside=self._beside,
            cache_ends=self._cache_ends,
            plain_copies=self._plain_copies,
            weights=computed,
            weights_bytes=vram_bytes,
            basis=basis,
            native_context=self.native_context,
            context_limit=self.context_limit,
            mix=mix,
            reading=self._shared.reading,
            cache_read=self._cache_read,
            stack_work=self._shared.stack_work,
            prompts=self._prompts,
        )
