"""What was measured of the loss is said with its basis; what was not is a dash."""

from dataclasses import replace
from decimal import Decimal

import pytest

from catalog.snapshot import PublishedQuant, Snapshot
from fitpages.pages.common.sources import Source
from fitpages.pages.guides.quality import (
    QualityMeasurement,
    QualityRow,
    Step,
    is_measured,
    measurements,
    quality_rows,
    step_down,
    step_up,
)
from tests.small_catalog import six_quants, snapshot_of

UNMEASURED = {"perplexity": None, "perplexity_rise": None, "kl_divergence": None}


def with_quant(slug: str, **facts: object) -> Snapshot:
    return snapshot_of(quants=[replace(quant, **facts) if quant.slug == slug else quant for quant in six_quants()])


def test_every_quantization_has_its_figures_the_best_first(small: Snapshot) -> None:
    rows = quality_rows(small)
    assert [row.name for row in rows] == [quant.name for quant in small.quants]
    assert rows[4] == QualityRow(
        name="Q4_K_M", perplexity="6.031", rise="+0.031", divergence="0.0312", words="The loss of Q4_K_M."
    )


def test_what_was_not_measured_is_a_dash() -> None:
    row = quality_rows(with_quant("q6-k", **UNMEASURED))[2]
    assert (row.perplexity, row.rise, row.divergence) == ("—", "—", "—")


def test_a_rise_below_zero_keeps_its_sign() -> None:
    assert quality_rows(with_quant("q8-0", perplexity_rise=Decimal("-0.002")))[1].rise == "-0.002"


def test_a_basis_in_common_is_named_once(small: Snapshot) -> None:
    source = Source("example.org/quality", "https://example.org/quality")
    assert measurements(small) == (QualityMeasurement(basis="A small model", sources=(source,)),)


def test_another_basis_is_named_too_and_one_that_is_missing_is_said() -> None:
    named = measurements(with_quant("q6-k", quality_basis="", quality_source=""))
    assert [(measurement.basis, len(measurement.sources)) for measurement in named] == [
        ("A small model", 1),
        ("not stated", 0),
    ]


def test_what_was_not_measured_has_no_basis() -> None:
    assert measurements(snapshot_of(quants=[replace(quant, **UNMEASURED) for quant in six_quants()])) == ()


@pytest.mark.parametrize("measured", ["perplexity", "perplexity_rise", "kl_divergence"])
def test_one_figure_is_a_measurement_even_zero(small: Snapshot, measured: str) -> None:
    quant: PublishedQuant = replace(small.default_quant, **{**UNMEASURED, measured: Decimal(0)})
    assert is_measured(quant)
    assert not is_measured(replace(quant, **UNMEASURED))


def test_steps_lead_from_the_default_to_its_neighbours(small: Snapshot) -> None:
    assert step_up(small) == Step(default="Q4_K_M", neighbour="Q5_K_M", memory="23%", divergence="2.9")
    assert step_down(small) == Step(default="Q4_K_M", neighbour="Q3_K_M", memory="23%", divergence="3.3")


@pytest.mark.parametrize(("default", "up", "down"), [("fp16", False, True), ("q3-k-m", True, False)])
def test_at_either_end_there_is_no_step_beyond(default: str, up: bool, down: bool) -> None:
    snapshot = snapshot_of(default_slug=default)
    assert (step_up(snapshot) is not None, step_down(snapshot) is not None) == (up, down)


@pytest.mark.parametrize("divergence", [None, Decimal(0), Decimal("0.0312"), Decimal("0.5")])
def test_a_better_one_that_was_not_measured_better_is_no_step(divergence: Decimal | None) -> None:
    assert step_up(with_quant("q5-k-m", kl_divergence=divergence)) is None
