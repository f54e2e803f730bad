"""A source is an address, or says why there is none; a draft for want of one does not get public unasked."""

from typing import Any

import pytest

from catalog.doubts import sources
from tests.catalog.doubts.beside import card, checks, measurement, price

A = "https://example.org/sheet"


@pytest.mark.parametrize(
    ("lines", "status", "asked"),
    [
        ([A], "published", []),
        ([f"{A} (page 3), read twice"], "published", []),
        (["a table of the vendor", A], "published", []),
        ([A, "owner/name data/file.json (2026-08)"], "published", []),
        (["a table of the vendor"], "draft", ["no_address"]),
        (["no address: general knowledge"], "draft", []),
        (["no address: general knowledge"], "published", ["no_address"]),
        (["no address:"], "draft", ["no_address"]),
        ([A, "htps://example.org/a"], "published", ["address"]),
        ([A, "http:/example.org/a"], "published", ["address"]),
        ([A, "www.example.org"], "published", ["address"]),
        ([A, "https://example"], "published", ["address"]),
        ([], "draft", []),
    ],
)
def test_what_is_asked_about_lines(lines: list[str], status: str, asked: list[str]) -> None:
    row = card(sources="\n".join(lines), status=status)
    assert checks(sources.doubts(row)) == asked


def test_the_line_is_counted() -> None:
    (doubt,) = sources.doubts(card(sources=f"{A}\nhtps://example.org/a"))
    assert doubt.says.startswith("Line 2 looks like an address and is none: “htps://example.org/a”.")


def test_a_measurement_that_no_page_prints_says_why_elsewhere() -> None:
    row = measurement(hidden_because="A log.")
    row.sources = "a public log"
    assert checks(sources.doubts(row)) == []


@pytest.mark.parametrize(
    ("seller", "seen_in", "line", "asked"),
    [
        ("eBay", "2026-08", "no address: offers of a week", []),
        ("eBay", "2026-08", "offers of a week", ["no_address"]),
        ("", "2026-08", "no address: offers of a week", ["no_address"]),
        ("eBay", "", "no address: offers of a week", ["no_address"]),
    ],
)
def test_a_price_needs_none_where_it_says_who_asked_and_when(
    seller: str, seen_in: str, line: str, asked: list[str]
) -> None:
    row = price(card(), seller=seller, seen_in=seen_in, status="published")
    row.sources = line
    assert checks(sources.doubts(row)) == asked


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({"launch_price_source": ""}, ["no_source"]),
        ({"reported_source": ""}, ["no_source"]),
        ({"reported_source": "htps://a.org"}, ["address"]),
        ({"launch_price_source": "", "launch_price_usd": None}, []),
        ({"reported_source": "a public log"}, []),
    ],
)
def test_figures_with_a_source_of_their_own_need_one(values: dict[str, Any], asked: list[str]) -> None:
    assert checks(sources.doubts(card(**values))) == asked
