"""Exact accounting: what a model takes at a context, and the longest context that fits.

The reference point is llama.cpp's server with one stream and flash attention, everything in VRAM. Sizes are in bytes.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

from fit import buffers, kv_cache
from fit.architecture import Architecture
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


@dataclass(frozen=True)
class Parts:
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

    def parts(self, context: int, cache_type: str = "f16") -> Parts:
        """What it takes for `context` tokens, at least 1; contexts beyond the model's are computed all the same."""
        return Parts(
            self.weights_bytes,
            kv_cache.cache_bytes(self.architecture, context, cache_type),
            buffers.compute_bytes(self.architecture, context, cache_type),
        )

    def longest_context(self, offered_bytes: int, cache_type: str = "f16") -> int:
        """The most tokens that fit, a multiple of 256 or the model's limit; 0 where not even 256 do."""
        if self.weights_bytes >= offered_bytes:
            return 0
        if _total_at_limit(self, cache_type) <= offered_bytes:
            return self.context_limit
        fits, fails = 0, -(-self.context_limit // CONTEXT_STEP)
        while fails - fits > 1:
            middle = self._guess(fits, fails, offered_bytes, cache_type)
            for step in (middle, middle + 1):
                if fits < step < fails:
                    enough = self.total(step * CONTEXT_STEP, cache_type) <= offered_bytes
                    fits, fails = (step, fails) if enough else (fits, step)
        return fits * CONTEXT_STEP

    def _guess(self, fits: int, fails: int, offered_bytes: int, cache_type: str) -> int:
        """Where between two steps the offer is used up, if what a token takes is the same all the way."""
        low = self.total(max(1, fits * CONTEXT_STEP), cache_type)
        high = self.total(fails * CONTEXT_STEP, cache_type)
        if high <= low or low >= offered_bytes:
            return (fits + fails) // 2
        return min(fails - 1, max(fits + 1, fits + (fails - fits) * (offered_bytes - low) // (high - low)))

    def total(self, context: int, cache_type: str = "f16") -> int:
        """Bytes in VRAM for `context` tokens."""
        return (
            self.weights_bytes
            + kv_cache.cache_bytes(self.architecture, context, cache_type)
            + buffers.compute_bytes(self.architecture, context, cache_type)
        )

    @property
    def reference_context(self) -> int:
        """Where "fits exactly" is decided: 8,192 tokens, or the model's native context where it is less."""
        return min(REFERENCE_CONTEXT, self.native_context)

    @cached_property
    def reference_bytes(self) -> int:
        """Bytes in VRAM at the reference context with an f16 cache."""
        return self.total(self.reference_context)


@lru_cache(maxsize=65536)
def _total_at_limit(accounting: Accounting, cache_type: str) -> int:
    return accounting.total(accounting.context_limit, cache_type)


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
