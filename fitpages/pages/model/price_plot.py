"""Price against speed of the common machines that run a model, and the same as a table."""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalog.snapshot import PublishedGpu
from fitpages.matching.ladder import AT_HOME, Field, Step, Way, cards, with_ram
from fitpages.matching.prices import to_buy
from fitpages.pages.common import answer_words
from fitpages.pages.common.field_plot import FieldPlot, Point, field_plot
from fitpages.pages.common.price_words import PriceShown, price
from fitpages.site import Link
from fitpages.text import figures


class Priced(NamedTuple):
    """A row of the table: what the point of a machine stands for."""

    machine: Link
    price: PriceShown
    level: str
    tokens_s: str
    where: str


class PricePlot(NamedTuple):
    """The drawing, `text` for those who do not see it, and its rows, the cheapest first."""

    plot: FieldPlot
    text: str
    context: str
    rows: tuple[Priced, ...]


def price_plot(field: Field, steps: Sequence[Step], today: datetime.date) -> PricePlot | None:
    """Of machines with a price and a speed; None of fewer than two."""
    ways = sorted(_ways(field), key=_amount)
    first = [step.way.answer.gpu.slug for step in steps if step.way and step.way.cards == 1]
    ordered = sorted(ways, key=lambda way: _importance(way, ways, first))
    plot = field_plot([_point(way) for way in ordered], "$")
    if plot is None:
        return None
    context = figures.tokens(field.wanted.context)
    return PricePlot(
        plot=plot,
        text=f"{len(ways)} machines by their price in US dollars across and their tokens per second with {context} of "
        "context upwards; the table below has the same figures",
        context=context,
        rows=tuple(_row(way, today) for way in ways),
    )


def _ways(field: Field) -> Iterator[Way]:
    """Machines that hold the model alone, and cards with a part in RAM."""
    for way in field.alone.values():
        if way.cost and way.tokens_s:
            yield way
    for gpu in cards(field.snapshot):
        if _may_have_ram(field, gpu):
            yield from with_ram(field, gpu)


def _may_have_ram(field: Field, gpu: PublishedGpu) -> bool:
    return gpu.segment in AT_HOME and gpu.slug not in field.alone and to_buy(field.snapshot, gpu) is not None


def _amount(way: Way) -> float:
    return float(way.cost.amount) if way.cost else 0.0


def _importance(way: Way, ways: Sequence[Way], first: Sequence[str]) -> tuple[int, float]:
    """Machines of the ladder first, then those that nothing cheaper outruns, then the fastest."""
    slug = way.answer.gpu.slug
    if slug in first:
        return 0, first.index(slug)
    is_beaten = any(_amount(other) < _amount(way) and other.tokens_s >= way.tokens_s for other in ways)
    return (2 if is_beaten else 1), -way.tokens_s


def _point(way: Way) -> Point:
    """Hollow with RAM and in one pool."""
    gpu = way.answer.gpu
    is_hollow = bool(way.answer.verdict.offload) or gpu.spec.unified_memory
    return Point(gpu.name, _amount(way), way.tokens_s, is_hollow)


def _row(way: Way, today: datetime.date) -> Priced:
    return Priced(
        machine=Link(way.answer.gpu.name, way.answer.address),
        price=price(way.cost, today),
        level=answer_words.level(way.answer),
        tokens_s=answer_words.tokens_s(way.answer),
        where=answer_words.kind_words(way.answer),
    )
