"""The table of prices counts machines by the kind and the age of their latest price."""

import datetime
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from catalog.snapshot import Snapshot
from fitpages.management.commands.prices import lines
from tests.published_markets import published_price
from tests.small_catalog import five_gpus, snapshot_of

TODAY = datetime.date(2026, 11, 28)


@pytest.fixture
def priced() -> Snapshot:
    """Five machines, of which the first has a price at launch, and the last is not common."""
    *gpus, last = five_gpus()
    gpus = [replace(gpu, launch_price_usd=None) for gpu in gpus]
    first = replace(gpus[0], launch_price_usd=five_gpus()[0].launch_price_usd, release_date=datetime.date(2022, 10, 12))
    prices = {
        "rtx-24": (
            published_price("1500", seen_in="2026-11-01", slug="a"),
            published_price("1700", seen_in="2026-10-01", slug="b"),
            published_price("900", seen_in="2020", kind_of_price="used", slug="c"),
        ),
        "rtx-8": (published_price("300", seen_in="2026-02", lowest=None), published_price("0.5", kind_of_price="rent")),
        last.slug: (published_price("4000", seen_in="2025-11-28"), published_price("1", currency="EUR")),
    }
    gpus = [first, *gpus[1:], replace(last, launch_price_usd=None, common=False)]
    return snapshot_of(gpus=gpus, prices_of=prices)


def test_machines_are_counted_by_kind_and_age(priced: Snapshot) -> None:
    head, columns, *table = lines(priced, TODAY)
    assert head == "3 of 5 machines have a price, 2 of 3 common ones."
    assert columns.split() == ["machines", "common", "range", "3", "months", "a", "year", "older", "no", "date"]
    assert [line.rsplit(maxsplit=7) for line in table] == [
        ["At launch", "1", "1", "0", "0", "0", "1", "0"],
        ["New, in shops", "3", "2", "1", "1", "2", "0", "0"],
        ["Used", "1", "1", "0", "0", "0", "1", "0"],
        ["Rent, an hour", "1", "1", "0", "0", "0", "0", "1"],
    ]


def test_a_day_past_three_months_or_a_year_is_older(priced: Snapshot) -> None:
    later = list(lines(priced, TODAY + datetime.timedelta(days=66)))
    assert later[3].split()[-4:] == ["0", "1", "2", "0"]


@pytest.mark.django_db
def test_it_is_a_command() -> None:
    printed = StringIO()
    call_command("prices", stdout=printed)
    assert "machines have a price" in printed.getvalue()
