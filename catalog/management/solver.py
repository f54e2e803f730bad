"""The least-squares solver that calibration is handed. Needs scipy, which serving never does."""

import math
from collections.abc import Sequence
from typing import Any

from fit.calibration.fitting import Problem
from fit.calibration.prefill_values import Residuals

OUTLIER = 0.05
# Prompts are measured less evenly than decoding, and their estimate needs no more digits than are written.
PROMPT_OUTLIER = 0.15
PROMPT_PRECISION = {"ftol": 1e-5, "xtol": 1e-4, "gtol": 1e-5}
# Fine enough that where the search began leaves no trace: held-out fits begin near constants that had seen the card.
PRECISION = {"ftol": 1e-8, "xtol": 1e-8, "gtol": 1e-8}


def least_squares(problem: Problem) -> list[float]:
    """The values, each at most its highest, whose residuals are least; what is far off counts less (soft L1).

    Raises RuntimeError where scipy is not installed.
    """
    return _solve(problem.residuals, problem.start, problem.highest, OUTLIER, jac=problem.jacobian, **PRECISION)


def least_squares_of_prompts(residuals: Residuals, start: Sequence[float], highest: Sequence[float]) -> list[float]:
    """The same for the time of prompts."""
    return _solve(residuals, start, highest, PROMPT_OUTLIER, **PROMPT_PRECISION)


def _solve(
    residuals: Residuals, start: Sequence[float], highest: Sequence[float], outlier: float, **options: Any
) -> list[float]:
    try:
        from scipy import optimize
        from threadpoolctl import threadpool_limits
    except ImportError as error:
        raise RuntimeError("Calibrating needs scipy: pip install -r requirements-dev.txt") from error
    bounds = ([-math.inf] * len(start), highest)
    # Matrices of some hundred rows are slower on several threads.
    with threadpool_limits(limits=1):
        solution = optimize.least_squares(residuals, start, bounds=bounds, loss="soft_l1", f_scale=outlier, **options)
    return [float(value) for value in solution.x]
