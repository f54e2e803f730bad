"""Days, months, power and prices, and the word for what is not known."""

import datetime
from decimal import Decimal

from fitpages.text import figures

DATE = datetime.date(2026, 8, 6)


def test_a_date_is_a_day_in_full_or_a_month_in_short() -> None:
    assert figures.day(DATE) == "6 August 2026"
    assert figures.day(datetime.datetime(2026, 8, 6, 12, tzinfo=datetime.UTC)) == "6 August 2026"
    assert figures.month(DATE) == "Aug 2026"


def test_power_is_in_watts_and_a_price_in_whole_dollars() -> None:
    assert figures.power(350) == "350 W"
    assert figures.price(Decimal("1599.50")) == "$1,600"
    assert figures.price(Decimal("99")) == "$99"


def test_what_is_not_known_is_said_by_one_word_unless_a_table_asks_for_another() -> None:
    for figure in (figures.day, figures.month, figures.power, figures.price):
        assert figure(None) == figures.NOT_KNOWN == "not known"
        assert figure(None, missing=figures.NOT_SHOWN) == "—"
        assert figure(None, missing="") == ""


def test_two_whole_numbers_of_bytes_are_told_apart_as_decimals_are() -> None:
    assert figures.memories_apart(23_604_000_000, 23_596_000_000) == figures.memories_apart(
        Decimal(23_604_000_000), Decimal(23_596_000_000)
    )
