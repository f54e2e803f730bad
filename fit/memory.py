"""Exact accounting: what a model takes at a context, and the longest context that fits.

The reference point is llama.cpp's server with one stream and flash attention, everything in VRAM. Sizes are in bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from fit.architecture import Architecture, Experts
from fit.buffers import Graph, graph
from fit.kv_cache import CELL_STEP, CacheProfile, CacheType, cache_profile
from fit.quant_mixes import BASE_TYPES
from fit.stack import Stack, stack
from fit.weights import Weights, weights
from fit.workload import ONE_SLOT, Workload

REFERENCE_CONTEXT = 8192
CONTEXT_STEP = CELL_STEP


class Basis(Enum):
    """Where the bytes of the weights come from."""

    TENSORS = "computed from the model's own tensors"
    APPROXIMATE = "computed, with some shapes not known"
    PUBLISHED = "the size of a published file"


class Parts(NamedTuple):
    """What lies in VRAM: weights, cache, compute buffer."""

    weights_bytes: int
    cache_bytes: int
    compute_bytes: int

    @property
    def total_bytes(self) -> int:
        """All three."""
        return sum(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class Accounting:
    """A model at one quantization, ready to be asked for any context. Made by `ModelMemory.at`."""

    architecture: Architecture
    caches: Mapping[CacheType, CacheProfile]
    graphs: Mapping[CacheType, Graph]
    weights: Weights
    weights_bytes: int
    basis: Basis
    native_context: int
    context_limit: int

    def parts(self, context: int, cache_type: CacheType = CacheType.F16) -> Parts:
        """What it takes for `context` tokens, at least 1; contexts beyond the model's are computed all the same."""
        return Parts(
            weights_bytes=self.weights_bytes,
            cache_bytes=self.caches[cache_type].size_bytes(context),
            compute_bytes=self.graphs[cache_type].size_bytes(context),
        )

    def longest_context(self, offered_bytes: int, cache_type: CacheType = CacheType.F16) -> int:
        """The most tokens that fit, a multiple of 256 or the model's limit; 0 where not even 256 do."""
        if self.weights_bytes >= offered_bytes:
            return 0
        low, high = self._ends[cache_type]
        if high <= offered_bytes:
            return self.context_limit
        fits, fails = 0, -(-self.context_limit // CONTEXT_STEP)
        while fails - fits > 1:
            middle = _guess(fits, fails, low, high, offered_bytes)
            for step in (middle, middle + 1):
                if fits < step < fails:
                    total = self.total(step * CONTEXT_STEP, cache_type)
                    if total <= offered_bytes:
                        fits, low = step, total
                    else:
                        fails, high = step, total
        return fits * CONTEXT_STEP

    def total(self, context: int, cache_type: CacheType = CacheType.F16) -> int:
        """Bytes in VRAM for `context` tokens: of `parts`, without making them, for a page asks dozens of times."""
        cache_bytes = self.caches[cache_type].size_bytes(context)
        return self.weights_bytes + cache_bytes + self.graphs[cache_type].size_bytes(context)

    @cached_property
    def _ends(self) -> dict[CacheType, tuple[int, int]]:
        """Bytes in VRAM for one token and for the model's limit, by type of cache."""
        return {kind: (self.total(1, kind), self.total(self.context_limit, kind)) for kind in CacheType}

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
    def read_bytes(self) -> float:
        """Bytes of weights that one token reads: all in VRAM but the experts that it passes by."""
        return self.weights_bytes - self.weights.unread_bytes

    @cached_property
    def is_mixture(self) -> bool:
        """Whether some of its layers are mixtures of experts."""
        return any(isinstance(group.ffn, Experts) for group in self.architecture.blocks)

    @property
    def head_bytes(self) -> int:
        """Bytes of what is on the last card besides layers: the head with its norm, and what a published file has
        besides the model's tensors."""
        return self.weights_bytes - self.weights.stack_bytes

    def stack(self, context: int, cache_type: CacheType = CacheType.F16, workload: Workload = ONE_SLOT) -> Stack:
        """Its layers and head, with their cache for `context` tokens; kept for the reference context."""
        is_reference = context == self.reference_context and cache_type is CacheType.F16 and workload is ONE_SLOT
        return self._reference_stack if is_reference else self._stack(context, cache_type, workload)

    @cached_property
    def _reference_stack(self) -> Stack:
        return self._stack(self.reference_context, CacheType.F16, ONE_SLOT)

    def _stack(self, context: int, cache_type: CacheType, workload: Workload) -> Stack:
        return stack(self.architecture, self.weights, self.head_bytes, context, cache_type, workload)


def _guess(fits: int, fails: int, low: int, high: int, offered_bytes: int) -> int:
    """Where between two steps, which take `low` and `high` bytes, the offer is used up if growth is even."""
    if high <= low or low >= offered_bytes:
        return (fits + fails) // 2
    return min(fails - 1, max(fits + 1, fits + (fails - fits) * (offered_bytes - low) // (high - low)))


@dataclass(frozen=True, kw_only=True, eq=False)
class ModelMemory:
    """What a model takes at any quantization; each is worked out when it is first asked for, and kept with the model.

    `context_limit` is the longest context in tokens that the model is meant for.
    """

    architecture: Architecture
    native_context: int
    context_limit: int

    def at(self, mix: str, published_bytes: int | None = None) -> Accounting | None:
        """The accounting under a mix; None for a mix without rules.

        `published_bytes` is the size of a published file, preferred over the computed one.
        """
        return self._accountings[mix, published_bytes] if mix in BASE_TYPES else None

    @cached_property
    def _accountings(self) -> "_Accountings":
        return _Accountings(self)

    @cached_property
    def _weights(self) -> "_WeightsByMix":
        return _WeightsByMix(self.architecture)

    @cached_property
    def _caches(self) -> Mapping[CacheType, CacheProfile]:
        return {cache_type: cache_profile(self.architecture, cache_type) for cache_type in CacheType}

    @cached_property
    def _graphs(self) -> Mapping[CacheType, Graph]:
        return {cache_type: graph(self.architecture, cache_type) for cache_type in CacheType}

    def account(self, mix: str, published_bytes: int | None) -> Accounting:
        """`at` for a mix with rules, worked out anew."""
        computed = self._weights[mix]
        basis, vram_bytes = Basis.APPROXIMATE if computed.approximate else Basis.TENSORS, computed.vram_bytes
        if published_bytes is not None:
            basis = Basis.PUBLISHED
            vram_bytes = computed.vram_bytes_of_file(published_bytes)
        return Accounting(
            architecture=self.architecture,
            caches=self._caches,
            graphs=self._graphs,
            weights=computed,
            weights_bytes=vram_bytes,
            basis=basis,
            native_context=self.native_context,
            context_limit=self.context_limit,
        )


class _WeightsByMix(dict[str, Weights]):
    """The weights of an architecture, worked out for a mix when it is first asked for."""

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture

    def __missing__(self, mix: str) -> Weights:
        self[mix] = answer = weights(self.architecture, mix)
        return answer


class _Accountings(dict[tuple[str, int | None], Accounting]):
    """The accountings of a model by mix and size of the published file, worked out when they are first asked for."""

    def __init__(self, model: ModelMemory) -> None:
        self.model = model

    def __missing__(self, key: tuple[str, int | None]) -> Accounting:
        self[key] = answer = self.model.account(*key)
        return answer
