"""Dates that cannot be: still to come, or from before there was anything of the kind."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from catalog.doubts.doubt import Doubt
from catalog.models import CatalogRecord

# What is announced for the next weeks is entered before it is out.
AHEAD = timedelta(days=31)
# The oldest card of the catalog is of 2013, the oldest model of the kind that it holds of 2017.
FIRST = {"gpu": date(2010, 1, 1), "languagemodel": date(2017, 1, 1)}


def not_in_time(row: CatalogRecord, field: str, day: date | None) -> Iterator[Doubt]:
    """A day more than a month ahead, or before the first of its kind."""
    if not day:
        return
    today, first = timezone.localdate(), FIRST[row.kind()]
    if day > today + AHEAD:
        yield Doubt("date_to_come", field, f"{day} is more than a month ahead of today, {today}. Check the year.")
    elif day < first:
        yield Doubt("date_too_early", field, f"{day} is before {first}, earlier than anything here. Check the year.")


def seen_too_late(field: str, text: str) -> Iterator[Doubt]:
    """A date as far as it is known, which sorts as text: nothing was seen after tomorrow, today further east."""
    tomorrow = f"{timezone.localdate() + timedelta(days=1)}"
    if text > tomorrow:
        yield Doubt("date_to_come", field, f"{text} is still to come; today is {timezone.localdate()}. Check the date.")


def seen_before(field: str, text: str, released: date | None, what: str) -> Iterator[Doubt]:
    """Seen before there was anything to be seen, by the year and month that are given.

    Dates are of announcements, of repositories and of sales, which lie weeks apart: so a quarter of a year is left.
    """
    if not (text and released):
        return
    earliest = f"{released - timedelta(days=92)}"
    if text < earliest[: len(text)]:
        yield Doubt(
            "date_before_release",
            field,
            f"{text} is before {what} was released, on {released}. Compare the two dates.",
        )
