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
        try:
            of, figures = gpu.__dict__[place]
            if of is constants:
                return figures  # type: ignore[no-any-return]
        except KeyError:
            pass
        figures = function(gpu, constants)
        gpu.__dict__[place] = constants, figures
        return figures

    return kept
