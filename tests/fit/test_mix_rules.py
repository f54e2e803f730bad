"""The rules of the mixes, role by role."""

from typing import Any

import pytest

from fit import mix_rules
from fit.mix_rules import Facts, more_bits
from fit.quant_mixes import BASE_TYPES


def facts(mix: str, **overrides: Any) -> Facts:
    values = {
        "importance_matrix": False,
        "experts": 0,
        "queries_per_key": 1,
        "layers": 32,
        "values": 32,
        "q8_head_mix": False,
        "mix_70b_class": False,
    }
    return Facts(mix=mix, base=BASE_TYPES[mix], **{**values, **overrides})


@pytest.mark.parametrize(
    ("index", "more"), [(0, True), (3, True), (4, False), (6, True), (27, True), (28, True), (31, True), (5, False)]
)
def test_a_k_mix_spends_more_on_the_ends_and_every_third_between(index: int, more: bool) -> None:
    assert more_bits(index, 32) is more


@pytest.mark.parametrize(
    ("mix", "expected"), [("Q4_K_M", "Q6_K"), ("IQ2_M", "Q5_K"), ("IQ3_XXS", "Q5_K"), ("MXFP4_MOE", "Q8_0")]
)
def test_the_head_by_mix(mix: str, expected: str) -> None:
    assert mix_rules.of_head(facts(mix), whole_blocks=True) == expected
    assert mix_rules.of_head(facts(mix), whole_blocks=False) == "Q8_0"
    assert mix_rules.of_head(facts(mix, q8_head_mix=True), whole_blocks=True) == "Q8_0"


@pytest.mark.parametrize(
    ("mix", "expected"), [("IQ1_S", "Q2_K"), ("IQ2_S", "IQ3_S"), ("TQ2_0", "Q4_K"), ("Q4_K_M", "Q4_K")]
)
def test_an_embedding_beside_a_head_by_mix(mix: str, expected: str) -> None:
    assert mix_rules.of_embedding(facts(mix)) == expected


@pytest.mark.parametrize(
    ("mix", "alone", "shared"),
    [
        ("IQ1_S", "Q2_K", "Q4_K"),
        ("IQ2_M", "IQ3_S", "Q4_K"),
        ("Q2_K", "Q3_K", "Q4_K"),
        ("Q2_K_S", "Q2_K", "Q4_K"),
        ("IQ3_XXS", "IQ3_S", "Q4_K"),
        ("IQ3_S", "IQ3_S", "Q4_K"),
        ("IQ3_M", "Q4_K", "Q4_K"),
        ("Q3_K_L", "Q5_K", "Q5_K"),
        ("IQ4_NL", "IQ4_NL", "Q5_K"),
        ("Q6_K", "Q6_K", "Q6_K"),
    ],
)
def test_a_value_that_four_queries_share_has_more_bits(mix: str, alone: str, shared: str) -> None:
    assert mix_rules.of_value(facts(mix), 16) == alone
    assert mix_rules.of_value(facts(mix, queries_per_key=4), 16) == shared


def test_values_are_counted_among_themselves_and_not_among_layers() -> None:
    few = facts("Q4_K_M", values=8)
    assert [mix_rules.of_value(few, index) for index in range(8)].count("Q6_K") == 4
    assert [mix_rules.of_value(facts("Q4_K_S"), index) for index in (3, 4)] == ["Q5_K", "Q4_K"]
    assert [mix_rules.of_value(facts("Q3_K_M"), index) for index in (1, 2)] == ["Q5_K", "Q4_K"]


def test_eight_experts_change_attention() -> None:
    eight, low = facts("Q4_0", experts=8), facts("IQ2_S", experts=8)
    assert mix_rules.of_value(eight, 0) == mix_rules.of_key(eight) == "Q8_0"
    assert mix_rules.of_value(low, 0) == mix_rules.of_key(low) == "Q4_K"
    assert mix_rules.of_attention_output(low) == "Q5_K"
    assert mix_rules.of_attention_output(facts("IQ3_S", experts=8)) == "Q5_K"
    assert mix_rules.of_attention_output(facts("Q5_K_M", experts=8)) == "Q5_K"
    assert mix_rules.of_attention_output(facts("Q3_K_L", experts=8)) == "Q3_K"


