"""Where a calibration starts: constants before anything was measured."""

from types import MappingProxyType

from fit.calibration.prefill_values import NO_PREFILL
from fit.decode_time import CUDA
from fit.speed_constants import DecodeClass, Range, Runtime, Spans, SpeedConstants

NO_RANGE = Range(low=1, high=1, cards=0)
NO_SPANS = Spans(dense=NO_RANGE, mixture=NO_RANGE)
START = SpeedConstants(
    cache_read=1.0,
    latent_read=1.0,
    quantized_cache=MappingProxyType({CUDA: 1.0, "other": 1.0}),
    expert_layer=1.0,
    expert_share=1.0,
    linear_layer=1.0,
    mixes=MappingProxyType({}),
    card_ms=0.0,
    card_share=0.0,
    ram_layers=0.5,
    ram_experts=0.5,
    runtimes=MappingProxyType({"llama.cpp": Runtime(factor=1.0, ms=0.0)}),
    old_build_ms=MappingProxyType({}),
    classes=MappingProxyType({}),
    other=DecodeClass(
        efficiency=0.7,
        layer_ms=0.05,
        cards=0,
        backend="",
        backends=MappingProxyType({}),
        unseen=NO_SPANS,
        measured=NO_SPANS,
    ),
    machines=MappingProxyType({}),
    laptops=NO_RANGE,
    held_out=MappingProxyType({}),
    prefill=NO_PREFILL,
)
