"""What is a machine's own: how much faster it is than its class, from its own measurements.

The mean of the errors of its models, each model counting once, is drawn towards nothing by n / (n + 2) for n models: a
single model says a third of what it seems to.
"""

import math
import statistics
from collections.abc import Mapping, Sequence

from fit.machine import Machine
from fit.observation import Observation, predicted_tokens_s
from fit.speed_constants import SpeedConstants

# So many models would say as much as what is known of the class.
MODELS_OF_CLASS = 2


def machines(rows: Sequence[Observation], constants: SpeedConstants) -> Mapping[str, Machine]:
    """Every card of the rows, by its name."""
    return {
        card: machine([row for row in rows if row.card == card], constants) for card in sorted({r.card for r in rows})
    }


def machine(rows: Sequence[Observation], constants: SpeedConstants) -> Machine:
    """The card that all of the rows are of; without rows, one that is like its class."""
    errors: dict[str, list[float]] = {}
    for row in rows:
        errors.setdefault(row.model, []).append(math.log(row.tokens_s / predicted_tokens_s(row, constants, factor=1)))
    if not errors:
        return Machine(factor=1.0, models=0)
    drawn = len(errors) / (len(errors) + MODELS_OF_CLASS)
    return Machine(
        factor=math.exp(drawn * statistics.fmean(map(statistics.fmean, errors.values()))), models=len(errors)
    )
