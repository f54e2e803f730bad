"""Exact accounting: what a model takes at a context, and the longest context that fits.

The reference point is llama-server with one stream and flash attention, everything in VRAM. All sizes are in bytes.
"""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from fit import buffers, kv_cache
from fit.architecture import Architecture
from fit.specs import ModelSpec, QuantSpec
from fit.weights import Weights, average_file_bytes, weights

REFERENCE_CONTEXT = 8192
CONTEXT_STEP = kv_cache.CELL_STEP


class Basis(Enum):
    """Where the bytes of the weights come from."""

    TENSORS = "computed from the model's own tensors"
    APPROXIMATE = "computed, with some types not proven"
    AVERAGE = "the whole-file average of the quantization"
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


@dataclass(frozen=True, kw_only=True)
class Accounting:
    """A model at one quantization, ready to be asked for any context. Made by `account`."""

    architecture: Architecture
    weights_bytes: int
    basis: Basis
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
        if self.parts(self.context_limit, cache_type).total_bytes <= offered_bytes:
            return self.context_limit
        fits, fails = 0, -(-self.context_limit // CONTEXT_STEP)
        while fails - fits > 1:
            middle = (fits + fails) // 2
            enough = self.parts(middle * CONTEXT_STEP, cache_type).total_bytes <= offered_bytes
            fits, fails = (middle, fails) if enough else (fits, middle)
        return fits * CONTEXT_STEP

    @property
    def reference_context(self) -> int:
        """Where "fits exactly" is decided: 8,192 tokens, or the model's limit where it is less."""
        return min(REFERENCE_CONTEXT, self.context_limit)


def account(model: ModelSpec, quant: QuantSpec, published_bytes: int | None = None) -> Accounting | None:
    """The accounting of a model at a quantization; None where its architecture or the mix is not known.

    `published_bytes` is the size of a published file, preferred over the computed one.
    """
    if model.architecture is None or model.native_context is None or not quant.mix:
        return None
    computed = weights_of(model.architecture, quant.mix)
    if computed is None:
        return None
    basis = Basis.APPROXIMATE if computed.approximate else Basis.TENSORS
    vram_bytes = computed.vram_bytes
    if published_bytes is not None:
        basis = Basis.PUBLISHED
        vram_bytes = published_bytes - (computed.file_bytes - computed.vram_bytes)
    return Accounting(
        architecture=model.architecture,
        weights_bytes=vram_bytes,
        basis=basis,
        context_limit=model.extended_context or model.native_context,
    )


@lru_cache(maxsize=16384)
def weights_of(architecture: Architecture, mix: str) -> Weights | None:
    """`fit.weights.weights`, kept; None for a mix without rules."""
    from fit.quant_mixes import BASE_TYPES

    return weights(architecture, mix) if mix in BASE_TYPES else None


__all__ = ["Accounting", "Basis", "Parts", "account", "average_file_bytes", "weights_of"]
