"""The least-squares solver that calibration is handed. Needs scipy, which serving never does."""

import math
import os

from fit.calibration.fitting import Problem

# Matrices of some hundred rows are slower on several threads.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "1")
OUTLIER = 0.05
# Fine enough that where the search began leaves no trace: held-out fits begin near constants that had seen the card.
PRECISION = {"ftol": 1e-8, "xtol": 1e-8, "gtol": 1e-8}


def least_squares(problem: Problem) -> list[float]:
    """The values, each at most its highest, whose residuals are least; what is far off counts less (soft L1).

    Raises RuntimeError where scipy is not installed.
    """
    os.environ.setdefault(*ONE_THREAD)
    try:
        from scipy import optimize
    except ImportError as error:
        raise RuntimeError("Calibrating needs scipy: pip install -r requirements-dev.txt") from error
    solution = optimize.least_squares(
        problem.residuals,
        problem.start,
        jac=problem.jacobian,
        bounds=([-math.inf] * len(problem.start), problem.highest),
        loss="soft_l1",
        f_scale=OUTLIER,
        **PRECISION,
    )
    return [float(value) for value in solution.x]
