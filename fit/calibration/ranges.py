"""How far off the estimate was for cards that it had not seen, and the range that this gives."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fit.observation import Observation
from fit.speed_constants import DecodeClass, Range, SpeedConstants

# Of mixtures few cards were measured, and of many kinds of model.
COVERED, COVERED_OF_MIXTURES = 0.80, 0.90
FEW_CARDS, FEW_ROWS = 3, 12
NO_RANGE = Range(low=1, high=1, cards=0)


@dataclass(frozen=True)
class HeldOut:
    """An observation and what was predicted of it without its card."""

    observation: Observation
    tokens_s: float

    @property
    def ratio(self) -> float:
        return self.observation.tokens_s / self.tokens_s


def held_out_table(held_out: Sequence[HeldOut]) -> Mapping[str, list[float]]:
    """Predictions by slug, with the range that the other cards' errors give."""
    table = {}
    for held in held_out:
        row, tokens_s = held.observation, held.tokens_s
        others = [other for other in held_out if other.observation.card != row.card]
        span = _range(others, row.speed_class, row.work.mixture)
        table[row.slug] = [tokens_s, tokens_s * span.low, tokens_s * span.high]
    return dict(sorted(table.items()))


def with_ranges(constants: SpeedConstants, held_out: Sequence[HeldOut]) -> SpeedConstants:
    """The constants with the ranges that held-out errors give, class by class."""

    def ranged(name: str, decode_class: DecodeClass) -> DecodeClass:
        return replace(decode_class, dense=_range(held_out, name, False), mixture=_range(held_out, name, True))

    classes = {name: ranged(name, decode_class) for name, decode_class in constants.classes.items()}
    return replace(constants, classes=classes, other=ranged("", constants.other))


def _range(held_out: Sequence[HeldOut], name: str, mixture: bool) -> Range:
    """From the class's own held-out errors; with few cards from everybody's, and wider."""
    kind = [held for held in held_out if held.observation.work.mixture == mixture]
    own = [held for held in kind if held.observation.speed_class == name]
    cards = len({held.observation.card for held in own})
    rests_on = own if cards >= FEW_CARDS and len(own) >= FEW_ROWS else kind
    covered = COVERED_OF_MIXTURES if mixture else COVERED
    low, high = spread([(math.log(held.ratio), held.observation.card) for held in rests_on], covered)
    return widened(low, high, cards)


def widened(low: float, high: float, cards: int) -> Range:
    """Errors of few cards are a poor guide to the next held's: the fewer, the wider; of none, much wider."""
    wider = 1 + 2 / (cards + 1) if cards >= FEW_CARDS else 1.75 - cards / 8
    return Range(low=math.exp(min(low, 0) * wider), high=math.exp(max(high, 0) * wider), cards=cards)


def spread(errors: Sequence[tuple[float, str]], covered: float = COVERED) -> tuple[float, float]:
    """The quantiles between which that share of the errors lie, a card's rows together weighing as its square root."""
    counts = Counter(card for _, card in errors)
    weighted = sorted((error, counts[card] ** -0.5) for error, card in errors)
    whole, tail = sum(weight for _, weight in weighted), (1 - covered) / 2
    return _quantile(weighted, tail * whole), _quantile(weighted, (1 - tail) * whole)


def _quantile(weighted: Sequence[tuple[float, float]], position: float) -> float:
    passed = 0.0
    for error, weight in weighted:
        passed += weight
        if passed >= position:
            return error
    return weighted[-1][0] if weighted else 0.0
