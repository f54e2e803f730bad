"""Dates that cannot be."""

import datetime

import pytest
from django.utils import timezone

from catalog.doubts.dates import not_in_time, seen_before, seen_too_late
from tests.catalog.doubts.beside import card, checks, model

TODAY = timezone.localdate()


@pytest.mark.parametrize(("days", "asked"), [(0, []), (31, []), (33, ["date_to_come"])])
def test_a_release_may_be_a_month_ahead(days: int, asked: list[str]) -> None:
    assert checks(not_in_time(card(), "release_date", TODAY + datetime.timedelta(days=days))) == asked


def test_there_were_no_such_models_before_2017_and_cards_before() -> None:
    day = datetime.date(2014, 5, 1)
    assert checks(not_in_time(model(), "release_date", day)) == ["date_too_early"]
    assert checks(not_in_time(card(), "release_date", day)) == []


@pytest.mark.parametrize(("days", "asked"), [(0, []), (1, []), (2, ["date_to_come"])])
def test_nothing_was_seen_after_tomorrow(days: int, asked: list[str]) -> None:
    assert checks(seen_too_late("seen_in", f"{TODAY + datetime.timedelta(days=days)}")) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("2026", []), ("2025", ["date_before_release"]), ("2026-01", ["date_before_release"]), ("2026-03", []), ("", [])],
)
def test_nothing_was_seen_a_quarter_of_a_year_before_it_was_released(text: str, asked: list[str]) -> None:
    assert checks(seen_before("seen_in", text, datetime.date(2026, 5, 20), "its model")) == asked
