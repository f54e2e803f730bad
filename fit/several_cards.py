"""The time of a token on several equal cards: by layer they work one after the other, by tensor at once.

By layer everything is read at the pace of one card, and each further card adds a hand-over: milliseconds on CUDA, a
share of the time elsewhere. By tensor each card reads its part, and layers take the time that they do on one. That was
measured on one pair of cards, where it made 1.2 to 1.7 times the speed of a split by layer, and an exchange after every
layer was not to be told from nothing; so it is never said to make more.
"""

from typing import NamedTuple

from fit.speed_constants import SpeedConstants

LAYER_SPLIT, TENSOR_SPLIT = "layer", "tensor"
# The most that a split by tensor gained over one by layer.
MOST_GAIN = 1.7


class Run(NamedTuple):
    """How a model is spread: so many cards, by layer or by tensor, and GB/s on paper of the RAM, None where nobody says
    which it is."""

    cards: int = 1
    split: str = LAYER_SPLIT
    ram_gb_s: float | None = None

    @property
    def at_once(self) -> int:
        """Cards that read at once."""
        return 1 if self.split == LAYER_SPLIT else self.cards


ONE_CARD = Run()


def split_ms(reading_ms: float, layers_ms: float, run: Run, constants: SpeedConstants, is_cuda: bool) -> float:
    """Milliseconds of a token on the cards of `run`, from what one would take to read everything and for layers."""
    one_after_the_other = reading_ms + layers_ms
    further = run.cards - 1
    if not further:
        return one_after_the_other
    if is_cuda:
        by_layer = one_after_the_other + further * constants.card_ms
    else:
        by_layer = one_after_the_other * (1 + further * constants.card_share)
    if run.split == LAYER_SPLIT:
        return by_layer
    by_tensor = reading_ms / run.cards + layers_ms
    return max(by_tensor, by_layer / MOST_GAIN)
