"""What a machine costs, as far as the catalog knows: of each kind the latest price, with its date and its range."""

import datetime
from decimal import Decimal
from typing import NamedTuple

from catalog.models import Price
from catalog.snapshot import PublishedGpu, PublishedPrice, Snapshot
from fitpages.per_snapshot import per_snapshot

Kind = Price.Kind
# What buys a machine, in the order in which it is asked: new, used, then what it cost when it came out.
TO_BUY = (Kind.STREET, Kind.USED, Kind.LAUNCH)
# Prices of the same kind within so many days of the latest are of one time: their range is said as one.
ONE_TIME_DAYS = 92
OLD_DAYS = 365


class Cost(NamedTuple):
    """A price of a machine in US dollars, of an hour where it is rent: the middle of what was asked at about one time.

    `lowest` and `highest` are equal to `amount` where one price is all there is. `seen_in` is of the latest, as far as
    known, "" where not. `whole`: of the whole computer. `sources` are those of every price that is in it.
    """

    kind: Kind
    amount: Decimal
    lowest: Decimal
    highest: Decimal
    seen_in: str
    whole: bool
    sources: tuple[str, ...] = ()

    def is_old(self, today: datetime.date) -> bool:
        """Whether it is from more than a year ago, or nobody knows."""
        latest = as_date(self.seen_in)
        return latest is None or (today - latest).days > OLD_DAYS


@per_snapshot
def costs(snapshot: Snapshot, gpu: PublishedGpu) -> dict[Kind, Cost]:
    """What is known of a machine, by kind, in US dollars; other currencies are not converted."""
    prices = [price for price in snapshot.prices_of.get(gpu.slug, ()) if price.currency == "USD"]
    by_kind = {kind: [price for price in prices if price.kind_of_price == kind] for kind in Kind}
    by_kind_cost = {kind: _cost(kind, of_kind) for kind, of_kind in by_kind.items() if of_kind}
    if gpu.launch_price_usd is not None:
        released = gpu.release_date.isoformat() if gpu.release_date else ""
        amount, whole = gpu.launch_price_usd, gpu.spec.unified_memory
        by_kind_cost[Kind.LAUNCH] = Cost(Kind.LAUNCH, amount, amount, amount, released, whole, gpu.sources)
    return by_kind_cost


def to_buy(snapshot: Snapshot, gpu: PublishedGpu) -> Cost | None:
    """What it takes to have one: the lower of new and used where both are of this year or the last, else what there is.

    The price at launch stands in where nothing else is known.
    """
    of_gpu = costs(snapshot, gpu)
    offered = [of_gpu[kind] for kind in (Kind.STREET, Kind.USED) if kind in of_gpu]
    if offered:
        return min(offered, key=lambda cost: cost.amount)
    return of_gpu.get(Kind.LAUNCH)


def costs_at_most(snapshot: Snapshot, gpu: PublishedGpu, most: int | None) -> bool:
    """Whether a machine can be had for `most` dollars; of one whose price is not known nobody can say so."""
    cost = to_buy(snapshot, gpu) if most else None
    return not most or (cost is not None and cost.amount <= most)


def rent(snapshot: Snapshot, gpu: PublishedGpu) -> Cost | None:
    """An hour of one GPU."""
    return costs(snapshot, gpu).get(Kind.RENT)


def _cost(kind: Kind, prices: list[PublishedPrice]) -> Cost:
    """Of prices the latest first: those of the latest's time together."""
    latest = as_date(prices[0].seen_in)
    together = [price for price in prices if _days_before(latest, price) <= ONE_TIME_DAYS]
    # A whole computer and a part of one are two things.
    alike = [price for price in together if price.whole_machine == together[0].whole_machine]
    amounts = sorted(price.amount for price in alike)
    return Cost(
        kind=kind,
        amount=_middle(amounts),
        lowest=min(price.lowest or price.amount for price in alike),
        highest=max(price.highest or price.amount for price in alike),
        seen_in=alike[0].seen_in,
        whole=alike[0].whole_machine,
        sources=tuple(dict.fromkeys(source for price in alike for source in price.sources)),
    )


def _middle(amounts: list[Decimal]) -> Decimal:
    """The median; of an even number the lower of the two in the middle, which somebody did ask."""
    return amounts[(len(amounts) - 1) // 2]


def _days_before(latest: datetime.date | None, price: PublishedPrice) -> int:
    seen = as_date(price.seen_in)
    return (latest - seen).days if latest and seen else 0 if seen == latest else ONE_TIME_DAYS + 1


def as_date(text: str) -> datetime.date | None:
    """The first day of what "2026", "2026-08" or "2026-08-03" says; None of ""."""
    return datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :]) if text else None
