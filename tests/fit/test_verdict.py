"""The one answer to a pair by what there is room for: its kind, level and context, exactly and a byte less.

How fast it must be is in `test_verdict_paces`, what holds for any pair in `test_verdict_properties`.
"""

from decimal import Decimal
from typing import Any

import pytest

from fit.advice import advised_bytes
from fit.architecture import Architecture
from fit.candidates import Candidates
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.specs import QuantSpec
from fit.units import MIB
from fit.verdict import Kind, Verdict, assess
from tests.builders import DEFAULT, QUANTS, gpu_spec, model_spec
from tests.fit.architectures import architecture, layout, mixture
from tests.fit.pairs import (
    DEEP,
    HEAVY,
    MXFP4,
    Q2_K,
    Q3_K_M,
    Q3_K_S,
    Q4_K_M,
    Q4_K_S,
    Q5_K_M,
    Q6_K,
    SPARSE,
    UNEVEN,
    accounting_of,
    candidates,
    taken,
)

CARD = gpu_spec(speed_class="nvidia-gddr")
# Nothing lies in RAM of one pool of memory: what is short is not hidden by it.
POOL = gpu_spec(speed_class="nvidia-gddr", unified_memory=True)
F16, Q8 = CacheType.F16, CacheType.Q8_0
K = 1024
YES, SHORT, NO, RAM = Kind.ON_CARD, Kind.SHORT, Kind.NO, Kind.WITH_RAM
MADE_IN_FOUR_BITS = mixture(gguf=layout(mxfp4_experts=True))


def longest(asked: Candidates, quant: QuantSpec, available: int, cache_type: CacheType) -> int:
    """The most tokens of whole 1,024 that fit, each counted."""
    fitting = (context for context in range(K, 32 * K + 1, K) if taken(asked, quant, context, cache_type) <= available)
    return max(fitting, default=0)


def spoken(verdict: Verdict) -> tuple[Kind, QuantSpec, int, CacheType, bool]:
    return verdict.kind, verdict.quant, verdict.context, verdict.cache_type, verdict.is_below


def assert_alone(verdict: Verdict, asked: Candidates, available: int) -> None:
    """Everything is on the card, and takes what is counted."""
    assert verdict.takes_bytes == taken(asked, verdict.quant, verdict.context, verdict.cache_type) <= available
    assert (verdict.available_bytes, verdict.offload, verdict.computer_gib) == (available, None, None)
    assert verdict.flags == Flags()
    assert verdict.speed
    assert verdict.is_counted


# What there is, as a level, a context and a cache that take it to the byte; then what is answered with exactly so much
# and with a byte less: the level, the context and the cache.
@pytest.mark.parametrize(
    ("gpu", "quant", "context", "exactly", "less"),
    [
        (CARD, Q6_K, 32 * K, (YES, Q6_K, 32 * K), (YES, Q6_K, 16 * K)),
        (CARD, Q6_K, 16 * K, (YES, Q6_K, 16 * K), (YES, Q5_K_M, 16 * K)),
        (CARD, Q4_K_M, 16 * K, (YES, Q4_K_M, 16 * K), (YES, Q4_K_M, 8 * K)),
        (CARD, Q4_K_M, 8 * K, (YES, Q4_K_M, 8 * K), (YES, Q4_K_S, 8 * K)),
        (CARD, Q3_K_M, 8 * K, (YES, Q3_K_M, 8 * K), (RAM, Q4_K_M, 8 * K)),
        (POOL, Q4_K_M, 16 * K, (YES, Q4_K_M, 16 * K), (YES, Q4_K_M, 8 * K)),
        (POOL, Q3_K_M, 8 * K, (YES, Q3_K_M, 8 * K), (SHORT, Q3_K_M, 7 * K)),
    ],
)
def test_the_kind_turns_at_one_byte(
    gpu: Any, quant: QuantSpec, context: int, exactly: tuple[Any, ...], less: tuple[Any, ...]
) -> None:
    asked = candidates(HEAVY)
    available = taken(asked, quant, context)
    for left, expected in ((available, exactly), (available - 1, less)):
        verdict = assess(asked, gpu, left)
        assert spoken(verdict) == (*expected, F16, False)
        if verdict.kind is not RAM:
            assert_alone(verdict, asked, left)


