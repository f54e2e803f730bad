"""Exact accounting: what a model takes at a context, and the longest context that fits.

The reference point is llama.cpp's server with one stream and flash attention, everything in VRAM. Sizes are in bytes.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from typing import NamedTuple

from fit import buffers, kv_cache
from fit.architecture import Architecture
from fit.kv_cache import CacheType
from fit.quant_mixes import BASE_TYPES
from fit.specs import ModelSpec, QuantSpec
from fit.weights import Weights, weights

REFERENCE_CONTEXT = 8192
CONTEXT_STEP = kv_cache.CELL_STEP


class Basis(Enum):
    """Where the bytes of the weights come from."""

    TENSORS = "computed from the model's own tensors"
    APPROXIMATE = "computed, with some types not proven"
    PUBLISHED = "the size of a published file"


class Parts(NamedTuple):
    """What lies in VRAM: weights, cache, compute buffer."""

    weights_bytes: int
    cache_bytes: int
    compute_bytes: int

    @property
    def total_bytes(self) -> int:
        return self.weights_bytes + self.cache_bytes + self.compute_bytes


@dataclass(frozen=True, kw_only=True, eq=False)
class Accounting:
    """A model at one quantization, ready to be asked for any context. Made by `account`."""

    architecture: Architecture
    weights: Weights
    weights_bytes: int
    basis: Basis
    native_context: int
    context_limit: int

    def parts(self, context: int, cache_type: CacheType = CacheType.F16) -> Parts:
        """What it takes for `context` tokens, at least 1; contexts beyond the model's are computed all the same."""
        return Parts(
            self.weights_bytes,
            kv_cache.cache_bytes(self.architecture, context, cache_type),
            buffers.compute_bytes(self.architecture, context, cache_type),
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
        """Bytes in VRAM for `context` tokens."""
        return (
            self.weights_bytes
            + kv_cache.cache_bytes(self.architecture, context, cache_type)
            + buffers.compute_bytes(self.architecture, context, cache_type)
        )

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


def _guess(fits: int, fails: int, low: int, high: int, offered_bytes: int) -> int:
    """Where between two steps, which take `low` and `high` bytes, the offer is used up if growth is even."""
    if high <= low or low >= offered_bytes:
        return (fits + fails) // 2
    return min(fails - 1, max(fits + 1, fits + (fails - fits) * (offered_bytes - low) // (high - low)))


def account(model: ModelSpec, quant: QuantSpec, published_bytes: int | None = None) -> Accounting | None:
    """The accounting of a model at a quantization; None where its architecture or the mix is not known.

    `published_bytes` is the size of a published file, preferred over the computed one.
    """
    if model.architecture is None or model.native_context is None:
        return None
    return _account(model.architecture, quant.mix, model.native_context, model.extended_context, published_bytes)


@lru_cache(maxsize=16384)
def _account(
    architecture: Architecture, mix: str, native: int, extended: int | None, published_bytes: int | None
) -> Accounting | None:
    computed = weights_of(architecture, mix)
    if computed is None:
        return None
    basis, vram_bytes = Basis.APPROXIMATE if computed.approximate else Basis.TENSORS, computed.vram_bytes
    if published_bytes is not None:
        basis = Basis.PUBLISHED
        vram_bytes = published_bytes - (computed.file_bytes - computed.vram_bytes)
    return Accounting(
        architecture=architecture,
        weights=computed,
        weights_bytes=vram_bytes,
        basis=basis,
        native_context=native,
        context_limit=extended or native,
    )


@lru_cache(maxsize=16384)
def weights_of(architecture: Architecture, mix: str) -> Weights | None:
    """`fit.weights.weights`, kept; None for a mix without rules."""
    return weights(architecture, mix) if mix in BASE_TYPES else None
