"""What follows from a card and the constants of the speed alone: worked out once for each card, and kept with it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from fit.specs import GpuSpec
from fit.speed_constants import SpeedConstants

Figures = TypeVar("Figures")


def per_card(function: Callable[[GpuSpec, SpeedConstants], Figures]) -> Callable[[GpuSpec, SpeedConstants], Figures]:
    """Work out `function(gpu, constants)` once in the life of a spec; anew where the constants are others."""
    place = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(gpu: GpuSpec, constants: SpeedConstants) -> Figures:
        before: tuple[SpeedConstants, Figures] | None = gpu.__dict__.get(place)
        if before and before[0] is constants:
            return before[1]
        figures = function(gpu, constants)
        gpu.__dict__[place] = constants, figures
        return figures

    return kept
