"""Families of mixes: every mix has one, and the names of publishers go with their types."""

import pytest

from fit.mix_families import FAMILIES, MXFP4, NARROW, THREE_BITS, USUAL, WHOLE_BYTES, family
from fit.quant_mixes import BASE_TYPES


@pytest.mark.parametrize(
    ("name", "mixes"),
    [
        (WHOLE_BYTES, ["F16", "BF16", "Q8_0"]),
        (USUAL, ["Q6_K", "Q6_K_L", "Q5_K_M", "Q5_0", "Q4_K_M", "Q4_0", "Q4_1", "IQ4_XS", "IQ4_NL", "unheard of", ""]),
        (THREE_BITS, ["Q3_K_XL", "Q3_K_L", "Q3_K_M", "Q3_K_S"]),
        (NARROW, ["IQ3_M", "IQ3_XXS", "Q2_K", "Q2_K_S", "IQ2_XXS", "IQ1_S", "TQ1_0", "TQ2_0", "Q1_0"]),
        (MXFP4, ["MXFP4_MOE"]),
    ],
)
def test_a_mix_is_of_the_family_of_its_types(name: str, mixes: list[str]) -> None:
    assert {family(mix) for mix in mixes} == {name}


def test_experts_made_at_mxfp4_stay_so_under_every_mix() -> None:
    assert {family(mix, mxfp4_experts=True) for mix in BASE_TYPES} == {MXFP4}


def test_every_mix_has_a_family() -> None:
    assert {family(mix) for mix in BASE_TYPES} == set(FAMILIES)
