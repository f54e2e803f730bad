"""What the guide to running models locally compares: bandwidths, unified memory, mixtures of experts."""

from dataclasses import dataclass
from itertools import groupby

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import rule_of_thumb
from fitpages.matching import examples
from fitpages.matching.pairs import Pair
from fitpages.pages.guides.pair_figures import PairFigures, fits_by_both, pair_figures
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class Bandwidths:
    """One model on two cards of equal memory; `ratio` is how many times the bandwidth the faster one has."""

    slower: PairFigures
    faster: PairFigures
    ratio: str

    @property
    def pairs(self) -> tuple[PairFigures, ...]:
        return self.slower, self.faster


@dataclass(frozen=True, kw_only=True)
class UnifiedMemory:
    """One model on a machine with unified memory and on a card that offers about as much; shares are of the box."""

    machine: PairFigures
    machine_share: str
    card: PairFigures
    card_share: str

    @property
    def pairs(self) -> tuple[PairFigures, ...]:
        return self.machine, self.card


@dataclass(frozen=True, kw_only=True)
class Mixture:
    """A mixture of experts and a dense model of about its size, on one card."""

    mixture: PairFigures
    dense: PairFigures

    @property
    def pairs(self) -> tuple[PairFigures, ...]:
        return self.mixture, self.dense


def bandwidths(snapshot: Snapshot) -> Bandwidths | None:
    """The slowest and the fastest common card of the size of memory that most cards have, and what fits both."""
    sizes = [list(cards) for _, cards in groupby(examples.discrete(snapshot), key=lambda gpu: gpu.spec.nameplate_gb)]
    cards = max(sizes, key=len, default=[])
    if not cards:
        return None
    slow, fast = cards[0], cards[-1]
    model = _dense_that_fits(snapshot, "qwen3-14b", (slow, fast))
    if model is None or slow.spec.bandwidth_gb_s == fast.spec.bandwidth_gb_s:
        return None
    return Bandwidths(
        slower=pair_figures(snapshot, Pair(model, slow), snapshot.default_quant),
        faster=pair_figures(snapshot, Pair(model, fast), snapshot.default_quant),
        ratio=figures.times(fast.spec.bandwidth_gb_s / slow.spec.bandwidth_gb_s),
    )


def unified_memory(snapshot: Snapshot) -> UnifiedMemory | None:
    """A machine, and the card whose usable memory comes nearest to the machine's."""
    machine = examples.machine(snapshot, "m4-max-64", 64)
    if machine is None:
        return None
    usable = rule_of_thumb.usable_bytes(machine.spec)
    cards = examples.discrete(snapshot)
    card = examples.nearest_gpu(cards, lambda gpu: rule_of_thumb.usable_bytes(gpu.spec), usable)
    model = _dense_that_fits(snapshot, "qwen3-32b", (machine, card)) if card else None
    if card is None or model is None:
        return None
    return UnifiedMemory(
        machine=pair_figures(snapshot, Pair(model, machine), snapshot.default_quant),
        machine_share=figures.percent(rule_of_thumb.usable_share(machine.spec)),
        card=pair_figures(snapshot, Pair(model, card), snapshot.default_quant),
        card_share=figures.percent(rule_of_thumb.usable_share(card.spec)),
    )


def _dense_that_fits(snapshot: Snapshot, slug: str, gpus: tuple[PublishedGpu, ...]) -> PublishedModel | None:
    """The dense model of this slug where it fits all of `gpus` at the default, else the largest that does."""
    fitting = [
        model
        for model in snapshot.models_by_size
        if not model.spec.mixture_of_experts
        and all(fits_by_both(snapshot, Pair(model, gpu), snapshot.default_quant) for gpu in gpus)
    ]
    wanted = snapshot.models.get(slug)
    return wanted if wanted in fitting else next(reversed(fitting), None)


def mixture(snapshot: Snapshot) -> Mixture | None:
    """None unless both fit one card, with a speed each."""
    card = examples.card(snapshot, "rtx-4090", 24)
    experts = examples.mixture(snapshot, "qwen3-30b-a3b", 30 * 10**9)
    if card is None or experts is None:
        return None
    dense = examples.dense_model(snapshot, "qwen3-32b", experts.spec.parameters)
    if dense is None:
        return None
    pairs = Pair(experts, card), Pair(dense, card)
    if not all(fits_by_both(snapshot, pair, snapshot.default_quant) for pair in pairs):
        return None
    of_experts, of_dense = (pair_figures(snapshot, pair, snapshot.default_quant) for pair in pairs)
    return Mixture(mixture=of_experts, dense=of_dense)
