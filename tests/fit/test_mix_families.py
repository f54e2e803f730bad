"""Families of mixes: every mix has one, and the names of publishers go with their types."""

import pytest

from fit.mix_families import FAMILIES, MXFP4, USUAL, WHOLE_BYTES, family
from fit.quant_mixes import BASE_TYPES


@pytest.mark.parametrize(
    ("name", "mixes"),
    [
        (WHOLE_BYTES, ["F16", "BF16", "Q8_0"]),
        (USUAL, ["Q6_K_L", "Q5_K_M", "Q4_0", "IQ4_XS", "Q3_K_S", "IQ3_M", "Q2_K", "IQ1_S", "TQ2_0", "unheard of", ""]),
        (MXFP4, ["MXFP4_MOE"]),
    ],
)
def test_a_mix_is_of_the_family_of_its_types(name: str, mixes: list[str]) -> None:
    assert {family(mix) for mix in mixes} == {name}


def test_experts_made_at_mxfp4_stay_so_under_every_mix() -> None:
    assert {family(mix, mxfp4_experts=True) for mix in BASE_TYPES} == {MXFP4}


def test_every_mix_has_a_family() -> None:
    assert {family(mix) for mix in BASE_TYPES} == set(FAMILIES)
