"""Where measurements lie beside what was predicted of them without their card: the range that stands with an estimate.

Two kinds: for a machine of which nothing was measured, from whole cards left out; for one of which models were, from
models left out of measured machines. Each is of the class's own errors where these are enough, else of all classes.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from fit.calibration.held_out import HeldOut
from fit.calibration.start import NO_RANGE
from fit.observation import Observation
from fit.spans import both
from fit.speed_constants import DecodeClass, Range, Spans, SpeedConstants

COVERED = 0.80
FEW_CARDS, FEW_ROWS = 3, 12


@dataclass(frozen=True, kw_only=True)
class Miss:
    """How far a measurement was from what was predicted of it, as a logarithm: above zero where it was faster."""

    observation: Observation
    error: float


def with_ranges(constants: SpeedConstants, held: Sequence[HeldOut]) -> SpeedConstants:
    """The constants with the ranges that held-out errors give, class by class."""
    unseen, measured = misses_of_unseen(held), misses_of_measured(held)

    def ranged(name: str, decode_class: DecodeClass) -> DecodeClass:
        spans = _spans(of_unseen, unseen, name), _spans(of_measured, measured, name)
        cards = len({entry.observation.card for entry in held if entry.observation.class_name == name})
        return replace(decode_class, cards=cards, unseen=spans[0], measured=spans[1])

    classes = {name: ranged(name, decode_class) for name, decode_class in constants.classes.items()}
    return replace(constants, classes=classes, other=ranged("", constants.other), laptops=of_laptops(unseen))


def held_out_table(held: Sequence[HeldOut]) -> Mapping[str, list[float]]:
    """By slug: the prediction, its range by the errors of other cards, or of other models in small classes; then, where
    there is such, the prediction with two other models of the machine measured."""
    unseen, measured = misses_of_unseen(held), misses_of_measured(held)
    table = {}
    for entry in held:
        span = _range_without(entry, measured if entry.of_small_class else unseen)
        after_two = [entry.after_two] if entry.after_two is not None else []
        table[entry.observation.slug] = [
            entry.tokens_s,
            entry.tokens_s * span.low,
            entry.tokens_s * span.high,
            *after_two,
        ]
    return dict(sorted(table.items()))


def misses_of_unseen(held: Sequence[HeldOut]) -> list[Miss]:
    """Of machines that nothing was measured of."""
    return [_miss(entry.observation, entry.tokens_s) for entry in held if not entry.of_small_class]


def misses_of_measured(held: Sequence[HeldOut]) -> list[Miss]:
    """Of machines whose other models were measured."""
    return [_miss(entry.observation, entry.after_others) for entry in held if entry.after_others is not None]


def _miss(row: Observation, tokens_s: float) -> Miss:
    return Miss(observation=row, error=math.log(row.tokens_s / tokens_s))


def _range_without(entry: HeldOut, misses: Sequence[Miss]) -> Range:
    row = entry.observation
    if entry.of_small_class:
        others = [miss for miss in misses if (miss.observation.card, miss.observation.model) != (row.card, row.model)]
        return of_measured(others, row.class_name, row.work.mixture)
    others = [miss for miss in misses if miss.observation.card != row.card]
    span = of_unseen(others, row.class_name, row.work.mixture)
    return both(span, of_laptops(others)) if _is_laptop(row) else span


def _spans(range_of: Callable[[Sequence[Miss], str, bool], Range], misses: Sequence[Miss], name: str) -> Spans:
    return Spans(dense=range_of(misses, name, False), mixture=range_of(misses, name, True))


def of_unseen(misses: Sequence[Miss], name: str, mixture: bool) -> Range:
    """Of the class's own errors; of few cards or rows those of the kind in every class. The fewer cards, the wider."""
    of_kind, own = _of_kind(misses, name, mixture)
    cards = _cards(own)
    is_enough = cards >= FEW_CARDS and len(own) >= FEW_ROWS
    return widened(*spread(own if is_enough else of_kind), cards)


def of_laptops(misses: Sequence[Miss]) -> Range:
    """Of laptops of every class: their makers choose how much power a card gets, and sources do not say."""
    own = [miss for miss in misses if _is_laptop(miss.observation)]
    return widened(*spread(own), _cards(own)) if own else NO_RANGE


def _is_laptop(row: Observation) -> bool:
    return row.gpu is not None and row.gpu.laptop


def of_measured(misses: Sequence[Miss], name: str, mixture: bool) -> Range:
    """Of the class's own machines where they have rows enough, else of those of every class; the fewer models of cards
    they are of, the wider."""
    of_kind, own = _of_kind(misses, name, mixture)
    rests_on = own if len(own) >= FEW_ROWS else of_kind
    models = len({(miss.observation.card, miss.observation.model) for miss in rests_on})
    return replace(widened(*spread(rests_on), models), cards=_cards(own))


def _of_kind(misses: Sequence[Miss], name: str, mixture: bool) -> tuple[list[Miss], list[Miss]]:
    """Those of dense models or of mixtures; and of them those of the class."""
    of_kind = [miss for miss in misses if miss.observation.work.mixture == mixture]
    return of_kind, [miss for miss in of_kind if miss.observation.class_name == name]


def _cards(misses: Sequence[Miss]) -> int:
    return len({miss.observation.card for miss in misses})


def widened(low: float, high: float, cards: int) -> Range:
    """Errors of few cards, or models, are a poor guide to the next one's: the fewer, the wider; of none, much wider."""
    wider = 1 + 2 / (cards + 1) if cards >= FEW_CARDS else 1.75 - cards / 8
    return Range(low=math.exp(min(low, 0) * wider), high=math.exp(max(high, 0) * wider), cards=cards)


def spread(misses: Sequence[Miss], covered: float = COVERED) -> tuple[float, float]:
    """The quantiles between which that share of the errors lie, a card's rows together weighing as its square root."""
    counts = Counter(miss.observation.card for miss in misses)
    weighted = sorted((miss.error, counts[miss.observation.card] ** -0.5) for miss in misses)
    whole, tail = sum(weight for _, weight in weighted), (1 - covered) / 2
    return quantile(weighted, tail * whole), quantile(weighted, (1 - tail) * whole)


def quantile(weighted: Sequence[tuple[float, float]], position: float) -> float:
    passed = 0.0
    for error, weight in weighted:
        passed += weight
        if passed >= position:
            return error
    return weighted[-1][0] if weighted else 0.0
