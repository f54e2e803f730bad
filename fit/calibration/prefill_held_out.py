"""Measured prompts held against calibrations that had not seen them, and the ranges that their errors give."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fit.prefill import MEASURED_MODELS
from fit.prefill_constants import PrefillClass, PrefillConstants, Span
from fit.prompt_observation import PromptObservation

COVERED = 0.8
# With fewer errors of its own, a class has the range of all small classes.
FEW_ROWS = 12
NONE_KNOWN = Span(low=0.5, high=2)


class HeldOut(NamedTuple):
    """An observation, what was predicted of it, and from how many other models on its card."""

    observation: PromptObservation
    tokens_s: float
    models: int

    @property
    def error(self) -> float:
        """The logarithm of measured over predicted."""
        return math.log(self.observation.tokens_s / self.tokens_s)


def spans(
    constants: PrefillConstants, unseen: Sequence[HeldOut], other_models: Sequence[HeldOut], few_cards: int
) -> PrefillConstants:
    """The constants with the ranges that held-out errors give, and how many cards each class rests on."""

    def ranged(name: str, prefill_class: PrefillClass) -> PrefillClass:
        dense, mixture = (_span_of_class(unseen, name, few_cards, mixture=kind) for kind in (False, True))
        return replace(prefill_class, cards=_cards(unseen, name), dense=dense, mixture=mixture)

    return replace(
        constants,
        classes={name: ranged(name, prefill_class) for name, prefill_class in constants.classes.items()},
        other=ranged("", constants.other),
        measured_dense=_span_of_measured(other_models, mixture=False),
        measured_mixture=_span_of_measured(other_models, mixture=True),
    )


def table(held: Iterable[HeldOut], unseen: Sequence[HeldOut], few_cards: int) -> Mapping[str, list[float]]:
    """Predictions by slug, each with the range that the errors of other cards give."""
    listed, entries = list(held), {}
    for entry in listed:
        card, name = entry.observation.card, entry.observation.gpu.speed_class
        mixture, others = entry.observation.mixture, [other for other in listed if other.observation.card != card]
        if entry.models >= MEASURED_MODELS:
            span = _span_of_measured(others, mixture=mixture)
        else:
            never_seen = [other for other in unseen if other.observation.card != card]
            span = _span_of_class(never_seen, name, few_cards - 1, mixture=mixture)
        entries[entry.observation.slug] = [entry.tokens_s, entry.tokens_s * span.low, entry.tokens_s * span.high]
    return dict(sorted(entries.items()))


def _span_of_measured(held: Iterable[HeldOut], *, mixture: bool) -> Span:
    of_kind = [entry for entry in held if entry.models >= MEASURED_MODELS and entry.observation.mixture == mixture]
    return span_of_errors(of_kind)


def _span_of_class(unseen: Sequence[HeldOut], name: str, few_cards: int, *, mixture: bool) -> Span:
    """From the errors of the class's own cards; where those are few, from those of all classes with few."""
    own = [entry for entry in unseen if entry.observation.gpu.speed_class == name]
    of_kind = [entry for entry in own if entry.observation.mixture == mixture]
    if _cards(of_kind, name) >= few_cards and len(of_kind) >= FEW_ROWS:
        return span_of_errors(of_kind)
    counts = {entry.observation.gpu.speed_class: 0 for entry in unseen}
    counts.update({other: _cards(unseen, other) for other in counts})
    few = [entry for entry in unseen if counts[entry.observation.gpu.speed_class] < few_cards]
    return span_of_errors([entry for entry in few or unseen if entry.observation.mixture == mixture])


def _cards(held: Iterable[HeldOut], name: str) -> int:
    return len({entry.observation.card for entry in held if entry.observation.gpu.speed_class == name})


def span_of_errors(held: Sequence[HeldOut]) -> Span:
    """Between which four of five errors lie, a card's rows together weighing as its square root; around the estimate.

    llama.cpp's own measurements decide where there are enough: other programs ran the same few models on many cards.
    """
    if not held:
        return NONE_KNOWN
    own = [entry for entry in held if entry.observation.by_own_program]
    held = own if len(own) >= FEW_ROWS else held
    counts = Counter(entry.observation.card for entry in held)
    weighted = sorted((entry.error, counts[entry.observation.card] ** -0.5) for entry in held)
    whole, tail = sum(weight for _, weight in weighted), (1 - COVERED) / 2
    low, high = _quantile(weighted, tail * whole), _quantile(weighted, (1 - tail) * whole)
    return Span(low=math.exp(min(low, 0)), high=math.exp(max(high, 0)))


def _quantile(weighted: Sequence[tuple[float, float]], position: float) -> float:
    passed = 0.0
    for error, weight in weighted:
        passed += weight
        if passed >= position:
            return error
    return weighted[-1][0]
