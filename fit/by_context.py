"""Figures of a model by its context, kept at the contexts that pages ask for."""

from collections.abc import Callable
from typing import TypeVar

Figure = TypeVar("Figure")
TOKENS_STEP = 1024


class ByContext(dict[int, Figure]):
    """A mapping from tokens of context to what `work_out` makes of them.

    Figures are kept at whole 1,024 tokens up to the `limit` of the model, and there: of other contexts, which visitors
    choose, there is no end.
    """

    def __init__(self, work_out: Callable[[int], Figure], limit: int) -> None:
        super().__init__()
        self.work_out, self.limit = work_out, limit

    def __missing__(self, context: int) -> Figure:
        figure = self.work_out(context)
        if context == self.limit or (context < self.limit and not context % TOKENS_STEP):
            self[context] = figure
        return figure
