"""The next step up from a machine: two or three that are near in price or memory, each with what it gains."""

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from catalog.models import Gpu, Price
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import placement, speed
from fit.advice import COMFORTABLE_CONTEXT, advised_bytes
from fitpages import addresses
from fitpages.matching.answers import answer, candidates
from fitpages.matching.popularity import common_machines, common_models
from fitpages.matching.prices import Cost, to_buy
from fitpages.matching.runs import LEAST_TOKENS_S, Run, run
from fitpages.matching.worth import worth
from fitpages.pages.common.price_words import price
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures

SHOWN = 3
# So many are looked at for a gain.
LOOKED_AT = 6
# More memory by so much, or as much and more bandwidth by so much, is a step.
MORE_MEMORY, MORE_BANDWIDTH = 1.2, 1.3
# A card put into a computer without one is at least so large.
LEAST_CARD_GB = 12
# Less is not worth a line.
FASTER, STRONGER, LONGER = 1.25, 10, 1.5
Segment = Gpu.Segment
CARDS = (Segment.CONSUMER, Segment.WORKSTATION)
# Where those of a segment step to.
NEXT = {
    Segment.CONSUMER: CARDS,
    Segment.WORKSTATION: CARDS,
    Segment.DATACENTER: (Segment.DATACENTER,),
    Segment.LAPTOP: (Segment.LAPTOP,),
    Segment.APPLE: (Segment.APPLE,),
    Segment.APU: (Segment.APU, Segment.CONSUMER),
}


class Step(NamedTuple):
    """A machine, what it costs, and what it gains; a second card has no price of its own."""

    name: str
    address: str
    cost: Cost | None
    gain: str
    is_second: bool = False

    def price(self, today: datetime.date) -> str:
        """In words, with its age."""
        return "" if self.is_second else price(self.cost, today).sentence


@per_snapshot
def steps(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[Step, ...]:
    """Machines by memory, one for each size of it, then a second card; none where nothing is gained."""
    second = _second_card(snapshot, gpu)
    machines = islice(_steps(snapshot, gpu), SHOWN - 1 if second else SHOWN)
    return (*machines, second) if second else tuple(machines)


def _second_card(snapshot: Snapshot, gpu: PublishedGpu) -> Step | None:
    """The strongest model that two of the card hold at its default, with the layers split between them."""
    if gpu.segment not in CARDS or gpu.gpus_per_board > 1:
        return None
    best = _best(snapshot, gpu)
    least = worth(snapshot, best.model) + STRONGER if best else 0
    for model in (model for model in _strongest_first(snapshot) if worth(snapshot, model) > least):
        tokens_s = _on_two(snapshot, model, gpu)
        if tokens_s >= LEAST_TOKENS_S:
            gain = f"{model.name} at {figures.expected(tokens_s)} tokens/s"
            return Step(f"A second {gpu.name}", addresses.pair(model.slug, gpu.slug), None, gain, is_second=True)
    return None


def _on_two(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> float:
    """Tokens per second with 16K or the native context; 0 where two cards do not hold it."""
    accounting = candidates(snapshot, model).default.accounting
    if accounting is None:
        return 0
    context = min(COMFORTABLE_CONTEXT, accounting.native_context)
    if not placement.holds(accounting, [advised_bytes(gpu.spec)] * 2, context):
        return 0
    return speed.decode(accounting, gpu.spec, context, cards=2).tokens_s


def _steps(snapshot: Snapshot, gpu: PublishedGpu) -> Iterator[Step]:
    own = _best(snapshot, gpu)
    for other in islice(_better(snapshot, gpu), LOOKED_AT):
        gain = _gain(snapshot, own, other)
        if gain:
            yield Step(other.name, addresses.gpu(other.slug), to_buy(snapshot, other), gain)


def _better(snapshot: Snapshot, gpu: PublishedGpu) -> Iterator[PublishedGpu]:
    """Common machines with more: of each size of memory the cheapest whose price is known, smaller sizes first."""
    better = [other for other in common_machines(snapshot) if _is_step(gpu, other)]
    sizes = sorted({other.spec.nameplate_gb for other in better})
    for size in sizes:
        of_size = [other for other in better if other.spec.nameplate_gb == size]
        yield min(of_size, key=lambda other: _price(snapshot, other))


def _is_step(gpu: PublishedGpu, other: PublishedGpu) -> bool:
    if other.segment not in NEXT[Segment(gpu.segment)] or other.slug == gpu.slug:
        return False
    if gpu.spec.unified_memory and not other.spec.unified_memory:
        return other.spec.nameplate_gb >= LEAST_CARD_GB
    memory = float(other.spec.nameplate_gb / gpu.spec.nameplate_gb)
    is_faster = memory >= 1 and other.spec.bandwidth_gb_s > MORE_BANDWIDTH * float(gpu.spec.bandwidth_gb_s)
    return memory >= MORE_MEMORY or is_faster


def _price(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[bool, float]:
    """What is offered today stands before what something cost when it came out."""
    cost = to_buy(snapshot, gpu)
    if cost is None:
        return True, float("inf")
    return cost.kind is Price.Kind.LAUNCH, float(cost.amount)


def _gain(snapshot: Snapshot, own: Run | None, other: PublishedGpu) -> str:
    """A stronger model that does, else the same faster, else with a longer context; "" where there is none."""
    there = _best(snapshot, other)
    if there is None:
        return ""
    if own is None or worth(snapshot, there.model) > worth(snapshot, own.model) + STRONGER:
        return f"{there.model.name} at {figures.expected(there.tokens_s)} tokens/s"
    same = there if there.model is own.model else run(snapshot, answer(snapshot, own.model, other), None)
    return _more_of_the_same(snapshot, own, same) if same else ""


def _more_of_the_same(snapshot: Snapshot, own: Run, there: Run) -> str:
    if there.tokens_s > FASTER * own.tokens_s:
        now_s, then_s = figures.expected(own.tokens_s), figures.expected(there.tokens_s)
        return f"{own.model.name} at {then_s} instead of {now_s} tokens/s"
    now, then = own.longest(snapshot), there.longest(snapshot)
    if then > LONGER * now:
        return f"{figures.tokens(then)} instead of {figures.tokens(now)} of context for {own.model.name}"
    return ""


@per_snapshot
def _best(snapshot: Snapshot, gpu: PublishedGpu) -> Run | None:
    """The strongest that is long and fast enough to be picked; None where none is. What the machine does not hold is
    not asked for: where the rest of it would lie takes long to find."""
    available_bytes = advised_bytes(gpu.spec)
    for model in _strongest_first(snapshot):
        if candidates(snapshot, model).holds(available_bytes):
            made = run(snapshot, answer(snapshot, model, gpu), None)
            if made and made.is_enough:
                return made
    return None


@per_snapshot
def _strongest_first(snapshot: Snapshot) -> tuple[PublishedModel, ...]:
    return tuple(sorted(common_models(snapshot), key=lambda model: -worth(snapshot, model)))
