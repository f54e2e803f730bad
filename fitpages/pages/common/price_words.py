"""A price in words: of what kind it is, its range, and of when."""

import datetime

from django.utils import timezone

from catalog.models import Price
from fitpages.matching.prices import Cost, as_date
from fitpages.text import figures

KINDS = {
    Price.Kind.LAUNCH: "at launch",
    Price.Kind.STREET: "new",
    Price.Kind.USED: "used",
    Price.Kind.RENT: "an hour",
}
DAYS_IN_A_YEAR = 365.25


def price_words(cost: Cost | None, today: datetime.date | None = None) -> str:
    """ "$225 used ($170 to $428), Mar 2026"; one that is older than a year says its age: "$329 at launch, Jan 2021, 5
    years ago"."""
    if cost is None:
        return figures.NOT_KNOWN
    span = f" ({_dollars(cost, cost.lowest)} to {_dollars(cost, cost.highest)})" if cost.lowest != cost.highest else ""
    computer = " for the computer" if cost.whole else ""
    amount = f"{_dollars(cost, cost.amount)} {KINDS[cost.kind]}{computer}{span}"
    return f"{amount}, {_when(cost, today or timezone.localdate())}"


def _dollars(cost: Cost, amount: object) -> str:
    """Whole dollars; of an hour with cents."""
    return f"${amount:,.2f}" if cost.kind is Price.Kind.RENT else f"${amount:,.0f}"


def _when(cost: Cost, today: datetime.date) -> str:
    seen = as_date(cost.seen_in)
    if seen is None:
        return "date not known"
    text = figures.month(seen) if len(cost.seen_in) > len("2026") else cost.seen_in
    return f"{text}, {_age(seen, today)}" if cost.is_old(today) else text


def _age(seen: datetime.date, today: datetime.date) -> str:
    years = max(1, int((today - seen).days / DAYS_IN_A_YEAR))
    return "a year ago" if years == 1 else f"{years} years ago"