@pytest.mark.parametrize(
    ("of", "quant", "context", "cache_type", "exactly", "less"),
    [
        (DEEP, Q3_K_M, 8 * K, F16, (YES, Q3_K_M, 8 * K, F16, False), (SHORT, Q3_K_M, 7 * K, F16, False)),
        (DEEP, Q3_K_M, 7 * K, F16, (SHORT, Q3_K_M, 7 * K, F16, False), (SHORT, Q3_K_M, 6 * K, F16, False)),
        (DEEP, Q3_K_M, 2 * K, F16, (SHORT, Q3_K_M, 2 * K, F16, False), (SHORT, Q3_K_M, 3 * K, Q8, False)),
        (DEEP, Q3_K_M, 2 * K, Q8, (SHORT, Q3_K_M, 2 * K, Q8, False), (SHORT, Q2_K, 2 * K, Q8, True)),
        (DEEP, Q2_K, 2 * K, Q8, (SHORT, Q2_K, 2 * K, Q8, True), (NO, Q4_K_M, 8 * K, F16, False)),
        (UNEVEN, Q3_K_M, 2 * K, F16, (SHORT, Q3_K_M, 2 * K, F16, False), (SHORT, Q2_K, 2 * K, F16, True)),
        (UNEVEN, Q2_K, 2 * K, F16, (SHORT, Q2_K, 2 * K, F16, True), (NO, Q4_K_M, 8 * K, F16, False)),
        (SPARSE, Q3_K_M, 2 * K, Q8, (SHORT, Q3_K_M, 2 * K, Q8, False), (SHORT, Q3_K_S, 8 * K, F16, True)),
        (SPARSE, Q3_K_S, 8 * K, F16, (SHORT, Q3_K_S, 8 * K, F16, True), (SHORT, Q2_K, 16 * K, F16, True)),
        (SPARSE, Q2_K, 16 * K, F16, (SHORT, Q2_K, 16 * K, F16, True), (SHORT, Q2_K, 8 * K, F16, True)),
        (SPARSE, Q2_K, 8 * K, F16, (SHORT, Q2_K, 8 * K, F16, True), (SHORT, Q2_K, 7 * K, F16, True)),
    ],
    ids=[
        "8K at f16",
        "less than 8K",
        "2,048 tokens at f16, else only with q8_0",
        "2,048 tokens with q8_0, else only below",
        "the smallest level with q8_0, else nothing",
        "heads of 80: never with q8_0",
        "heads of 80: nothing",
        "below with 8K, of two levels the better",
        "below with 8K and the longest that fits",
        "below with 16K",
        "below with less than 8K",
    ],
)
def test_what_is_short_turns_at_one_byte(
    of: Architecture,
    quant: QuantSpec,
    context: int,
    cache_type: CacheType,
    exactly: tuple[Any, ...],
    less: tuple[Any, ...],
) -> None:
    asked = candidates(of)
    available = taken(asked, quant, context, cache_type)
    for left, expected in ((available, exactly), (available - 1, less)):
        verdict = assess(asked, POOL, left)
        assert spoken(verdict) == expected
        if verdict.kind is not NO:
            assert_alone(verdict, asked, left)


@pytest.mark.parametrize("context", [7 * K, 4 * K, 2 * K])
def test_what_is_short_says_what_a_q8_0_cache_holds(context: int) -> None:
    asked = candidates(DEEP)
    for available in (taken(asked, Q3_K_M, context), taken(asked, Q3_K_M, context + K) - 1):
        verdict = assess(asked, POOL, available)
        assert verdict.context == context
        assert verdict.quantized_context == longest(asked, Q3_K_M, available, Q8) > context


def test_where_heads_are_no_whole_blocks_there_is_no_q8_0_cache_to_speak_of() -> None:
    asked = candidates(UNEVEN)
    assert Q8 not in accounting_of(asked, Q3_K_M).cache_types
    verdict = assess(asked, POOL, taken(asked, Q3_K_M, 4 * K))
    assert (verdict.kind, verdict.context, verdict.quantized_context) == (SHORT, 4 * K, 0)


@pytest.mark.parametrize(("native", "kind"), [(2047, NO), (2048, SHORT)])
def test_the_shortest_context_of_use_is_2048_tokens(native: int, kind: Kind) -> None:
    asked = candidates(DEEP, native_context=native)
    verdict = assess(asked, POOL, taken(asked, Q3_K_M, native, Q8))
    assert verdict.kind is kind
    assert (verdict.context, verdict.cache_type) == ((native, Q8) if kind is SHORT else (native, F16))


@pytest.mark.parametrize("native", [512, 2047, 2048, 4096, 8191, 8192])
def test_a_model_of_a_short_context_fits_with_all_of_it(native: int) -> None:
    asked = candidates(DEEP, native_context=native)
    available = taken(asked, Q3_K_M, native)
    assert spoken(assess(asked, POOL, available)) == (YES, Q3_K_M, native, F16, False)
    assert assess(asked, POOL, available - 1).kind is not YES


