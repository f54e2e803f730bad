"""The speeds to expect of a pair with a short context, for the quantizations that fit."""

from decimal import Decimal

import pytest

from fit import speed
from fit.assessment import Assessment, assess
from fit.expected import SHORT_CONTEXT, short_speeds
from fit.specs import GpuSpec, ModelSpec
from tests.builders import gpu_spec, model_spec, quant_spec
from tests.fit.architectures import architecture, model

F16 = quant_spec(slug="fp16", bytes_per_weight=Decimal(2), mix="F16")
Q4 = quant_spec(mix="Q4_K_M")


def assessed(spec: ModelSpec, gpu: GpuSpec) -> Assessment:
    return assess(spec, gpu, [F16, Q4], Q4)


@pytest.mark.parametrize("native_context", [32768, SHORT_CONTEXT, 2048])
def test_the_context_is_short_and_no_longer_than_what_fits(native_context: int) -> None:
    gpu = gpu_spec()
    assessment = assessed(model(architecture(), native_context=native_context), gpu)
    for row in assessment.quants:
        assert row.exact
        expected = speed.decode(row.exact.accounting, gpu, min(SHORT_CONTEXT, native_context))
        assert short_speeds(assessment, gpu)[row.quant.slug] == expected


def test_what_does_not_fit_has_no_speed() -> None:
    spec, tiny = model(architecture(), parameters=10**12), gpu_spec(nameplate_gb=Decimal("0.74"), vendor="NVIDIA")
    assert short_speeds(assessed(spec, tiny), tiny) == {}


def test_without_tensors_there_is_no_speed() -> None:
    assert short_speeds(assessed(model_spec(), gpu_spec()), gpu_spec()) == {}
