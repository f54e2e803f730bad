"""Which range stands beside an estimate, and on what it rests."""

from fit.specs import GpuSpec
from fit.speed_constants import DecodeClass, Range, SpeedConstants

# From so many models of a card on, the errors of machines that were measured are the guide, not those of unseen ones.
FEW_MODELS = 2


def span_of(decode_class: DecodeClass, models: int, mixture: bool, laptops: Range | None = None) -> Range:
    """The range for a card of the class on which so many models were measured; `laptops` is that of laptops, where the
    card is in one."""
    if models >= FEW_MODELS:
        return decode_class.measured.mixture if mixture else decode_class.measured.dense
    span = decode_class.unseen.mixture if mixture else decode_class.unseen.dense
    return span if laptops is None else both(span, laptops)


def both(span: Range, laptops: Range) -> Range:
    """From the lower end of both to the higher: a laptop's power limit decides, which nobody states."""
    return Range(low=min(span.low, laptops.low), high=max(span.high, laptops.high), cards=span.cards)


def laptops_of(gpu: GpuSpec | None, constants: SpeedConstants) -> Range | None:
    """The range of laptops, where a card is in one."""
    return constants.laptops if gpu and gpu.laptop else None
