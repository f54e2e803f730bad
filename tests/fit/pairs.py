"""A small model at levels that can be counted, and what it takes: the bytes at which one answer becomes another."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from fit.architecture import Architecture, Experts, GatedFeedForward
from fit.candidates import Candidates
from fit.kv_cache import CacheType
from fit.levels import NATIVE_MIX, levels_of
from fit.memory import Accounting
from fit.specs import QuantSpec, Shown
from tests.builders import QUANTS, quant_spec
from tests.fit.architectures import architecture, attention, group, model

NO_FILES: Mapping[str, int] = MappingProxyType({})
MIXES = ("F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M")
FP16, Q8_0, Q6_K, Q5_K_M, Q4_K_M, Q3_K_M = (
    quant_spec(
        slug=quant.slug, bytes_per_weight=quant.bytes_per_weight, worth_recommending=quant.worth_recommending, mix=mix
    )
    for quant, mix in zip(QUANTS, MIXES, strict=True)
)


def _folded(mix: str, *, worth_recommending: bool) -> QuantSpec:
    slug = mix.lower().replace("_", "-")
    return quant_spec(
        slug=slug, bytes_per_weight=None, mix=mix, shown=Shown.FOLDED, worth_recommending=worth_recommending
    )


Q4_K_S, MXFP4 = (_folded(mix, worth_recommending=True) for mix in ("Q4_K_S", NATIVE_MIX))
Q3_K_S, Q2_K = (_folded(mix, worth_recommending=False) for mix in ("Q3_K_S", "Q2_K"))
# Best quality first, as a catalog has them.
LADDER = (FP16, Q8_0, Q6_K, Q5_K_M, Q4_K_M, Q4_K_S, MXFP4, Q3_K_M, Q3_K_S, Q2_K)
WORTHY = (Q6_K, Q5_K_M, Q4_K_M, Q4_K_S, Q3_K_M)

# A step of quality is more bytes than 8K tokens: 98 million weights, 1 KiB of cache a token.
HEAVY = architecture(blocks=(group(mixers=(attention(kv_heads=1, head_dim=32),), ffn=GatedFeedForward(size=7680)),))
# 8K tokens are more bytes than all steps of quality together: 32 KiB of cache a token.
DEEP = architecture(blocks=(group(mixers=(attention(kv_heads=8, head_dim=128),)),))
# Heads of 80 elements are no whole number of blocks, so the cache cannot be quantized.
UNEVEN = architecture(blocks=(group(mixers=(attention(kv_heads=8, head_dim=80),)),))
# Nearly all weights are experts, of which a token reads one in 64.
SPARSE = architecture(blocks=(group(ffn=Experts(experts=64, active=1, size=1536)),))


def candidates(
    of: Architecture = HEAVY,
    *,
    quants: Sequence[QuantSpec] = LADDER,
    default: QuantSpec = Q4_K_M,
    files: Mapping[str, int] = NO_FILES,
    **overrides: Any,
) -> Candidates:
    """A model of this architecture, native context 32,768 tokens unless told, at the levels of `quants`."""
    spec = model(of, **overrides)
    return Candidates(model=spec, levels=levels_of(spec, quants, default, files), published_bytes=files)


def accounting_of(asked: Candidates, quant: QuantSpec) -> Accounting:
    """The accounting at a level that can be counted."""
    accounting = asked.need(quant).accounting
    assert accounting
    return accounting


def taken(asked: Candidates, quant: QuantSpec, context: int, cache_type: CacheType = CacheType.F16) -> int:
    """Bytes on one card."""
    return accounting_of(asked, quant).total(context, cache_type)