def test_the_70b_class_lifts_values_but_not_below_three_bits() -> None:
    assert mix_rules.of_value(facts("IQ3_M", mix_70b_class=True), 9) == "Q5_K"
    assert mix_rules.of_value(facts("IQ2_M", mix_70b_class=True, queries_per_key=8), 9) == "Q4_K"


def test_keys_and_queries_have_fewer_bits_in_two_mixes() -> None:
    for of in (mix_rules.of_key, mix_rules.of_query):
        assert [of(facts(mix)) for mix in ("IQ3_XS", "IQ3_XXS", "IQ3_S")] == ["IQ3_XXS", "IQ2_S", "IQ3_S"]


@pytest.mark.parametrize(
    ("mix", "expected"),
    [("IQ1_M", "IQ2_XXS"), ("IQ2_S", "IQ3_S"), ("IQ2_XS", "IQ2_XS"), ("IQ3_XXS", "IQ3_S"), ("Q3_K_L", "Q5_K")],
)
def test_the_attention_output_by_mix(mix: str, expected: str) -> None:
    assert mix_rules.of_attention_output(facts(mix)) == expected


@pytest.mark.parametrize(
    ("mix", "matrix", "early", "late"),
    [
        ("IQ1_S", True, "Q2_K", "IQ1_S"),
        ("IQ2_M", True, "IQ3_S", "IQ2_S"),
        ("Q2_K", False, "Q3_K", "Q3_K"),
        ("Q2_K_S", True, "Q4_K", "Q2_K"),
        ("IQ3_XXS", False, "Q4_K", "Q3_K"),
        ("IQ3_XXS", True, "IQ3_XXS", "IQ3_XXS"),
        ("IQ3_M", False, "Q4_K", "IQ3_S"),
        ("Q3_K_L", False, "Q5_K", "Q5_K"),
        ("Q4_K_S", True, "Q5_K", "Q4_K"),
        ("IQ4_NL", False, "Q5_K", "IQ4_NL"),
        ("IQ4_NL", True, "IQ4_NL", "IQ4_NL"),
        ("Q4_0", True, "Q4_1", "Q4_0"),
        ("Q4_0", False, "Q4_0", "Q4_0"),
        ("Q5_0", True, "Q5_1", "Q5_0"),
    ],
)
def test_the_first_eighth_of_ffn_down_has_more_bits(mix: str, matrix: bool, early: str, late: str) -> None:
    of = facts(mix, importance_matrix=matrix)
    assert [mix_rules.of_down(of, index) for index in (3, 4)] == [early, late]


def test_ffn_down_of_eight_experts_has_more_bits_in_more_layers() -> None:
    assert mix_rules.of_down(facts("IQ3_M", experts=8), 6) == "Q4_K"
    assert mix_rules.of_down(facts("IQ3_M"), 6) == "IQ3_S"


def test_ffn_down_with_a_head_at_q8() -> None:
    of = {mix: facts(mix, q8_head_mix=True) for mix in ("Q3_K_M", "Q3_K_L", "Q4_K_M", "Q4_K_S")}
    assert [mix_rules.of_down(of["Q3_K_M"], index) for index in (1, 3, 4)] == ["Q5_K", "Q4_K", "Q3_K"]
    assert [mix_rules.of_down(of["Q4_K_M"], index) for index in (1, 3, 4)] == ["Q6_K", "Q5_K", "Q4_K"]
    assert mix_rules.of_down(of["Q3_K_L"], 0) == mix_rules.of_down(of["Q4_K_S"], 0) == "Q4_K"
    assert mix_rules.of_attention_output(of["Q3_K_L"]) == "Q4_K"
    assert mix_rules.of_attention_output(of["Q3_K_M"]) == "Q3_K"


def test_gate_and_up_between_the_eighths_have_fewer_bits_in_one_mix() -> None:
    types = [mix_rules.of_gate_or_up(facts("IQ3_XS"), index) for index in (3, 4, 27, 28)]
    assert types == ["IQ3_S", "IQ3_XXS", "IQ3_XXS", "IQ3_S"]
    assert mix_rules.of_gate_or_up(facts("IQ3_S"), 16) == "IQ3_S"
