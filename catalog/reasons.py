"""Why states were given, where nobody typed it: what many records went through together, or with another one."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Max

from catalog.models import CatalogRecord

PUBLISHED, TAKEN_OFF, DELETED, IN_A_LIST = "Published", "Taken off the site", "Deleted", "Changed in the list"
WITH_ANOTHER = "Deleted with {name}."


def with_others(done: str, count: int) -> str:
    """What was done to one of so many records at once."""
    others = count - 1
    return f"{done} with {others:,} other{'s' if others > 1 else ''}." if others else f"{done}."


def give(kind: type[CatalogRecord], keys: Collection[int], reason: str) -> None:
    """Keep a reason with the newest state of each of some records; within the transaction that gave these states."""
    newest = kind.history.filter(id__in=keys).order_by().values("id").annotate(newest=Max("history_id"))
    kind.history.filter(history_id__in=[state["newest"] for state in newest]).update(history_change_reason=reason)


def goes_with(row: CatalogRecord, origin: Any) -> str:
    """Why a record is deleted because `origin`, a record or a queryset of some, is; "" where it is one of them."""
    if row is origin or origin is None or getattr(origin, "model", type(origin)) is type(row):
        return ""
    kind = getattr(origin, "model", type(origin))
    columns = (column for column in row._meta.concrete_fields if column.related_model is kind)
    names = (str(getattr(row, column.name)) for column in columns if _cascades(column))
    return next((WITH_ANOTHER.format(name=name) for name in names), "")


def _cascades(column: Any) -> bool:
    return bool(column.remote_field.on_delete is models.CASCADE)
