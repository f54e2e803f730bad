"""Figures of a model by its context, kept at the contexts that pages ask for."""

from collections.abc import Callable
from typing import TypeVar

Figure = TypeVar("Figure")
TOKENS_STEP = 1024


class ByContext(dict[int, Figure]):
    """A mapping from tokens of context to what `work_out` makes of them.

    Figures are kept at every `step` tokens up to the `limit` of the model, and there: of other contexts, which visitors
    choose, there is no end.
    """

    def __init__(self, work_out: Callable[[int], Figure], limit: int, step: int = TOKENS_STEP) -> None:
        super().__init__()
        self.work_out, self.limit, self.step = work_out, limit, step

    def __missing__(self, context: int) -> Figure:
        figure = self.work_out(context)
        if context == self.limit or (context < self.limit and not context % self.step):
            self[context] = figure
        return figure
