"""The best of a model's levels by the memory that a machine offers, worked out once a model for lists of many pairs."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from fit.assessment import best_of
from fit.needs import Need
from fit.specs import GpuSpec, QuantSpec


class Ladder(NamedTuple):
    """The levels that are the best for some offer, each with the bytes from which on it is, the least first.

    `needs` are those of the model, which decide where one of them cannot be counted: then the rule is asked.
    """

    needs: Sequence[Need]
    ends: tuple[int, ...]
    quants: tuple[QuantSpec, ...]
    counted: bool

    def best(self, gpu: GpuSpec) -> QuantSpec | None:
        """`fit.assessment.best_of` of the needs."""
        if not self.counted:
            return best_of(self.needs, gpu)
        rung = bisect_right(self.ends, gpu.offer.total_bytes)
        return self.quants[rung - 1] if rung else None


def ladder(needs: Sequence[Need]) -> Ladder:
    """The ladder of a model's needs, best quality first."""
    by_preference = sorted((need for need in needs if need.is_made), key=lambda need: not need.quant.worth_recommending)
    rungs: list[tuple[int, QuantSpec]] = []
    for need in by_preference:
        if need.exact_bytes is not None and (not rungs or need.exact_bytes < rungs[-1][0]):
            rungs.append((need.exact_bytes, need.quant))
    ends, quants = zip(*reversed(rungs), strict=True) if rungs else ((), ())
    return Ladder(needs, ends, quants, counted=all(need.exact_bytes is not None for need in by_preference))
