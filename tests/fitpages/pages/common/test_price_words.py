"""Prices in words: amounts, ranges, kinds, dates, and how old they are."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from catalog.models import Price
from fitpages.matching.prices import Cost
from fitpages.pages.common.price_words import UNKNOWN, price

TODAY = datetime.date(2026, 11, 28)


def cost(amount: str = "990", low: str = "", high: str = "", **overrides: Any) -> Cost:
    facts: dict[str, Any] = {"kind": Price.Kind.USED, "seen_in": "2026-07-12", "whole": False, **overrides}
    return Cost(amount=Decimal(amount), lowest=Decimal(low or amount), highest=Decimal(high or amount), **facts)


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        (cost(), "$990 used, Jul 2026"),
        (cost("1350", "1200", "1700"), "$1,200 to $1,700 used, Jul 2026"),
        (cost("500.2", "500.1", "500.4"), "$500 used, Jul 2026"),
        (cost("449", kind=Price.Kind.STREET, seen_in="2026"), "$449 new, 2026"),
        (cost("0.37", "0.37", "0.83", kind=Price.Kind.RENT), "$0.37 to $0.83 an hour Jul 2026"),
        (cost(whole=True), "$990 used, whole computer, Jul 2026"),
        (cost("0.37", kind=Price.Kind.RENT, whole=True), "$0.37 an hour Jul 2026"),
        (cost(seen_in=""), "$990 used, date not known"),
        (cost(seen_in="2025-11-28"), "$990 used, Nov 2025"),
        (cost(seen_in="2025-11-27"), "$990 used, Nov 2025, over a year ago"),
        (cost("349", kind=Price.Kind.LAUNCH, seen_in="2022-10-12"), "$349 at launch, Oct 2022, 4 years ago"),
        (cost("349", kind=Price.Kind.LAUNCH, seen_in="2022"), "$349 at launch, 2022, 4 years ago"),
    ],
)
def test_a_price_says_what_kind_it_is_of_when_and_how_old(of: Cost, sentence: str) -> None:
    assert price(of, TODAY).sentence == sentence


def test_two_cost_twice_as_much_and_the_price_of_one_is_told() -> None:
    shown = price(cost("1350", "1200", "1700"), TODAY, count=2)
    assert shown.amount == "$2,400 to $3,400"
    assert shown.note == "for two at $1,200 to $1,700, used, Jul 2026"


def test_no_price_is_not_known() -> None:
    assert price(None, TODAY) == UNKNOWN
    assert UNKNOWN.sentence == "not known"
