"""Which range stands beside an estimate, and on what it rests."""

from fit.speed_constants import DecodeClass, Range

# From so many models of a card on, the errors of machines that were measured are the guide, not those of unseen ones.
FEW_MODELS = 2


def span_of(decode_class: DecodeClass, models: int, mixture: bool) -> Range:
    """The range for a card of the class on which so many models were measured."""
    spans = decode_class.measured if models >= FEW_MODELS else decode_class.unseen
    return spans.mixture if mixture else spans.dense
