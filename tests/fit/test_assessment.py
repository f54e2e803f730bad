"""What a page says of a pair: the answer, the rows, the quantization to use, the card to want."""

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit import rule_of_thumb
from fit.assessment import Assessment, Verdict, assess, best_quant
from fit.specs import QuantSpec
from tests.builders import DEFAULT, QUANTS, gpu_spec, model_spec, quant_spec


# On 22.8 usable GB: 9.5e9 parameters at two bytes need exactly 22.8 GB, 33.928e9 exactly fit at 0.56.
def assessed(parameters: int, **gpu: Any) -> Assessment:
    return assess(model_spec(parameters=parameters), gpu_spec(**gpu), QUANTS, DEFAULT)


def slug(assessment: Assessment) -> str | None:
    return assessment.recommended.quant.slug if assessment.recommended else None


@pytest.mark.parametrize(
    ("parameters", "answer", "recommended", "fitting"),
    [
        (1_000_000_000, Verdict.FITS, "q6-k", 6),
        (9_500_000_000, Verdict.FITS, "q6-k", 6),
        (9_500_000_001, Verdict.FITS, "q6-k", 5),
        (23_170_731_707, Verdict.FITS, "q6-k", 4),
        (23_170_731_708, Verdict.FITS, "q5-k-m", 3),
        (33_928_571_428, Verdict.FITS, "q4-k-m", 2),
        (33_928_571_429, Verdict.FITS_LOW, "q3-k-m", 1),
        (44_186_046_511, Verdict.FITS_LOW, "q3-k-m", 1),
        (44_186_046_512, Verdict.DOES_NOT_FIT, None, 0),
        (72_706_203_648, Verdict.DOES_NOT_FIT, None, 0),
    ],
    ids=[
        "small: never FP16 or Q8_0 as advice",
        "FP16 exactly",
        "FP16 one weight over",
        "Q6_K just",
        "Q6_K one weight over",
        "the default just",
        "the default one weight over",
        "the smallest just",
        "the smallest one weight over",
        "the founding pair",
    ],
)
def test_the_answer_and_the_recommendation_on_a_24_gb_card(
    parameters: int, answer: Verdict, recommended: str | None, fitting: int
) -> None:
    assessment = assessed(parameters)
    assert (assessment.verdict, slug(assessment)) == (answer, recommended)
    assert [row.fits for row in assessment.quants] == [False] * (6 - fitting) + [True] * fitting


def test_an_assessment_has_every_quantization_in_the_order_given() -> None:
    assert [row.quant for row in assessed(10**9).quants] == list(QUANTS)


def test_an_assessment_says_what_the_rule_says() -> None:
    assessment, model, gpu = assessed(20_000_000_000), model_spec(parameters=20_000_000_000), gpu_spec()
    assert assessment.usable_bytes == rule_of_thumb.usable_bytes(gpu)
    for row in assessment.quants:
        assert row.need_bytes == rule_of_thumb.need_bytes(model, row.quant)
        assert row.fits is rule_of_thumb.fits(model, row.quant, gpu)


def test_every_quantization_has_the_ceiling_of_the_rule_whether_it_fits_or_not() -> None:
    assessment, model = assessed(20_000_000_000), model_spec(parameters=20_000_000_000)
    ceilings = [rule_of_thumb.ceiling_tokens_s(model, quant, gpu_spec()) for quant in QUANTS]
    assert [fit.ceiling_tokens_s for fit in assessment.quants] == ceilings
    assert {fit.fits for fit in assessment.quants} == {True, False}


def test_no_row_of_a_mixture_with_unknown_active_part_has_a_speed() -> None:
    mixture = model_spec(mixture_of_experts=True)
    assessment = assess(mixture, gpu_spec(), QUANTS, DEFAULT)
    assert assessment.verdict is Verdict.FITS
    assert {row.ceiling_tokens_s for row in assessment.quants} == {None}


def test_quantizations_that_are_not_worth_recommending_are_not_recommended_even_alone() -> None:
    quants = (quant_spec(slug="fp16", bytes_per_weight=Decimal(2), worth_recommending=False),)
    assessment = assess(model_spec(), gpu_spec(), quants, quants[0])
    assert assessment.verdict is Verdict.FITS
    assert assessment.recommended is None


def test_advice_falls_back_on_the_best_that_fits_where_none_is_recommended() -> None:
    full, half = (
        quant_spec(slug=name, bytes_per_weight=Decimal(size), worth_recommending=False)
        for name, size in (("full", 4), ("half", 2))
    )
    quarter = quant_spec(slug="quarter", bytes_per_weight=Decimal(1), worth_recommending=False)
    best = assess(model_spec(), gpu_spec(), (full, half, quarter), half).best
    assert best is not None
    assert best.quant is half


def test_advice_is_the_recommendation_where_a_better_quality_fits_too() -> None:
    assessment = assessed(10**9)
    assert assessment.best is assessment.recommended
    assert assessment.quants[0].fits


def test_there_is_no_advice_where_nothing_fits() -> None:
    assert assessed(72_706_203_648).best is None


@pytest.mark.parametrize("quants", list(permutations(QUANTS[3:])))
def test_the_smallest_row_needs_the_least_memory_wherever_it_stands(quants: tuple[QuantSpec, ...]) -> None:
    assert assess(model_spec(), gpu_spec(), quants, DEFAULT).smallest.quant is QUANTS[5]


def test_a_default_that_is_not_among_the_rows_is_measured_by_its_bytes() -> None:
    default = quant_spec(slug="draft", bytes_per_weight=Decimal("0.60"))
    model = model_spec(parameters=33_000_000_000)
    assert assess(model, gpu_spec(), QUANTS, default).verdict is Verdict.FITS_LOW


@given(
    st.integers(10**6, 10**12),
    st.decimals("1", "200", places=1),
    st.lists(st.tuples(st.sampled_from(["2", "1.06", "0.82", "0.56", "0.43", "0.1"]), st.booleans()), max_size=6),
)
def test_the_short_way_to_the_best_quantization_gives_the_same_as_the_long_one(
    parameters: int, memory: Decimal, rows: list[tuple[str, bool]]
) -> None:
    model, gpu = model_spec(parameters=parameters), gpu_spec(nameplate_gb=memory)
    quants = [
        quant_spec(slug=f"q-{index}", bytes_per_weight=Decimal(size), worth_recommending=worth)
        for index, (size, worth) in enumerate(rows)
    ]
    best = assess(model, gpu, quants, DEFAULT).best
    assert best_quant(model, gpu, quants) is (best.quant if best else None)
