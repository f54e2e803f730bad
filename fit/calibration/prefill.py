"""The share of its arithmetic that each class of cards reaches while reading a prompt."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fit.calibration.ranges import FEW_CARDS, quantile, widened
from fit.observation import Observation
from fit.speed import prompt_tflop
from fit.speed_constants import PrefillClass, SpeedConstants

# A generation so many times faster at reading prompts than the rest of its class has constants of its own.
APART = 2
OWN_PROGRAM = "llama.cpp"


@dataclass(frozen=True, kw_only=True)
class Share:
    """What an observation reached of the arithmetic on paper, and the class of constants that it counts for."""

    observation: Observation
    share: float
    name: str = ""

    @property
    def card(self) -> str:
        return self.observation.card


def with_prefill(constants: SpeedConstants, observations: Iterable[Observation]) -> SpeedConstants:
    """The median of the cards' medians, class by class; mixtures by one factor."""
    telling = _own_program_first([row for row in observations if _tells(row)])
    dense = [Share(observation=row, share=_share(row)) for row in telling if not row.work.mixture]
    if not dense:
        return constants
    apart = _generations_apart(dense)
    named = [replace(share, name=_name(share.observation, apart)) for share in dense]
    classes = {name: _class(named, name) for name in sorted({share.name for share in named})}
    other = _class_of_all(named)
    factors = [_share(row) / classes.get(_name(row, apart), other).utilization for row in telling if row.work.mixture]
    factor = statistics.median(factors) if factors else 1.0
    return replace(constants, prefill=classes, prefill_other=other, mixture_prefill=factor)


def _own_program_first(rows: Sequence[Observation]) -> list[Observation]:
    """Of each class what llama.cpp itself measured; only where that is nothing, what other programs did."""
    with_own = {(row.speed_class, row.work.mixture) for row in rows if row.runtime == OWN_PROGRAM}
    return [row for row in rows if row.runtime == OWN_PROGRAM or (row.speed_class, row.work.mixture) not in with_own]


def _tells(row: Observation) -> bool:
    has_figures = row.prefill_tokens_s and row.prefill_tokens and row.parameters_per_token
    return bool(row.calibrates and has_figures and row.architecture and row.gpu and row.gpu.compute_tflops)


def _share(row: Observation) -> float:
    """Of the arithmetic on paper, what a measured prompt was read with."""
    assert row.gpu
    assert row.architecture
    tokens = row.prefill_tokens or 0
    work = prompt_tflop(row.architecture, row.parameters_per_token or 0, tokens)
    return work / tokens * (row.prefill_tokens_s or 0) / float(row.gpu.compute_tflops or 1)


def _generation(row: Observation) -> str:
    return f"{row.speed_class}, {row.gpu.chip_architecture if row.gpu else ''}"


def _name(row: Observation, apart: set[str]) -> str:
    return _generation(row) if _generation(row) in apart else row.speed_class


def _generations_apart(shares: Sequence[Share]) -> set[str]:
    """Generations far above the rest of their class: new matrix units change what is reached."""
    apart = set()
    for generation in sorted({_generation(share.observation) for share in shares}):
        speed_class = generation.partition(",")[0]
        same_class = [share for share in shares if share.observation.speed_class == speed_class]
        own = [share.share for share in same_class if _generation(share.observation) == generation]
        rest = [share.share for share in same_class if _generation(share.observation) != generation]
        if rest and statistics.median(own) > APART * statistics.median(rest):
            apart.add(generation)
    return apart


def _class(named: Sequence[Share], name: str) -> PrefillClass:
    """The class's own utilization; its range is around the middle of each class, of few cards of all classes."""
    own = [share for share in named if share.name == name]
    cards = len({share.card for share in own})
    ratios = _ratios(own if cards >= FEW_CARDS else named)
    return PrefillClass(utilization=_utilization(own), range=widened(*_spread(ratios), cards))


def _class_of_all(named: Sequence[Share]) -> PrefillClass:
    """What stands for a card of no known class: everybody's, around the middle of all."""
    utilization = _utilization(named)
    ratios = [(math.log(share.share / utilization), share.card) for share in named]
    return PrefillClass(utilization=utilization, range=widened(*_spread(ratios), 0))


def _utilization(shares: Sequence[Share]) -> float:
    by_card: dict[str, list[float]] = {}
    for share in shares:
        by_card.setdefault(share.card, []).append(share.share)
    return statistics.median(statistics.median(values) for values in by_card.values())


def _ratios(shares: Sequence[Share]) -> list[tuple[float, str]]:
    """The logarithm of each share over the middle of its class, with its card."""
    by_class: dict[str, list[float]] = {}
    for share in shares:
        by_class.setdefault(share.name, []).append(share.share)
    middles = {name: statistics.median(values) for name, values in by_class.items()}
    return [(math.log(share.share / middles[share.name]), share.card) for share in shares]


def _spread(errors: Sequence[tuple[float, str]]) -> tuple[float, float]:
    """The quantiles between which four of five lie, a card's rows together weighing as its square root."""
    counts = Counter(card for _, card in errors)
    weighted = sorted((error, counts[card] ** -0.5) for error, card in errors)
    whole = sum(weight for _, weight in weighted)
    return quantile(weighted, 0.1 * whole), quantile(weighted, 0.9 * whole)
