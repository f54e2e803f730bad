"""What it takes to run a model with a context and a speed that readers choose: one machine for each way to have it.

Only common machines are named, and plain computers without a GPU, at the default level or a better one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from catalog.models import Gpu
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import at_context
from fit.verdict import Kind, Verdict
from fitpages.matching.answers import Answer, answer, candidates
from fitpages.matching.measured import measured_at
from fitpages.matching.popularity import common_machines
from fitpages.matching.prices import Cost, rent, to_buy
from fitpages.per_snapshot import per_snapshot

# Cards that go into a computer at home or at work; others stand in where none of them does.
AT_HOME = frozenset({Gpu.Segment.CONSUMER, Gpu.Segment.WORKSTATION})


class Rung(Enum):
    """The ways, in the order in which they are shown."""

    CHEAPEST = "cheapest"
    FASTEST = "fastest"
    TWO = "two"
    MAC = "mac"
    BOX = "box"
    RAM = "ram"
    NO_GPU = "no gpu"
    RENT = "rent"


class Wanted(NamedTuple):
    """A context in tokens, and the least speed in tokens per second; 0 for any that is of use."""

    context: int
    tokens_s: int


class Way(NamedTuple):
    """A machine, or so many equal cards, with the answer at the context that is wanted; `cost` is of one of them."""

    answer: Answer
    cards: int = 1
    cost: Cost | None = None

    @property
    def tokens_s(self) -> float:
        """0 where no speed is known."""
        return self.answer.tokens_s or 0


class Step(NamedTuple):
    """A rung: the way that is fast enough, or else the fastest that is not; None where none holds the model.

    `is_idle`: there is nothing to add, for every single card does already.
    """

    rung: Rung
    way: Way | None
    slow: Way | None = None
    is_idle: bool = False


class Field(NamedTuple):
    """How the model does on each machine that holds it alone, with the level that is fast enough, else its fastest."""

    snapshot: Snapshot
    model: PublishedModel
    wanted: Wanted
    alone: dict[str, Way]

    def is_enough(self, way: Way) -> bool:
        """Fast enough; where no speed is known nothing is said against it."""
        return way.answer.tokens_s is None or way.tokens_s >= self.wanted.tokens_s

    def on(self, machines: Iterable[PublishedGpu]) -> list[Way]:
        """Of these machines those that hold it."""
        return [self.alone[gpu.slug] for gpu in machines if gpu.slug in self.alone]


def field(snapshot: Snapshot, model: PublishedModel, wanted: Wanted) -> Field:
    """The model on all common machines and plain computers."""
    machines = (*common_machines(snapshot), *plain_computers(snapshot))
    ways = ((gpu, _alone(snapshot, model, gpu, wanted)) for gpu in machines)
    return Field(snapshot, model, wanted, {gpu.slug: way for gpu, way in ways if way})


def _alone(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu, wanted: Wanted) -> Way | None:
    asked = candidates(snapshot, model)
    if not asked.is_counted:
        by_rule = answer(snapshot, model, gpu)
        return Way(by_rule, cost=to_buy(snapshot, gpu)) if by_rule.verdict.kind is Kind.ON_CARD else None
    verdicts = at_context.on_cards(asked, gpu.spec, wanted.context)
    answers = (_answer(snapshot, model, gpu, verdict) for verdict in verdicts)
    first = _fast_enough(answers, wanted)
    return Way(first, cost=to_buy(snapshot, gpu)) if first else None


def _answer(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu, verdict: Verdict) -> Answer:
    return Answer(
        model, gpu, snapshot.quant_of[verdict.quant.slug], verdict, measured_at(snapshot, model, gpu, verdict)
    )


def _fast_enough(answers: Iterable[Answer], wanted: Wanted) -> Answer | None:
    """The first that is, else the fastest."""
    fastest: Answer | None = None
    for each in answers:
        if (each.tokens_s or 0) >= wanted.tokens_s:
            return each
        if fastest is None or (each.tokens_s or 0) > (fastest.tokens_s or 0):
            fastest = each
    return fastest


def machines_of(snapshot: Snapshot, rung: Rung) -> tuple[PublishedGpu, ...]:
    """What a rung chooses from."""
    match rung:
        case Rung.MAC:
            return macs(snapshot)
        case Rung.BOX:
            return boxes(snapshot)
        case Rung.NO_GPU:
            return plain_computers(snapshot)
        case Rung.RENT:
            return tuple(gpu for gpu in common_machines(snapshot) if rent(snapshot, gpu))
    return cards(snapshot)


def ladder(of: Field) -> tuple[Step, ...]:
    """The steps, whether they lead somewhere or not."""
    snapshot = of.snapshot
    return (
        _step(of, Rung.CHEAPEST, of.on(cards(snapshot)), by_price),
        _fastest(of),
        _two(of),
        _step(of, Rung.MAC, of.on(macs(snapshot)), by_price),
        _step(of, Rung.BOX, of.on(boxes(snapshot)), by_price),
        _ram(of),
        _step(of, Rung.NO_GPU, of.on(plain_computers(snapshot)), by_price),
        _rent(of),
    )


Order = Callable[[Way], tuple[bool, Decimal, Decimal, Decimal]]


def by_price(way: Way) -> tuple[bool, Decimal, Decimal, Decimal]:
    """The cheapest first; those without a price after all that have one, the smallest and slowest first."""
    spec = way.answer.gpu.spec
    amount = way.cost.amount * way.cards if way.cost else Decimal(0)
    return way.cost is None, amount, spec.nameplate_gb, spec.bandwidth_gb_s


def _step(of: Field, rung: Rung, ways: Sequence[Way], order: Order, *, is_idle: bool = False) -> Step:
    """The first of those that are fast enough; the fastest where none is."""
    enough = [way for way in ways if of.is_enough(way)]
    if enough:
        return Step(rung, min(enough, key=order), is_idle=is_idle)
    return Step(rung, None, max(ways, key=lambda way: way.tokens_s, default=None), is_idle)


def _fastest(of: Field) -> Step:
    """Of cards for a computer at home, else of all; none where no speed is known."""
    ways = of.on(gpu for gpu in cards(of.snapshot) if gpu.segment in AT_HOME) or of.on(cards(of.snapshot))
    timed = [way for way in ways if way.answer.tokens_s]
    return _step(of, Rung.FASTEST, timed, lambda way: (False, Decimal(-way.tokens_s), *by_price(way)[2:]))


def _two(of: Field) -> Step:
    """Two equal cards of which one does not do; where every one does, there is nothing to add."""
    short = [gpu for gpu in cards(of.snapshot) if not _does(of, gpu)]
    ways = [way for gpu in short for way in _pair_of_cards(of, gpu)]
    return _step(of, Rung.TWO, ways, by_price, is_idle=not short)


def _does(of: Field, gpu: PublishedGpu) -> bool:
    return gpu.slug in of.alone and of.is_enough(of.alone[gpu.slug])


def _pair_of_cards(of: Field, gpu: PublishedGpu) -> Iterator[Way]:
    verdicts = at_context.on_cards(candidates(of.snapshot, of.model), gpu.spec, of.wanted.context, cards=2)
    # What was measured is of one card.
    answers = (Answer(of.model, gpu, of.snapshot.quant_of[each.quant.slug], each, None) for each in verdicts)
    first = _fast_enough(answers, of.wanted)
    if first:
        yield Way(first, cards=2, cost=to_buy(of.snapshot, gpu))


def _ram(of: Field) -> Step:
    """The cheapest card that is fast enough with a part in RAM, of those that cost less than what holds it alone."""
    short = [gpu for gpu in cards(of.snapshot) if gpu.segment in AT_HOME and gpu.slug not in of.alone]
    alone = _step(of, Rung.CHEAPEST, of.on(cards(of.snapshot)), by_price).way
    ways = [way for gpu in short for way in with_ram(of, gpu) if alone is None or by_price(way) < by_price(alone)]
    return _step(of, Rung.RAM, ways, by_price, is_idle=not short)


def with_ram(of: Field, gpu: PublishedGpu) -> Iterator[Way]:
    """A card with a part in RAM, where that is a way."""
    verdict = at_context.with_ram(candidates(of.snapshot, of.model), gpu.spec, of.wanted.context)
    if verdict:
        quant = of.snapshot.quant_of[verdict.quant.slug]
        yield Way(Answer(of.model, gpu, quant, verdict, None), cost=to_buy(of.snapshot, gpu))


def _rent(of: Field) -> Step:
    """The cheapest hour of a machine that does."""
    ways = [way._replace(cost=rent(of.snapshot, way.answer.gpu)) for way in of.on(common_machines(of.snapshot))]
    return _step(of, Rung.RENT, [way for way in ways if way.cost], by_price)


@per_snapshot
def cards(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """Common cards with memory of their own, in order of preference."""
    return tuple(
        gpu for gpu in common_machines(snapshot) if not gpu.spec.unified_memory and gpu.segment != Gpu.Segment.LAPTOP
    )


@per_snapshot
def macs(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """Common Macs, the smallest first."""
    return tuple(gpu for gpu in common_machines(snapshot) if gpu.segment == Gpu.Segment.APPLE)


@per_snapshot
def boxes(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """Common systems on a chip that are no Macs, the smallest first."""
    return tuple(gpu for gpu in common_machines(snapshot) if gpu.segment == Gpu.Segment.APU and not is_plain(gpu))


@per_snapshot
def plain_computers(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """Computers without a GPU, the smallest and slowest first."""
    plain = (gpu for gpu in snapshot.gpus.values() if is_plain(gpu))
    return tuple(sorted(plain, key=lambda gpu: (gpu.spec.nameplate_gb, gpu.spec.bandwidth_gb_s)))


def is_plain(gpu: PublishedGpu) -> bool:
    """Whether it is a computer without a GPU, whose processor does the work."""
    return gpu.spec.speed_class == "cpu"
