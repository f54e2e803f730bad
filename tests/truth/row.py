"""One figure of ours beside llama.cpp's own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any


class NotAnsweredError(Exception):
    """We have no figure of this; the message says why, as the end of a sentence."""


@dataclass(frozen=True)
class Row:
    """One figure: what was asked, what we say, what llama.cpp says.

    `predicted` is None where we have no figure; `detail` then says why. Errors are shares of the real figure, or of
    `share_of` where that is given: of the card's memory, of the model's bytes.
    """

    check: str
    model: str
    quant: str
    context: int | None
    predicted: int | None
    real: int
    detail: str = ""
    share_of: int | None = None

    @property
    def error(self) -> float | None:
        """By how much ours is above (or below) the real figure; None where we have none."""
        if self.predicted is None:
            return None
        whole = self.share_of or self.real or max(self.predicted, 1)
        return (self.predicted - self.real) / whole

    @property
    def name(self) -> str:
        """The row in words: model, quantization, context, detail."""
        context = f"{self.context:,} tokens" if self.context else ""
        return ", ".join(filter(None, (f"{self.model} {self.quant}", context, self.detail)))

    def as_json(self) -> dict[str, Any]:
        """The row in a file of all rows."""
        names = ("check", "model", "quant", "context", "predicted", "real", "error", "detail")
        return {name: getattr(self, name) for name in names}


def answered(row: Row, figure: Callable[[], int]) -> Row:
    """The row with our figure in it, or with the reason why we have none."""
    try:
        return replace(row, predicted=figure())
    except NotAnsweredError as reason:
        return replace(row, predicted=None, detail=str(reason))
