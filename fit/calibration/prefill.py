"""The share of its arithmetic that each class of cards reaches while reading a prompt."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import replace

from fit.calibration.ranges import FEW_CARDS, spread, widened
from fit.observation import Measurement
from fit.speed import prompt_tflop
from fit.speed_constants import PrefillClass, SpeedConstants

# A generation so many times faster at reading prompts than the rest of its class has constants of its own.
APART = 2
OWN_PROGRAM = "llama.cpp"

Share = tuple[Measurement, float, str]


def with_prefill(known: SpeedConstants, found: Iterable[Measurement]) -> SpeedConstants:
    """The median of the cards' medians, class by class; mixtures by one factor."""
    shares = [(one, _share(one)) for one in _own_program_first([one for one in found if _tells(one)])]
    dense = [(one, share) for one, share in shares if not one.work.mixture]
    if not dense:
        return known
    apart = _generations_apart(dense)
    named = [(one, share, _name(one, apart)) for one, share in dense]
    classes = {name: _class(named, name) for name in sorted({name for _, _, name in named})}
    other = _class(named, "")
    mixtures = [(classes.get(_name(one, apart), other), share) for one, share in shares if one.work.mixture]
    of_mixtures = [share / of_class.utilization for of_class, share in mixtures]
    factor = statistics.median(of_mixtures) if of_mixtures else 1.0
    return replace(known, prefill=classes, prefill_other=other, mixture_prefill=factor)


def _own_program_first(found: Sequence[Measurement]) -> list[Measurement]:
    """Of each class what llama.cpp itself measured; only where that is nothing, what other programs did."""
    with_own = {(one.speed_class, one.work.mixture) for one in found if one.runtime == OWN_PROGRAM}
    return [one for one in found if one.runtime == OWN_PROGRAM or (one.speed_class, one.work.mixture) not in with_own]


def _tells(one: Measurement) -> bool:
    has_figures = one.prefill_tokens_s and one.prefill_tokens and one.parameters_per_token
    return bool(one.calibrates and has_figures and one.architecture and one.gpu and one.gpu.compute_tflops)


def _share(one: Measurement) -> float:
    """Of the arithmetic on paper, what a measured prompt was read with."""
    assert one.gpu
    assert one.architecture
    tokens = one.prefill_tokens or 0
    work = prompt_tflop(one.architecture, one.parameters_per_token or 0, tokens)
    return work / tokens * (one.prefill_tokens_s or 0) / float(one.gpu.compute_tflops or 1)


def _generation(one: Measurement) -> str:
    return f"{one.speed_class}, {one.gpu.chip_architecture if one.gpu else ''}"


def _name(one: Measurement, apart: set[str]) -> str:
    return _generation(one) if _generation(one) in apart else one.speed_class


def _generations_apart(shares: Sequence[tuple[Measurement, float]]) -> set[str]:
    """Generations far above the rest of their class: new matrix units change what is reached."""
    apart = set()
    for generation in sorted({_generation(one) for one, _ in shares}):
        name = generation.partition(",")[0]
        own = [share for one, share in shares if _generation(one) == generation]
        rest = [share for one, share in shares if one.speed_class == name and _generation(one) != generation]
        if rest and statistics.median(own) > APART * statistics.median(rest):
            apart.add(generation)
    return apart


def _class(shares: Sequence[Share], name: str) -> PrefillClass:
    """The class's own; without a name, everybody's. The range is around each class's own middle."""
    by_card: dict[str, list[float]] = {}
    for one, share, its in shares:
        if not name or its == name:
            by_card.setdefault(one.card, []).append(share)
    utilization = statistics.median(statistics.median(values) for values in by_card.values())
    cards = len(by_card) if name else 0
    ratios = _ratios(shares, name if cards >= FEW_CARDS else "")
    if not name:
        ratios = [(share / utilization, one.card) for one, share, _ in shares]
    low, high = spread([(math.log(ratio), card) for ratio, card in ratios])
    return PrefillClass(utilization=utilization, range=widened(low, high, cards))


def _ratios(shares: Sequence[Share], name: str) -> list[tuple[float, str]]:
    """Each share over the middle of its class; of one class, or of all."""
    middles = {its: statistics.median(share for _, share, other in shares if other == its) for _, _, its in shares}
    return [(share / middles[its], one.card) for one, share, its in shares if not name or its == name]
