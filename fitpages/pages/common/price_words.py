"""Prices as readers see them: an amount or a range, what kind of price it is, of when, and its age where it is old."""

import datetime
from decimal import Decimal
from typing import NamedTuple

from catalog.models import Price
from fitpages.matching.prices import Cost, as_date
from fitpages.text import figures

KINDS = {
    Price.Kind.LAUNCH: "at launch",
    Price.Kind.STREET: "new",
    Price.Kind.USED: "used",
    Price.Kind.RENT: "rent",
}


class PriceShown(NamedTuple):
    """ "$1,200 to $1,700", and beside it "used, May 2026"; of a Mac or a box "new, whole computer, May 2026"."""

    amount: str
    note: str

    @property
    def sentence(self) -> str:
        return f"{self.amount} {self.note}".strip()


UNKNOWN = PriceShown("not known", "")


def price(cost: Cost | None, today: datetime.date, count: int = 1) -> PriceShown:
    """The price of so many machines; not known where there is none."""
    if cost is None:
        return UNKNOWN
    hour = " an hour" if cost.kind is Price.Kind.RENT else ""
    whole = "whole computer, " if cost.whole and cost.kind != Price.Kind.RENT else ""
    note = f"{KINDS[cost.kind]}, {whole}{_when(cost, today)}".removeprefix("rent, ")
    each = f"for two at {amount(cost)}, " if count == 2 else ""
    return PriceShown(f"{amount(cost, count)}{hour}", f"{each}{note}")


def amount(cost: Cost, count: int = 1) -> str:
    """Of so many: "$990", a range as one: "$1,200 to $1,700"."""
    low, high = cost.lowest * count, cost.highest * count
    return dollars(low) if dollars(low) == dollars(high) else f"{dollars(low)} to {dollars(high)}"


def dollars(amount: Decimal) -> str:
    """Whole from $10 on, cents below: $1,599, $0.37."""
    return f"${figures.rounded(amount):,}" if amount >= 10 else f"${figures.rounded(amount, 2)}"


def _when(cost: Cost, today: datetime.date) -> str:
    date = as_date(cost.seen_in)
    if date is None:
        return "date not known"
    seen = cost.seen_in if len(cost.seen_in) == 4 else figures.month(date)
    return f"{seen}, {_age(date, today)} ago" if cost.is_old(today) else seen


def _age(date: datetime.date, today: datetime.date) -> str:
    """Whole years, rounded down; it is more than one."""
    years = (today - date).days * 4 // 1461
    return "over a year" if years <= 1 else f"{years} years"
