"""The rule of thumb that every reader knows, as it stands in the founding table.

    need     = parameters x bytes per weight x OVERHEAD
    usable   = USABLE_SHARE x nameplate memory (UNIFIED_USABLE_SHARE for unified memory, or the card's own)
    fits     = need <= usable, on unrounded values
    ceiling  = BANDWIDTH_SHARE x bandwidth / (parameters read per token x bytes per weight)

It is a rule of thumb: it knows neither the context nor which tensors a mix keeps at higher precision. Where it has no
bytes per weight for a quantization, nothing fits by it and there is no ceiling; a need raises `fit.specs.SpecError`.
"""

from decimal import Decimal

from fit.specs import GpuSpec, ModelSpec, QuantSpec
from fit.units import bytes_from_gb

# 20% on top of the weights, for KV cache and runtime.
OVERHEAD = Decimal("1.2")
# Of a discrete card's nameplate, 5% goes to the driver and the context.
USABLE_SHARE = Decimal("0.95")
# Of unified memory, the operating system keeps more: Apple's default limit was near 72% before macOS 26.
UNIFIED_USABLE_SHARE = Decimal("0.72")
# Decoding reads every active weight once per token, at 85% of the bandwidth on paper at the very best.
BANDWIDTH_SHARE = Decimal("0.85")


def need_bytes(model: ModelSpec, quant: QuantSpec) -> Decimal:
    """Bytes that the rule says the model needs at this quantization, all experts included."""
    return model.parameters * quant.rule_bytes_per_weight * OVERHEAD


def usable_share(gpu: GpuSpec) -> Decimal:
    """The part of the nameplate memory that the rule counts on, between 0 and 1."""
    if gpu.usable_share is not None:
        return gpu.usable_share
    return UNIFIED_USABLE_SHARE if gpu.unified_memory else USABLE_SHARE


def usable_bytes(gpu: GpuSpec, cards: int = 1) -> Decimal:
    """Bytes of the nameplate memory, taken as GB, that the rule counts on: of equal `cards` together, at least one.

    Cards share a model layer by layer: their memory adds up. Their bandwidth does not, for layers run in turn.
    """
    if cards < 1:
        raise ValueError(f"cards must be at least 1, not {cards}")
    return bytes_from_gb(gpu.nameplate_gb) * usable_share(gpu) * cards


def fits(model: ModelSpec, quant: QuantSpec, gpu: GpuSpec, cards: int = 1) -> bool:
    """Whether the need is at most the usable memory; exactly as much fits."""
    return quant.bytes_per_weight is not None and need_bytes(model, quant) <= usable_bytes(gpu, cards)


def ceiling_tokens_s(model: ModelSpec, quant: QuantSpec, gpu: GpuSpec) -> Decimal | None:
    """Tokens per second, one stream, that the bandwidth allows; None where the active count is unknown."""
    if model.parameters_per_token is None or quant.bytes_per_weight is None:
        return None
    bytes_per_token = model.parameters_per_token * quant.bytes_per_weight
    return BANDWIDTH_SHARE * bytes_from_gb(gpu.bandwidth_gb_s) / bytes_per_token
