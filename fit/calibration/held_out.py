"""What is predicted of a measurement by a calibration that had not seen it.

Whole cards are left out. In classes of fewer than five cards that would leave the class to one or two others, so there
some models of a card are left out instead, and its other models count as they do for every machine that was measured.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fit.calibration.fitting import Fitted, Solver, fit
from fit.calibration.machines import machine
from fit.observation import Observation, predicted_tokens_s
from fit.speed_constants import SpeedConstants

SMALL_CLASS = 5
# The models of a card of a small class are left out in so many parts.
PARTS = 5
MODELS_MEASURED = 2


@dataclass(frozen=True, kw_only=True)
class HeldOut:
    """An observation and what was predicted of it without its card, or without its model of it.

    `after_others`: with all other models of its card measured, where they are two or more; `after_two`: with two.
    """

    observation: Observation
    tokens_s: float
    of_small_class: bool
    after_others: float | None
    after_two: float | None


def held_out(rows: Sequence[Observation], fitted: Fitted, solve: Solver) -> list[HeldOut]:
    """Every row; the searches start where the calibration of all rows ended."""
    return [
        held
        for card in sorted({row.card for row in rows})
        for left_out in parts(rows, card)
        for held in without(left_out, rows, fitted, solve)
    ]


def parts(rows: Sequence[Observation], card: str) -> Iterator[list[Observation]]:
    """The rows of a card that are left out at once."""
    own = [row for row in rows if row.card == card]
    models = sorted({row.model for row in own})
    count = PARTS if _is_small(rows, own[0].class_name) and len(models) > 1 else 1
    for part in range(min(count, len(models))):
        yield [row for row in own if row.model in models[part::count]]


def _is_small(rows: Sequence[Observation], class_name: str) -> bool:
    return len({row.card for row in rows if row.class_name == class_name}) < SMALL_CLASS


def without(
    left_out: Sequence[Observation], rows: Sequence[Observation], fitted: Fitted, solve: Solver
) -> Iterator[HeldOut]:
    """These rows, all of one card, by a calibration without them."""
    away, card = set(left_out), left_out[0].card
    constants = fit([row for row in rows if row not in away], solve, fitted.numbers).constants
    of_card = [row for row in rows if row.card == card]
    own = machine([row for row in of_card if row not in away], constants).factor
    small = _is_small(rows, left_out[0].class_name)
    for row in left_out:
        yield HeldOut(
            observation=row,
            tokens_s=predicted_tokens_s(row, constants, factor=own),
            of_small_class=small,
            after_others=_after(row, of_card, constants, None),
            after_two=_after(row, of_card, constants, MODELS_MEASURED),
        )


def _after(
    row: Observation, of_card: Sequence[Observation], constants: SpeedConstants, count: int | None
) -> float | None:
    """With `count` other models of the card measured, the next in order; None: with all of them."""
    models = sorted({other.model for other in of_card})
    if len(models) <= MODELS_MEASURED:
        return None
    place = models.index(row.model)
    others = (*models[place + 1 :], *models[:place])[:count]
    factor = machine([other for other in of_card if other.model in others], constants).factor
    return predicted_tokens_s(row, constants, factor=factor)
