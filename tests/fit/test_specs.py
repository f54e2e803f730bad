"""Specs refuse figures that no GPU, model or quantization can have, so that no formula has to."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from fit.specs import GpuSpec, SpecError
from tests.builders import gpu_spec, model_spec, quant_spec

NONSENSE = [Decimal(0), Decimal("-0.01"), Decimal(-24), Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")]


@pytest.mark.parametrize("figure", NONSENSE)
@pytest.mark.parametrize("field", ["nameplate_gb", "bandwidth_gb_s", "usable_share"])
def test_a_gpu_without_finite_figures_above_zero_is_refused_by_the_name_of_the_figure(
    field: str, figure: Decimal
) -> None:
    with pytest.raises(SpecError, match=f"^{field} must be a finite number above zero, not {figure}$"):
        gpu_spec(**{field: figure})


@pytest.mark.parametrize("figure", NONSENSE)
def test_a_quantization_without_finite_bytes_above_zero_is_refused(figure: Decimal) -> None:
    with pytest.raises(SpecError, match=f"^bytes_per_weight must be a finite number above zero, not {figure}$"):
        quant_spec(bytes_per_weight=figure)


@pytest.mark.parametrize("field", ["parameters", "active_parameters"])
@pytest.mark.parametrize("figure", [0, -1, -8_030_000_000, float("nan"), float("inf"), float("-inf")])
def test_a_model_without_a_finite_number_of_parameters_above_zero_is_refused(field: str, figure: Any) -> None:
    with pytest.raises(SpecError, match=f"^{field} must be a finite number above zero, not {figure}$"):
        model_spec(**{field: figure})


def test_a_usable_share_may_be_all_of_the_memory() -> None:
    assert gpu_spec(usable_share=Decimal(1)).usable_share == 1


@pytest.mark.parametrize("share", [Decimal("1.001"), Decimal(95)])
def test_a_usable_share_of_more_than_all_the_memory_is_refused(share: Decimal) -> None:
    with pytest.raises(SpecError, match=f"^usable_share must be at most 1, not {share}$"):
        gpu_spec(usable_share=share)


def test_all_parameters_may_be_active() -> None:
    spec = model_spec(parameters=100, active_parameters=100, mixture_of_experts=True)
    assert spec.parameters_per_token == 100


def test_more_active_parameters_than_there_are_is_refused() -> None:
    with pytest.raises(SpecError, match="active_parameters must not exceed parameters"):
        model_spec(parameters=100, active_parameters=101, mixture_of_experts=True)


@pytest.mark.parametrize(
    ("model", "per_token"),
    [
        ({}, 8_030_000_000),
        ({"mixture_of_experts": True, "active_parameters": 1_000_000_000}, 1_000_000_000),
        ({"mixture_of_experts": True}, None),
    ],
    ids=["dense: all", "mixture: the active ones", "mixture of unknown active part: not known"],
)
def test_a_token_reads_all_parameters_of_a_dense_model_and_the_active_ones_of_a_mixture(
    model: dict[str, Any], per_token: int | None
) -> None:
    assert model_spec(**model).parameters_per_token == per_token


def test_a_refusal_is_a_value_error() -> None:
    assert issubclass(SpecError, ValueError)


@pytest.mark.parametrize("spec", [gpu_spec(), model_spec(), quant_spec()])
def test_a_spec_cannot_be_changed(spec: Any) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        spec.slug = "another"


@pytest.mark.parametrize("spec", [gpu_spec(), model_spec(), quant_spec()])
def test_a_changed_copy_is_checked_like_a_new_spec(spec: Any) -> None:
    figure = next(field.name for field in dataclasses.fields(spec) if field.name != "slug")
    with pytest.raises(SpecError):
        dataclasses.replace(spec, **{figure: 0})


def test_figures_are_named_where_a_spec_is_made() -> None:
    with pytest.raises(TypeError):
        GpuSpec("card", Decimal(24), Decimal(1008))  # type: ignore[call-arg]  # refused, as tested


def test_a_level_is_found_by_its_slug_and_told_apart_by_everything() -> None:
    level, other = quant_spec(), quant_spec(worth_recommending=False)
    assert hash(level) == hash(quant_spec()) == hash(other) == hash("q4-k-m")
    kept = {level: "kept"}
    assert kept[quant_spec()] == "kept"
    assert other not in kept
