"""llama.cpp's flags for what lies where, and which layers they put on which card (commit 0c1e57098, October 2026)."""

from bisect import bisect_right
from ctypes import c_float
from typing import NamedTuple

# What a command says for all layers and the head: more than any model has.
ALL_LAYERS = 999


class Flags(NamedTuple):
    """What llama.cpp is told.

    `gpu_layers` is -ngl: the last so many of the layers and the head, which counts as one more; None for all of them.
    `cpu_moe_layers` is --n-cpu-moe: the routed experts of the first so many layers stay in RAM. `tensor_split` is -ts:
    the share of each card in what is offloaded; llama.cpp takes the cards' free memory where it is not given.
    """

    gpu_layers: int | None = None
    cpu_moe_layers: int = 0
    tensor_split: tuple[float, ...] = (1,)

    @property
    def text(self) -> str:
        """The flags as a command has them."""
        text = f"-ngl {ALL_LAYERS if self.gpu_layers is None else self.gpu_layers}"
        if self.cpu_moe_layers:
            text += f" --n-cpu-moe {self.cpu_moe_layers}"
        if len(self.tensor_split) > 1:
            text += f" -ts {','.join(f'{share:g}' for share in self.tensor_split)}"
        return text

    def layers_in_ram(self, layers: int) -> int:
        """Of so many layers in the file, draft layers included, those at the front that stay in RAM.

        One more than there are where the head stays there as well.
        """
        everything = layers + 1
        return 0 if self.gpu_layers is None else everything - min(self.gpu_layers, everything)

    def card_ends(self, layers: int) -> list[int]:
        """The number of the first layer after each card's own; the head is number `layers`.

        The rule is llama.cpp's: of A offloaded ones the j-th goes to the first card at which the sum of the shares is
        above j / A, in 32-bit floats. Bytes are never looked at.
        """
        first = self.layers_in_ram(layers)
        offloaded = layers + 1 - first
        if len(self.tensor_split) == 1 or not offloaded:
            return [layers + 1] * len(self.tensor_split)
        bounds = _bounds(self.tensor_split)
        cards = [bisect_right(bounds, c_float(index / offloaded).value) for index in range(offloaded)]
        return [first + bisect_right(cards, card) for card in range(len(bounds))]


def _bounds(shares: tuple[float, ...]) -> list[float]:
    """Where each card's part ends, between 0 and 1."""
    total, sums = 0.0, []
    for share in shares:
        total = c_float(total + c_float(share).value).value
        sums.append(total)
    return [c_float(end / total).value for end in sums]
