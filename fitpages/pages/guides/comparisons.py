"""What the guide to running models locally compares: bandwidths, unified memory, mixtures of experts."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.gpu_memory import nameplate_gib
from fit.units import GIB
from fitpages.matching import examples
from fitpages.matching.answers import Answer
from fitpages.matching.popularity import common_by_size
from fitpages.pages.guides.pair_figures import PairFigures, on_card, pair_figures
from fitpages.text import figures

Both = tuple[Answer, Answer]


@dataclass(frozen=True, kw_only=True)
class Bandwidths:
    """One model on two cards of equal memory, at one level and context; `ratio` is how many times the bandwidth the
    faster one has, `gain` how many times the speed."""

    slower: PairFigures
    faster: PairFigures
    ratio: str
    gain: str

    @property
    def pairs(self) -> tuple[PairFigures, ...]:
        return self.slower, self.faster


@dataclass(frozen=True, kw_only=True)
class UnifiedMemory:
    """One model on a machine with unified memory and on a card that leaves about as much to it."""

    machine: PairFigures
    machine_leaves: str
    card: PairFigures
    card_leaves: str

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
    """The slowest and the fastest common card of the size of memory that most cards have, and what both run alike."""
    sizes = [list(cards) for _, cards in groupby(examples.discrete(snapshot), key=lambda gpu: gpu.spec.nameplate_gb)]
    cards = max(sizes, key=len, default=[])
    if not cards or cards[0].spec.bandwidth_gb_s == cards[-1].spec.bandwidth_gb_s:
        return None
    both = _dense_on_both(snapshot, "qwen3-14b", cards[0], cards[-1], _alike)
    if both is None:
        return None
    slower, faster = both
    return Bandwidths(
        slower=pair_figures(slower),
        faster=pair_figures(faster),
        ratio=figures.times(faster.gpu.spec.bandwidth_gb_s / slower.gpu.spec.bandwidth_gb_s),
        gain=figures.times(Decimal(faster.tokens_s or 0) / Decimal(slower.tokens_s or 1)),
    )


def unified_memory(snapshot: Snapshot) -> UnifiedMemory | None:
    """A machine, and the card that leaves about as much to a model."""
    machine = examples.machine(snapshot, "m4-max-64", 64)
    if machine is None:
        return None
    card = examples.nearest_gpu(examples.discrete(snapshot), _left, _left(machine))
    both = _dense_on_both(snapshot, "qwen3-32b", machine, card, lambda *_: True) if card else None
    if both is None:
        return None
    on_machine, on_the_card = both
    return UnifiedMemory(
        machine=pair_figures(on_machine),
        machine_leaves=_leaves(on_machine.gpu),
        card=pair_figures(on_the_card),
        card_leaves=_leaves(on_the_card.gpu),
    )


def _left(gpu: PublishedGpu) -> Decimal:
    return Decimal(gpu.spec.offer.total_bytes)


def _leaves(gpu: PublishedGpu) -> str:
    """What it leaves to a model, of what is on the box."""
    left = figures.counted(gpu.spec.offer.total_bytes)
    share = figures.percent(_left(gpu) / Decimal(nameplate_gib(gpu.spec) * GIB))
    return f"{left} of its {figures.gibibytes(nameplate_gib(gpu.spec))} ({share})"


def _alike(first: Answer, second: Answer) -> bool:
    """Whether two answers speak of one level and context, so that only the cards differ."""
    same = (first.verdict.quant, first.verdict.context) == (second.verdict.quant, second.verdict.context)
    return same and first.tokens_s is not None and second.tokens_s is not None


def _dense_on_both(
    snapshot: Snapshot, slug: str, first: PublishedGpu, second: PublishedGpu, will_do: Callable[[Answer, Answer], bool]
) -> Both | None:
    """The dense model of this slug where it runs on both and will do, else the largest common one that does."""

    def both(model: PublishedModel) -> Both | None:
        here, there = on_card(snapshot, model, first), on_card(snapshot, model, second)
        return (here, there) if here and there and will_do(here, there) else None

    dense = [model for model in common_by_size(snapshot) if not model.spec.mixture_of_experts]
    wanted = snapshot.models.get(slug)
    ordered = [wanted, *dense] if wanted in dense else dense
    return next((answers for model in ordered if model and (answers := both(model))), None)


def mixture(snapshot: Snapshot) -> Mixture | None:
    """None unless both run on one card, with a speed each."""
    card = examples.card(snapshot, "rtx-4090", 24)
    experts = examples.mixture(snapshot, "qwen3-30b-a3b-instruct-2507", 30 * 10**9)
    if card is None or experts is None:
        return None
    dense = examples.dense_model(snapshot, "qwen3-32b", experts.spec.parameters)
    of_experts, of_dense = (on_card(snapshot, model, card) if model else None for model in (experts, dense))
    if of_experts is None or of_dense is None:
        return None
    return Mixture(mixture=pair_figures(of_experts), dense=pair_figures(of_dense))
