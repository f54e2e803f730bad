"""Specs with sensible figures, to be overridden by what a test is about."""

from decimal import Decimal
from typing import Any

from fit.specs import GpuSpec, ModelSpec, QuantSpec


def gpu_spec(**overrides: Any) -> GpuSpec:
    """A 24 GB card with 1008 GB/s."""
    return GpuSpec(**{"slug": "card", "nameplate_gb": Decimal(24), "bandwidth_gb_s": Decimal(1008), **overrides})


def model_spec(**overrides: Any) -> ModelSpec:
    """A dense model of 8.03 billion parameters."""
    return ModelSpec(**{"slug": "model", "parameters": 8_030_000_000, **overrides})


def quant_spec(**overrides: Any) -> QuantSpec:
    """The popular default: 0.56 bytes per weight."""
    return QuantSpec(**{"slug": "q4-k-m", "bytes_per_weight": Decimal("0.56"), **overrides})


QUANTS = (
    quant_spec(slug="fp16", bytes_per_weight=Decimal("2.00"), worth_recommending=False),
    quant_spec(slug="q8-0", bytes_per_weight=Decimal("1.06"), worth_recommending=False),
    quant_spec(slug="q6-k", bytes_per_weight=Decimal("0.82")),
    quant_spec(slug="q5-k-m", bytes_per_weight=Decimal("0.69")),
    quant_spec(slug="q4-k-m", bytes_per_weight=Decimal("0.56")),
    quant_spec(slug="q3-k-m", bytes_per_weight=Decimal("0.43")),
)
DEFAULT = QUANTS[4]
