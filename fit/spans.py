"""Which range stands beside an estimate, and on what it rests."""

from fit.decode_time import class_of
from fit.speed_constants import Range, SpeedConstants

# From so many models of a card on, the errors of machines that were measured are the guide, not those of unseen ones.
FEW_MODELS = 2


def span_of(class_name: str, card: str, mixture: bool, constants: SpeedConstants) -> Range:
    """The range for a card by its slug, of the class of that name."""
    decode_class = class_of(class_name, constants)
    spans = decode_class.measured if models_measured(card, constants) >= FEW_MODELS else decode_class.unseen
    return spans.of(mixture=mixture)


def models_measured(card: str, constants: SpeedConstants) -> int:
    """How many models were measured on this very card."""
    machine = constants.machines.get(card)
    return machine.models if machine else 0
