"""How far off the estimate was for cards that it had not seen, and the range that this gives."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fit.observation import Measurement
from fit.speed_constants import DecodeClass, Range, SpeedConstants

# Of mixtures few cards were measured, and of many kinds of model.
COVERED, COVERED_OF_MIXTURES = 0.80, 0.90
FEW_CARDS, FEW_ROWS = 3, 12
NO_RANGE = Range(low=1, high=1, cards=0)


@dataclass(frozen=True)
class HeldOut:
    """A measurement and what was predicted for it without its card."""

    found: Measurement
    tokens_s: float

    @property
    def ratio(self) -> float:
        return self.found.tokens_s / self.tokens_s


def held_out_table(held_out: Sequence[HeldOut]) -> Mapping[str, list[float]]:
    """Predictions by slug, with the range that the other cards' errors give."""
    table = {}
    for one in held_out:
        others = [other for other in held_out if other.found.card != one.found.card]
        of_range = _range(others, one.found.speed_class, one.found.work.mixture)
        low, high = one.tokens_s * of_range.low, one.tokens_s * of_range.high
        table[one.found.slug] = [one.tokens_s, low, high]
    return dict(sorted(table.items()))


def with_ranges(known: SpeedConstants, held_out: Sequence[HeldOut]) -> SpeedConstants:
    def ranged(name: str, of_class: DecodeClass) -> DecodeClass:
        return replace(of_class, dense=_range(held_out, name, False), mixture=_range(held_out, name, True))

    classes = {name: ranged(name, of_class) for name, of_class in known.classes.items()}
    return replace(known, classes=classes, other=ranged("", known.other))


def _range(held_out: Sequence[HeldOut], name: str, mixture: bool) -> Range:
    """From the class's own held-out errors; with few cards from everybody's, and wider."""
    kind = [one for one in held_out if one.found.work.mixture == mixture]
    own = [one for one in kind if one.found.speed_class == name]
    cards = len({one.found.card for one in own})
    rests_on = own if cards >= FEW_CARDS and len(own) >= FEW_ROWS else kind
    covered = COVERED_OF_MIXTURES if mixture else COVERED
    low, high = spread([(math.log(one.ratio), one.found.card) for one in rests_on], covered)
    return widened(low, high, cards)


def widened(low: float, high: float, cards: int) -> Range:
    """Errors of few cards are a poor guide to the next one's: the fewer, the wider; of none, much wider."""
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
