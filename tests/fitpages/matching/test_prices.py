"""What a machine costs: of each kind the latest price, with the range of those of its time."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from catalog.models import Price
from catalog.snapshot import PublishedGpu, PublishedPrice, Snapshot
from fitpages.matching.prices import Cost, as_date, costs, rent, to_buy
from tests.published_markets import published_price
from tests.small_catalog import five_gpus, snapshot_of

Kind = Price.Kind


def with_prices(*prices: PublishedPrice, **of_gpu: Any) -> tuple[Snapshot, PublishedGpu]:
    """The first card of the small catalog with these prices, the latest first, and no other at launch."""
    first, *gpus = five_gpus()
    gpu = replace(first, **{"launch_price_usd": None, **of_gpu})
    return snapshot_of(gpus=[gpu, *gpus], prices_of={gpu.slug: prices}), gpu


def test_without_a_price_there_is_none() -> None:
    snapshot, gpu = with_prices()
    assert (costs(snapshot, gpu), to_buy(snapshot, gpu), rent(snapshot, gpu)) == ({}, None, None)


def test_prices_of_one_time_are_one_with_their_range_and_all_sources() -> None:
    latest = published_price("300", seen_in="2026-09-10", sources=("a",))
    before = published_price("200", seen_in="2026-07-01", sources=("b", "a"), lowest=Decimal(150), highest=Decimal(210))
    third = published_price("400", seen_in="2026-08-01", sources=("c",))
    snapshot, gpu = with_prices(latest, third, before)
    cost = costs(snapshot, gpu)[Kind.STREET]
    assert (cost.amount, cost.lowest, cost.highest, cost.seen_in) == (300, 150, 400, "2026-09-10")
    assert cost.sources == ("a", "c", "b")


@pytest.mark.parametrize(("seen_in", "lowest"), [("2026-06-10", 100), ("2026-06-09", 300), ("", 300), ("2026", 300)])
def test_what_lies_three_months_back_is_of_another_time(seen_in: str, lowest: int) -> None:
    old = published_price("100", seen_in=seen_in)
    snapshot, gpu = with_prices(published_price("300", seen_in="2026-09-10"), old)
    assert costs(snapshot, gpu)[Kind.STREET].lowest == lowest


def test_prices_of_which_nobody_knows_the_date_are_of_one_time() -> None:
    snapshot, gpu = with_prices(published_price("300"), published_price("100"))
    cost = costs(snapshot, gpu)[Kind.STREET]
    assert (cost.amount, cost.lowest, cost.highest, cost.seen_in) == (100, 100, 300, "")


def test_a_whole_computer_and_a_card_are_not_one_price() -> None:
    snapshot, gpu = with_prices(
        published_price("3000", seen_in="2026-09", whole_machine=True), published_price("900", seen_in="2026-08")
    )
    cost = costs(snapshot, gpu)[Kind.STREET]
    assert (cost.amount, cost.lowest, cost.whole) == (3000, 3000, True)


def test_of_an_even_number_the_middle_is_one_that_was_asked() -> None:
    prices = [published_price(amount, seen_in="2026-09") for amount in ("400", "100", "300", "200")]
    snapshot, gpu = with_prices(*prices)
    assert costs(snapshot, gpu)[Kind.STREET].amount == 200


def test_other_currencies_are_not_converted() -> None:
    snapshot, gpu = with_prices(published_price("100", currency="EUR"))
    assert costs(snapshot, gpu) == {}


def test_the_price_at_launch_is_of_the_day_of_release_and_of_the_whole_machine_where_memory_is_shared() -> None:
    of_launch = {"launch_price_usd": Decimal(1599), "release_date": datetime.date(2022, 10, 12)}
    snapshot, gpu = with_prices(published_price("1300", kind_of_price="launch", seen_in="2022"), **of_launch)
    expected = Cost(Kind.LAUNCH, Decimal(1599), Decimal(1599), Decimal(1599), "2022-10-12", False, gpu.sources)
    assert costs(snapshot, gpu)[Kind.LAUNCH] == to_buy(snapshot, gpu) == expected
    shared = replace(gpu.spec, unified_memory=True)
    snapshot, gpu = with_prices(spec=shared, launch_price_usd=Decimal(3999), release_date=None)
    cost = costs(snapshot, gpu)[Kind.LAUNCH]
    assert (cost.whole, cost.seen_in) == (True, "")


def test_what_is_offered_comes_before_the_price_at_launch_and_the_lower_of_two_first() -> None:
    new, used = published_price("1800", seen_in="2026-09"), published_price("900", kind_of_price="used")
    snapshot, gpu = with_prices(new, used, launch_price_usd=Decimal(10))
    cost = to_buy(snapshot, gpu)
    assert cost is not None
    assert (cost.kind, cost.amount) == (Kind.USED, 900)


def test_rent_is_nothing_that_one_buys() -> None:
    snapshot, gpu = with_prices(published_price("0.5", kind_of_price="rent"))
    hour = rent(snapshot, gpu)
    assert hour is not None
    assert hour.amount == Decimal("0.5")
    assert to_buy(snapshot, gpu) is None


@pytest.mark.parametrize(
    ("seen_in", "is_old"), [("2025-11-28", False), ("2025-11-27", True), ("2026", False), ("2025", True), ("", True)]
)
def test_a_price_is_old_after_a_year(seen_in: str, is_old: bool) -> None:
    cost = Cost(Kind.USED, Decimal(1), Decimal(1), Decimal(1), seen_in, False)
    assert cost.is_old(datetime.date(2026, 11, 28)) is is_old


def test_a_date_as_far_as_it_is_known_is_its_first_day() -> None:
    assert [as_date(text) for text in ("2026", "2026-08", "2026-08-03")] == [
        *(datetime.date(2026, 1, 1), datetime.date(2026, 8, 1), datetime.date(2026, 8, 3))
    ]
    assert as_date("") is None