@pytest.mark.parametrize(("native", "context"), [(12 * K, 8 * K), (20_000, 16 * K), (131_072, 32 * K)])
def test_a_yes_is_for_the_longest_of_three_contexts(native: int, context: int) -> None:
    verdict = assess(candidates(DEEP, native_context=native), CARD, 10**12)
    assert spoken(verdict) == (YES, Q6_K, context, F16, False)


def test_a_no_says_what_the_default_takes_with_8k() -> None:
    asked = candidates(DEEP)
    verdict = assess(asked, CARD, 10**6)
    assert spoken(verdict) == (NO, Q4_K_M, 8 * K, F16, False)
    assert (verdict.takes_bytes, verdict.available_bytes) == (taken(asked, Q4_K_M, 8 * K), 10**6)
    assert verdict.speed is verdict.offload is verdict.computer_gib is None
    assert not verdict.says_yes


@pytest.mark.parametrize(("of", "expected"), [(architecture(), Q6_K), (MADE_IN_FOUR_BITS, MXFP4)])
def test_never_a_level_above_those_worth_recommending(of: Architecture, expected: QuantSpec) -> None:
    assert assess(candidates(of), CARD, 10**12).quant is expected


def test_the_level_that_a_model_was_made_in_is_the_one_spoken_of() -> None:
    asked = candidates(MADE_IN_FOUR_BITS)
    available = taken(asked, MXFP4, 8 * K)
    assert spoken(assess(asked, CARD, available)) == (YES, MXFP4, 8 * K, F16, False)
    assert spoken(assess(asked, POOL, available - 1)) == (SHORT, MXFP4, 7 * K, F16, False)
    assert spoken(assess(asked, CARD, available - 1)) == (RAM, MXFP4, 8 * K, F16, False)
    assert spoken(assess(asked, CARD, 10**6)) == (NO, MXFP4, 8 * K, F16, False)


def test_what_there_is_is_what_advice_uses_of_the_card_where_nothing_is_said() -> None:
    asked = candidates(HEAVY)
    for mib in (100, 250, 500, 700):
        gpu = gpu_spec(speed_class="nvidia-gddr", vendor="NVIDIA", reported_mib=mib, drives_display=mib > 600)
        assert assess(asked, gpu) == assess(asked, gpu, advised_bytes(gpu))
        assert assess(asked, gpu).available_bytes == advised_bytes(gpu) < mib * MIB


# On 22.8 usable GB 33.928e9 weights exactly fit at 0.56 bytes, and 44.186e9 at 0.43.
@pytest.mark.parametrize(
    ("parameters", "kind", "quant"),
    [
        (23_170_731_707, YES, QUANTS[2]),
        (23_170_731_708, YES, QUANTS[3]),
        (33_928_571_428, YES, DEFAULT),
        (33_928_571_429, YES, QUANTS[5]),
        (44_186_046_511, YES, QUANTS[5]),
        (44_186_046_512, NO, DEFAULT),
    ],
)
def test_without_tensors_the_rule_of_thumb_answers(parameters: int, kind: Kind, quant: QuantSpec) -> None:
    spec = model_spec(parameters=parameters)
    for asked in (
        candidates(HEAVY, parameters=parameters, native_context=None),
        candidates(HEAVY, parameters=parameters, quants=QUANTS, default=DEFAULT),
        Candidates(model=spec, levels=candidates(HEAVY, quants=QUANTS, default=DEFAULT).levels, published_bytes={}),
    ):
        verdict = assess(asked, CARD)
        assert (verdict.kind, verdict.quant.slug, verdict.is_counted) == (kind, quant.slug, False)
        assert verdict.takes_bytes == int(parameters * quant.rule_bytes_per_weight * 12 / 10)
        assert verdict.available_bytes == 22_800_000_000
        assert verdict.speed is verdict.offload is None
        assert verdict.context == verdict.quantized_context == 0


@pytest.mark.parametrize(("parameters", "quant"), [(9_500_000_000, DEFAULT), (9_500_000_001, QUANTS[5])])
def test_by_the_rule_exactly_as_much_fits(parameters: int, quant: QuantSpec) -> None:
    """9.5e9 weights at 0.56 bytes and a fifth more are 6.384 GB, which is 95% of 6.72."""
    asked = candidates(HEAVY, parameters=parameters, quants=QUANTS, default=DEFAULT)
    verdict = assess(asked, gpu_spec(nameplate_gb=Decimal("6.72")))
    assert (verdict.kind, verdict.quant) == (YES, quant)
