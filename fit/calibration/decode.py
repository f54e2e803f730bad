"""The constants of decoding, fitted to observations by a least-squares solver that the caller hands in.

Classes, programs and mixes first, all at once (`fitting`); then what is each machine's own (`machines`); then what
other rows say of old builds, several cards and RAM (`apart`); then everything once more without each card, which gives
the errors that are printed and the ranges (`held_out`, `ranges`).
"""

from collections.abc import Sequence
from dataclasses import replace

from fit.calibration.apart import with_apart
from fit.calibration.fitting import Fitted, Solver, fit
from fit.calibration.held_out import held_out
from fit.calibration.machines import machines
from fit.calibration.ranges import held_out_table, with_ranges
from fit.observation import Observation
from fit.speed_constants import SpeedConstants

FEWEST_CARDS = 2
NOTHING = (
    "There is nothing to calibrate on: it takes published measurements for calibration, of dense models on at least "
    "two cards, with everything on one GPU and a build of today."
)


def calibrate(observations: Sequence[Observation], solve: Solver) -> SpeedConstants:
    """Constants with held-out predictions and ranges; the same observations give the same constants.

    ValueError where they are too few: without any one card, there must be a dense model on another.
    """
    used, fitted = fit_used(observations, solve)
    held = held_out(used, fitted, solve)
    constants = replace(without_ranges(observations, used, fitted), held_out=held_out_table(held))
    return with_ranges(constants, held)


def fit_used(observations: Sequence[Observation], solve: Solver) -> tuple[list[Observation], Fitted]:
    """The rows that calibrate, in order, and the fit to them all."""
    used = sorted((row for row in observations if row.calibrates), key=lambda row: row.slug)
    if len({row.card for row in used if not row.work.mixture}) < FEWEST_CARDS:
        raise ValueError(NOTHING)
    return used, fit(used, solve)


def without_ranges(observations: Sequence[Observation], used: Sequence[Observation], fitted: Fitted) -> SpeedConstants:
    """The constants but for what rests on rows held out."""
    constants = replace(fitted.constants, machines=machines(used, fitted.constants))
    return with_apart(constants, observations)
