"""The fit: every shared constant comes out again, far-off rows and often-measured cards count less."""

import dataclasses
import math
from typing import Any

import pytest

from catalog.management.solver import least_squares
from fit.calibration.fitting import Fitting, fit
from fit.calibration.values import MOST_EFFICIENCY
from fit.observation import Observation, predicted_tokens_s
from fit.speed_constants import Runtime, SpeedConstants
from tests.fit.constants import decode_class, speed_constants
from tests.fit.observations import GB, as_predicted, cards, work

TRUE = speed_constants(
    classes={"usual": decode_class(efficiency=0.7), "slow": decode_class(efficiency=0.5)}, machines={}
)


def of_kind(constants: SpeedConstants, kind: str, count: int = 3, **overrides: Any) -> list[Observation]:
    """Cards with small and large models of a kind, from some more of what the kind is about to much more."""
    work_of = overrides.pop("work_of")
    return [
        as_predicted(
            constants,
            slug=f"{kind}-{index}-{size}",
            card=f"usual-{index}",
            bandwidth_gb_s=300.0 + 200 * index,
            work=work_of(size),
            **overrides,
        )
        for index in range(count)
        for size in (1, 4, 9, 18)
    ]


@pytest.mark.parametrize(
    ("name", "work_of"),
    [
        ("cache_read", lambda size: work(4 * GB, cache_bytes=size * GB)),
        ("latent_read", lambda size: work(4 * GB, latent_bytes=size * GB)),
        ("expert_layer", lambda size: work(size * GB / 20, mixture=True, layers=60)),
        ("expert_share", lambda size: work(size * GB, mixture=True)),
        ("linear_layer", lambda size: work(size * GB / 50, layers=60, linear_layers=60)),
    ],
)
def test_what_all_classes_share_comes_out_again(name: str, work_of: Any) -> None:
    true = dataclasses.replace(TRUE, linear_layer=1.0, classes={"usual": TRUE.classes["usual"]})
    rows = [*cards(true, 3), *of_kind(true, name, work_of=work_of)]
    assert getattr(fit(rows, least_squares).constants, name) == pytest.approx(getattr(true, name), rel=0.25)


@pytest.mark.parametrize("family", ["F16 and Q8_0", "MXFP4"])
def test_what_a_family_of_mixes_reaches_comes_out_again(family: str) -> None:
    rows = [*cards(TRUE, 3), *of_kind(TRUE, family, work_of=lambda size: work(size * GB, mix=family))]
    mixes = fit(rows, least_squares).constants.mixes
    assert mixes[family] == pytest.approx(TRUE.mixes[family], rel=0.03)
    assert mixes["other mixes"] == 1


@pytest.mark.parametrize(("backend", "kind"), [("CUDA", "CUDA"), ("Metal", "other")])
def test_what_a_quantized_cache_costs_comes_out_again_where_it_was_measured(backend: str, kind: str) -> None:
    deep = of_kind(
        TRUE, kind, backend=backend, work_of=lambda size: work(4 * GB, cache_bytes=size * GB, quantized_cache=True)
    )
    factors = fit([*cards(TRUE, 3, backend=backend), *deep], least_squares).constants.quantized_cache
    assert factors[kind] == pytest.approx(TRUE.quantized_cache[kind], rel=0.15)


def test_a_quantized_cache_never_counts_less_than_one_at_f16() -> None:
    quick = speed_constants(quantized_cache={"CUDA": 0.5, "other": 0.5})
    deep = of_kind(quick, "deep", work_of=lambda size: work(4 * GB, cache_bytes=size * GB, quantized_cache=True))
    assert fit([*cards(quick, 3), *deep], least_squares).constants.quantized_cache["CUDA"] == 1


@pytest.mark.parametrize(("factor", "ms"), [(0.7, 3.0), (0.95, 2.0)])
def test_a_programs_share_and_milliseconds_come_out_again(factor: float, ms: float) -> None:
    true = dataclasses.replace(TRUE, runtimes={**TRUE.runtimes, "ollama": Runtime(factor=factor, ms=ms)})
    rows = [*cards(true, 3), *of_kind(true, "ollama", 6, runtime="ollama", work_of=lambda size: work(size * GB / 4))]
    runtime = fit(rows, least_squares).constants.runtimes["ollama"]
    assert (runtime.factor, runtime.ms) == (pytest.approx(factor, rel=0.05), pytest.approx(ms, rel=0.2))


def test_another_backend_comes_out_again_drawn_a_little_to_the_usual_one() -> None:
    rows = [*cards(TRUE, 3), *of_kind(TRUE, "Vulkan", 2, backend="Vulkan", work_of=lambda size: work(size * GB))]
    usual = fit(rows, least_squares).constants.classes["usual"]
    assert usual.backend == "CUDA"
    assert 0.75 < usual.backends["Vulkan"] < 0.8


def test_no_class_reaches_more_of_its_bandwidth_than_any_card_does() -> None:
    true = speed_constants(classes={"usual": decode_class(efficiency=0.99)})
    constants = fit([*cards(true, 3)], least_squares).constants
    assert constants.classes["usual"].efficiency == pytest.approx(MOST_EFFICIENCY, rel=1e-3)
    assert constants.classes["usual"].efficiency <= MOST_EFFICIENCY


def test_a_card_measured_often_does_not_outvote_several_measured_seldom() -> None:
    """Sixteen rows of a fast card against twelve of six slow ones."""
    fast, slow = (speed_constants(classes={"usual": decode_class(efficiency=share)}) for share in (0.8, 0.4))
    often = [
        dataclasses.replace(row, slug=f"{row.slug}-{time}", card="often", bandwidth_gb_s=1000.0)
        for time in range(4)
        for row in cards(fast, 1, bandwidth_gb_s=1000.0)
    ]
    seldom = [row for row in cards(slow, 6) if row.work.weights_bytes in (4 * GB, 18 * GB)]
    assert (len(often), len(seldom)) == (16, 12)
    assert fit([*often, *seldom], least_squares).constants.classes["usual"].efficiency < 0.6


def test_a_class_of_one_measurement_is_drawn_towards_the_others() -> None:
    lone = as_predicted(TRUE, slug="lone", card="lone", speed_class="slow", work=work(18 * GB))
    lone = dataclasses.replace(lone, tokens_s=lone.tokens_s / 2)
    constants = fit([*cards(TRUE, 4), lone], least_squares).constants
    as_others = predicted_tokens_s(dataclasses.replace(lone, speed_class="usual"), constants)
    assert 1.005 * lone.tokens_s < predicted_tokens_s(lone, constants) < 0.9 * as_others


def test_the_jacobian_is_the_change_of_each_residual() -> None:
    rows = [
        *cards(TRUE, 2),
        *of_kind(TRUE, "deep", 1, work_of=lambda size: work(size * GB, cache_bytes=GB, mixture=True)),
    ]
    fitting = Fitting(rows, {})
    start = [*fitting.problem.start]
    matrix, before = fitting.jacobian(start), fitting.residuals(start)
    for column, _ in enumerate(start):
        moved = [*start]
        moved[column] += 1e-3
        for index, residual in enumerate(fitting.residuals(moved)):
            assert (residual - before[index]) / 1e-3 == pytest.approx(matrix[index][column], abs=2e-3)


def test_a_search_that_starts_where_another_ended_ends_at_the_same() -> None:
    fitted = fit([*cards(TRUE, 3)], least_squares)
    again = fit([*cards(TRUE, 3)], least_squares, fitted.numbers)
    for name, number in fitted.numbers.items():
        assert math.exp(again.numbers[name]) == pytest.approx(math.exp(number), rel=1e-3)
