"""The constants of the time of a prompt, fitted to measured prompts by a least-squares solver that the caller hands in.

A card that was measured has a factor of its own, from the errors of the models measured on it: the middle one, times
n / (n + 2) of n models, for few say little. Held out means: calibrated once more without any row of that card, or
without that model on it.
"""

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from fit.calibration.prefill_held_out import HeldOut, spans, table
from fit.calibration.prefill_values import NO_PREFILL, Residuals, residuals_of, values_of
from fit.machine import Machine
from fit.prefill_constants import PrefillConstants
from fit.prompt_observation import PromptObservation, by_card, prompt_tokens_s

# A machine's own factor counts as if so many more models had been as fast as its class.
PRIOR_MODELS = 2
FEWEST_CARDS = 2
# Of a class of fewer cards, a card that is left out leaves too little behind: one of its models is.
FEW_CARDS = 5

Solver = Callable[[Residuals, Sequence[float], Sequence[float]], Sequence[float]]


class Fitted(NamedTuple):
    """Constants, and the logarithms that they were made of, by name: where the next fit begins."""

    constants: PrefillConstants
    values: Mapping[str, float]


def calibrate_prefill(observations: Iterable[PromptObservation], solve: Solver) -> PrefillConstants:
    """Constants with held-out predictions and ranges; those of nothing measured where fewer than two cards were."""
    used = _used(observations)
    if len({row.card for row in used}) < FEWEST_CARDS:
        return NO_PREFILL
    whole = _fit(used, {}, solve)
    without = {card: _fit([row for row in used if row.card != card], whole.values, solve) for card in by_card(used)}
    unseen = [_held(row, without[row.card].constants) for row in used]
    other_models = list(_other_models(used, whole, without, solve))
    return replace(
        spans(_with_machines(used, whole), unseen, other_models, FEW_CARDS),
        unseen=table(unseen, unseen, FEW_CARDS),
        other_models=table(other_models, unseen, FEW_CARDS),
    )


def without_ranges(observations: Iterable[PromptObservation], solve: Solver) -> PrefillConstants:
    """The constants but for what rests on rows held out."""
    used = _used(observations)
    return _with_machines(used, _fit(used, {}, solve))


def _used(observations: Iterable[PromptObservation]) -> list[PromptObservation]:
    return sorted((row for row in observations if row.calibrates), key=lambda row: row.slug)


def _with_machines(rows: Sequence[PromptObservation], whole: Fitted) -> PrefillConstants:
    return replace(whole.constants, machines=_machines(rows, whole.constants))


def _fit(rows: Sequence[PromptObservation], near: Mapping[str, float], solve: Solver) -> Fitted:
    values = values_of(rows)
    start = values.start(near)
    solved = [float(value) for value in solve(residuals_of(rows, values), start, values.highest())]
    return Fitted(values.constants(solved), dict(zip(values.names, solved, strict=True)))


def _held(row: PromptObservation, constants: PrefillConstants, machine: Machine | None = None) -> HeldOut:
    factor, models = (machine.factor, machine.models) if machine else (1, 0)
    return HeldOut(row, prompt_tokens_s(row, constants) * factor, models)


def _other_models(
    rows: Sequence[PromptObservation], whole: Fitted, without: Mapping[str, Fitted], solve: Solver
) -> Iterable[HeldOut]:
    """Each model of a card by a calibration without the card, or in a small class without the model on it; with the
    factor that the card's other models give."""
    for card, own in by_card(rows).items():
        for model in sorted({row.model for row in own}):
            others = [row for row in own if row.model != model]
            if others:
                is_small = _cards_of_class(rows, own[0]) < FEW_CARDS
                left = [row for row in rows if row.card != card or row.model != model]
                fitted = _fit(left, whole.values, solve) if is_small else without[card]
                machine = machine_of(others, fitted.constants)
                yield from (_held(row, fitted.constants, machine) for row in own if row.model == model)


def _cards_of_class(rows: Sequence[PromptObservation], row: PromptObservation) -> int:
    return len({other.card for other in rows if other.gpu.speed_class == row.gpu.speed_class})


def _machines(rows: Sequence[PromptObservation], constants: PrefillConstants) -> Mapping[str, Machine]:
    return MappingProxyType({card: machine_of(own, constants) for card, own in sorted(by_card(rows).items())})


def machine_of(rows: Sequence[PromptObservation], constants: PrefillConstants) -> Machine:
    """The factor of one card, from its own measurements."""
    by_model: dict[str, list[float]] = {}
    for row in rows:
        by_model.setdefault(row.model, []).append(math.log(row.tokens_s / prompt_tokens_s(row, constants)))
    middle = statistics.median(statistics.median(errors) for errors in by_model.values())
    models = len(by_model)
    return Machine(factor=math.exp(middle * models / (models + PRIOR_MODELS)), models=models)
