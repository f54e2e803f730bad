"""The least-squares solver that calibration is handed. Needs scipy, which serving never does."""

import math
from collections.abc import Mapping, Sequence

from fit.calibration.decode import Residuals

OUTLIER = 0.05
# Prompts are measured less evenly than decoding, and their estimate needs no more digits than are written.
PROMPT_OUTLIER = 0.15
PROMPT_PRECISION = {"ftol": 1e-5, "xtol": 1e-4, "gtol": 1e-5}
# Fine enough that where the search began leaves no trace: held-out fits begin near constants that had seen the card.
PRECISION = {"ftol": 1e-12, "xtol": 1e-12, "gtol": 1e-12}


def least_squares(residuals: Residuals, start: Sequence[float], highest: Sequence[float]) -> list[float]:
    """The values, each at most its highest, whose residuals are least; what is far off counts less (soft L1).

    Raises RuntimeError where scipy is not installed.
    """
    return _solve(residuals, start, highest, OUTLIER, PRECISION)


def least_squares_of_prompts(residuals: Residuals, start: Sequence[float], highest: Sequence[float]) -> list[float]:
    """The same for the time of prompts."""
    return _solve(residuals, start, highest, PROMPT_OUTLIER, PROMPT_PRECISION)


def _solve(
    residuals: Residuals,
    start: Sequence[float],
    highest: Sequence[float],
    outlier: float,
    precision: Mapping[str, float],
) -> list[float]:
    try:
        from scipy import optimize
    except ImportError as error:
        raise RuntimeError("Calibrating needs scipy: pip install -r requirements-dev.txt") from error
    bounds = ([-math.inf] * len(start), highest)
    solution = optimize.least_squares(residuals, start, bounds=bounds, loss="soft_l1", f_scale=outlier, **precision)
    return [float(value) for value in solution.x]
