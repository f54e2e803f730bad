"""What the figures of a measurement cannot be is refused at the field, and by the database where no form was asked."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Benchmark
from tests.catalog.rows import benchmark, refusals

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        (
            {"mixture_of_experts": True, "parameters": 100, "active_parameters": 101},
            "active_parameters",
            "This must not exceed all parameters (100).",
        ),
        (
            {"parameters": 100, "active_parameters": 99},
            "active_parameters",
            "Only a mixture of experts has active parameters. Tick the box.",
        ),
        (
            {"weights_bytes": 1000, "active_weights_bytes": 1001},
            "active_weights_bytes",
            "This must not exceed the file (1,000 bytes).",
        ),
        (
            {"depth_tokens": 101, "context_tokens": 100},
            "depth_tokens",
            "This must not exceed the average meanwhile (100 tokens).",
        ),
        ({"split": "layer"}, "split", "One card is not split. Leave this empty, or say how many cards there were."),
    ],
)
def test_figures_that_contradict_each_other_are_refused_at_the_field(
    values: dict[str, Any], field: str, sentence: str
) -> None:
    assert refusals(benchmark(**values))[field] == [sentence]


@pytest.mark.parametrize(
    "values",
    [
        {"mixture_of_experts": True, "parameters": 100, "active_parameters": 100},
        {"mixture_of_experts": True, "active_parameters": 100},
        {"weights_bytes": 1000, "active_weights_bytes": 1000},
        {"active_weights_bytes": 1000},
        {"depth_tokens": 100, "context_tokens": 100},
        {"depth_tokens": 0},
        {"split": "layer", "gpu_count": 2},
        {"gpu_count": 2},
        {"decode_tokens_s": Decimal("0.001")},
        {"decode_tokens_s": Decimal("99999.999")},
    ],
)
def test_figures_at_the_boundary_or_half_known_are_accepted(values: dict[str, Any]) -> None:
    benchmark(**values).full_clean()


@pytest.mark.parametrize("figure", ["power_limit_w", "ram_channels", "ram_gb_s", "context_tokens", "runs"])
def test_a_figure_of_nothing_is_refused_at_the_field_and_by_the_database(figure: str) -> None:
    assert refusals(benchmark(**{figure: 0}))[figure] == ["This must be above zero, not 0."]
    benchmark().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Benchmark.objects.filter(slug="test-measurement").update(**{figure: 0})


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("depth_tokens", "context_tokens"),
        ("active_parameters", "parameters"),
        ("active_weights_bytes", "weights_bytes"),
    ],
)
def test_a_part_above_its_whole_is_refused_by_the_database(part: str, whole: str) -> None:
    benchmark().save()
    row = Benchmark.objects.filter(slug="test-measurement")
    row.update(**{part: 100, whole: 100})
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(**{part: 101})


@pytest.mark.parametrize(
    ("field", "value"), [("cache_keys", "q3_0"), ("cache_values", "f8"), ("ram_kind", "DDR9"), ("ram_kind", "ddr4")]
)
def test_a_type_that_there_is_not_is_refused(field: str, value: str) -> None:
    assert "is not a valid choice" in refusals(benchmark(**{field: value}))[field][0]
