"""Every level of a pair: which stand in the table, what is counted of each, and what the rule of thumb says."""

from decimal import Decimal

import pytest

from fit import rule_of_thumb, speed
from fit.advice import longest_advised
from fit.architecture import Architecture
from fit.candidates import Candidates
from fit.kv_cache import CacheType
from fit.level_rows import LevelRow, level_rows
from fit.specs import GpuSpec, QuantSpec
from fit.verdict import Kind, assess
from tests.builders import gpu_spec
from tests.fit.architectures import layout, mixture
from tests.fit.pairs import (
    DEEP,
    FP16,
    HEAVY,
    MXFP4,
    Q2_K,
    Q3_K_M,
    Q4_K_M,
    Q4_K_S,
    Q5_K_M,
    Q6_K,
    Q8_0,
    UNEVEN,
    accounting_of,
    candidates,
    taken,
)

CARD = gpu_spec(speed_class="nvidia-gddr")
POOL = gpu_spec(speed_class="nvidia-gddr", unified_memory=True)
ALWAYS = (FP16, Q8_0, Q6_K, Q5_K_M, Q4_K_M, Q3_K_M)
MADE_IN_FOUR_BITS = mixture(gguf=layout(mxfp4_experts=True))


def rows(asked: Candidates, available: int, gpu: GpuSpec = CARD) -> dict[QuantSpec, LevelRow]:
    shown = level_rows(asked, assess(asked, gpu, available), gpu)
    return {row.quant: row for row in shown}


def test_the_six_stand_always_best_quality_first() -> None:
    for available in (10**6, 10**9, 10**12):
        assert tuple(rows(candidates(HEAVY), available, POOL)) == ALWAYS


@pytest.mark.parametrize(
    ("quant", "context", "expected"),
    [(Q4_K_S, 8192, (*ALWAYS[:5], Q4_K_S, Q3_K_M)), (Q2_K, 2048, (*ALWAYS, Q2_K))],
)
def test_the_level_of_the_verdict_stands_in_its_place_among_them(
    quant: QuantSpec, context: int, expected: tuple[QuantSpec, ...]
) -> None:
    asked = candidates(HEAVY)
    shown = rows(asked, taken(asked, quant, context), POOL)
    assert tuple(shown) == expected
    assert [row.quant for row in shown.values() if row.is_advised] == [quant]


@pytest.mark.parametrize(
    ("of", "available", "kind"),
    [(HEAVY, 10**12, Kind.ON_CARD), (HEAVY, 10**6, Kind.NO)],
)
def test_only_a_yes_advises_a_level(of: Architecture, available: int, kind: Kind) -> None:
    asked = candidates(of)
    verdict = assess(asked, POOL, available)
    assert verdict.kind is kind
    advised = [row.quant for row in level_rows(asked, verdict, POOL) if row.is_advised]
    assert advised == ([verdict.quant] if verdict.says_yes else [])


def test_what_is_counted_is_at_8k_or_the_native_context() -> None:
    for native, context in ((32768, 8192), (2048, 2048)):
        asked = candidates(DEEP, native_context=native)
        for quant, row in rows(asked, 10**12).items():
            assert row.counted
            assert (row.counted.context, row.counted.speed_context) == (context, context)
            assert row.counted.takes_bytes == taken(asked, quant, context)
            assert row.counted.speed == speed.decode(accounting_of(asked, quant), CARD, context)


def test_the_longest_contexts_are_those_that_advice_would_go_to_by_type_of_cache() -> None:
    asked = candidates(DEEP)
    available = taken(asked, Q4_K_M, 12000)
    for quant, row in rows(asked, available, POOL).items():
        assert row.counted
        of_types = (
            longest_advised(accounting_of(asked, quant), available, kind) for kind in (CacheType.F16, CacheType.Q8_0)
        )
        assert (row.counted.longest, row.counted.longest_quantized) == tuple(of_types)
    assert rows(asked, available, POOL)[Q4_K_M].counted.longest == 11264  # type: ignore[union-attr]  # counted above
    uneven = rows(candidates(UNEVEN), 10**12)[Q4_K_M].counted
    assert uneven
    assert (uneven.longest, uneven.longest_quantized) == (32768, 0)


@pytest.mark.parametrize(("context", "speed_context"), [(7168, 7168), (2048, 2048), (1024, 0)])
def test_where_less_fits_the_speed_is_with_so_much_and_under_2k_there_is_none(context: int, speed_context: int) -> None:
    asked = candidates(DEEP)
    counted = rows(asked, taken(asked, Q3_K_M, context), POOL)[Q3_K_M].counted
    assert counted
    assert counted.longest == context
    expected = speed.decode(accounting_of(asked, Q3_K_M), POOL, context) if speed_context else None
    assert counted.speed == expected
    assert not expected or counted.speed_context == speed_context


def test_with_a_part_in_ram_the_level_of_the_answer_alone_has_a_speed() -> None:
    asked = candidates(HEAVY)
    available = taken(asked, Q3_K_M, 8192) - 1
    verdict = assess(asked, CARD, available)
    assert verdict.kind is Kind.WITH_RAM
    rows = level_rows(asked, verdict, CARD)
    (marked,) = (row for row in rows if row.is_advised)
    assert marked.counted
    assert (marked.counted.speed, marked.counted.speed_context) == (verdict.speed, 8192)
    for row in rows:
        assert row.counted
        assert row is marked or row.counted.longest >= 2048 or row.counted.speed is None


def test_the_rule_s_figures_are_whole_whatever_is_counted() -> None:
    asked = candidates(HEAVY)
    for available in (10**6, 10**12):
        for quant, row in rows(asked, available, POOL).items():
            assert row.rule_bytes == rule_of_thumb.need_bytes(asked.model, quant)
            assert row.rule_fits is rule_of_thumb.fits(asked.model, quant, POOL)
            ceiling = rule_of_thumb.ceiling_tokens_s(asked.model, quant, POOL)
            assert row.ceiling_tokens_s == (ceiling if row.rule_fits else None)


@pytest.mark.parametrize(("parameters", "fits"), [(33_928_571_428, True), (33_928_571_429, False)])
def test_the_rule_turns_at_one_weight(parameters: int, fits: bool) -> None:
    asked = candidates(HEAVY, parameters=parameters, native_context=None)
    row = rows(asked, 0)[Q4_K_M]
    assert row.counted is None
    assert row.rule_fits is fits


def test_of_a_model_made_in_four_bits_the_six_are_the_rule_s_alone() -> None:
    shown = rows(candidates(MADE_IN_FOUR_BITS), 10**12)
    assert tuple(shown) == (MXFP4, *ALWAYS)
    native, *others = shown.values()
    assert native.is_made
    assert native.counted
    assert (native.rule_bytes, native.rule_fits, native.ceiling_tokens_s) == (None, False, None)
    for row in others:
        assert (row.is_made, row.counted, row.is_advised) == (False, None, False)
        assert row.rule_bytes
        assert row.rule_bytes > Decimal(0)


def test_levels_at_which_files_are_published_are_counted_all_the_same() -> None:
    asked = candidates(MADE_IN_FOUR_BITS, files={"q8-0": 30_000_000})
    shown = rows(asked, 10**12)
    assert shown[Q8_0].is_made
    assert shown[Q8_0].counted
    assert shown[Q4_K_M].counted is None
