"""All pairs of some models and machines in an order, each made when it is asked for: there are too many to sort."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import overload

from catalog.snapshot import PublishedGpu, PublishedModel
from fitpages.matching.pairs import Pair

BY_MODEL, BY_GPU, DIAGONAL = "model", "gpu", "diagonal"


class PairTable(Sequence[Pair]):
    """Pairs by model, by machine, or by diagonals: the first with the first, then those whose places add up to one
    more, so that what is first on both sides comes before what is first on one.
    """

    def __init__(self, models: Sequence[PublishedModel], gpus: Sequence[PublishedGpu], order: str) -> None:
        self.models, self.gpus, self.order = models, gpus, order

    def __len__(self) -> int:
        return len(self.models) * len(self.gpus)

    @overload
    def __getitem__(self, index: int) -> Pair: ...
    @overload
    def __getitem__(self, index: slice) -> list[Pair]: ...
    def __getitem__(self, index: int | slice) -> Pair | list[Pair]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        model, gpu = self._places(range(len(self))[index])
        return Pair(self.models[model], self.gpus[gpu])

    def _places(self, position: int) -> tuple[int, int]:
        """Of the model and of the machine of a position."""
        if self.order == DIAGONAL:
            return self._on_diagonal(position)
        if self.order == BY_MODEL:
            return divmod(position, len(self.gpus))
        gpu, model = divmod(position, len(self.models))
        return model, gpu

    def _on_diagonal(self, position: int) -> tuple[int, int]:
        diagonal = bisect_right(self._ends, position)
        before = self._ends[diagonal - 1] if diagonal else 0
        model = max(0, diagonal - len(self.gpus) + 1) + position - before
        return model, diagonal - model

    @cached_property
    def _ends(self) -> list[int]:
        """How many pairs there are up to the end of each diagonal."""
        models, gpus = len(self.models), len(self.gpus)
        lengths = (min(diagonal, models - 1) - max(0, diagonal - gpus + 1) + 1 for diagonal in range(models + gpus - 1))
        return list(accumulate(lengths))
