"""A figure that is no longer what it was loaded with, while the sources still are: which of them has the new one?"""

from collections.abc import Container, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.text import capfirst

from catalog.doubts.doubt import Doubt, figure, percent_off
from catalog.models import CatalogRecord

# The least that a first digit can be off by is a ninth: 9 for 8. Roundings are far below.
PERCENT = 5
# What editors decide, and no source.
DECIDED = {"order"}
NUMBERS = (models.IntegerField, models.DecimalField)
# Dates as far as they are known, which are kept as text. When a file was seen may move on, and not back.
DATES = ("measured_in",)
MOVING_ON = ("seen_in", "downloads_seen_in", "likes_seen_in", "pulls_seen_in")


def doubts(row: CatalogRecord, asked: Container[str]) -> Iterator[Doubt]:
    """Of every figure and date of a row that was loaded, but for fields that something else is asked about."""
    loaded: dict[str, Any] | None = row.loaded_record
    if not loaded or list(row.source_list) != loaded.get("sources", []):
        return
    for column in row._meta.concrete_fields:
        then, now = loaded.get(column.name), getattr(row, column.attname)
        if then and now and column.name not in asked and column.name not in DECIDED and _is_another(column, then, now):
            yield Doubt(
                "since_loaded",
                column.name,
                f"{capfirst(str(column.verbose_name))}: {_shown(now)} here, and {_shown(then)} in the data that it was "
                "loaded from; the sources are the same. Which source has the new figure? Add it.",
            )


def _is_another(column: "models.Field[Any, Any]", then: Any, now: Any) -> bool:
    if isinstance(column, NUMBERS):
        return isinstance(then, int | float) and percent_off(now, then) > PERCENT
    if column.name in MOVING_ON:
        return str(now) < str(then)
    return (isinstance(column, models.DateField) or column.name in DATES) and str(now) != str(then)


def _shown(value: Any) -> str:
    is_figure = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return figure(value) if is_figure else str(value.isoformat() if isinstance(value, date) else value)
