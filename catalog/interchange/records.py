"""Rows as records and records as rows: plain values under the fields' names, one JSON object each."""

import datetime
import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from catalog.interchange.key_order import in_order
from catalog.interchange.references import References, related_model
from catalog.models import CatalogRecord

LARGEST = 10**18
NOT_IN_RECORDS = {"id", "created_at", "updated_at", "loaded_digest", "loaded_record"}

Record = dict[str, Any]
# A value from one form to the other; references say the record that a key or a slug stands for.
Convert = Callable[[Any, References], Any]


class RecordError(ValueError):
    """A record cannot be read; `field` says where, the message what is expected."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def to_line(record: Record) -> str:
    """A record as one line of a data file."""
    return json.dumps(record, ensure_ascii=False, separators=(", ", ": "))


def digest(record: Record) -> str:
    """A fingerprint of a record, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def in_brief(value: Any) -> str:
    """A value as JSON, in at most 60 characters, for messages."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def to_record(row: CatalogRecord, references: References) -> Record:
    """The row as a record: facts that are missing are left out, so absent and empty are one."""
    record = {}
    for name, attribute, plain in _writers(type(row)):
        value = getattr(row, attribute)
        if value is None or value == "":
            continue
        value = plain(value, references)
        if value not in ("", []):
            record[name] = value
    return record


def fill(row: CatalogRecord, record: Record, references: References) -> None:
    """Give the row what the record says, and its default to every field that the record leaves out.

    Raises RecordError where a name is unknown or a value is of the wrong kind; it bends none.
    """
    readers = _readers(type(row))
    for name in record:
        if name not in readers:
            raise RecordError(name, "there is no such field.")
    for name, (attribute, default, read) in readers.items():
        value = record.get(name)
        setattr(row, attribute, default() if value is None else read(value, references))


@cache
def columns(model: type[CatalogRecord]) -> tuple[models.Field, ...]:
    """The fields that records hold, the slug first."""
    own = [column for column in model._meta.concrete_fields if column.name not in NOT_IN_RECORDS]
    return tuple(sorted(own, key=lambda column: column.name != "slug"))


@cache
def _writers(model: type[CatalogRecord]) -> tuple[tuple[str, str, Convert], ...]:
    """Of each field its name, its attribute and what makes JSON of a value: decided once, not for each row."""
    return tuple((column.name, column.attname, _writer(column)) for column in columns(model))


@cache
def _readers(model: type[CatalogRecord]) -> dict[str, tuple[str, Callable[[], Any], Convert]]:
    """Of each field by its name its attribute, its default and what reads a value, or raises RecordError."""
    return {column.name: (column.attname, column.get_default, _reader(column)) for column in columns(model)}


def _writer(column: models.Field) -> Convert:
    """A value as JSON holds it: sources as a list, figures as shortest numbers, dates as text, keys in their order."""
    if isinstance(column, models.ForeignKey):
        return lambda key, references: references.slug(related_model(column), key)
    if column.name == "sources":
        return lambda text, _: [line.strip() for line in text.split("\n") if line.strip()]
    if isinstance(column, models.DecimalField):
        return lambda value, _: _shortest(Decimal(value))
    if isinstance(column, models.DateField):
        return lambda date, _: str(date)
    if isinstance(column, models.JSONField):
        return lambda value, _: in_order(value)
    return lambda value, _: _lines(value) if isinstance(value, str) else value


def _shortest(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _lines(text: str) -> str:
    """Text with one kind of line end, as forms and files differ in it."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _reader(column: models.Field) -> Convert:
    if column.name == "sources":
        return lambda value, _: _texts(column.name, value)
    if isinstance(column, models.DecimalField):
        return lambda value, _: _number(column.name, value)
    if isinstance(column, models.DateField):
        return lambda value, _: _date(column.name, value)
    if isinstance(column, models.JSONField):
        return lambda value, _: value
    if isinstance(column, models.ForeignKey):
        return lambda slug, references: _related(column, slug, references)
    kind, words = _kind(column)
    return lambda value, _: _of_kind(column.name, value, kind, words)


def _texts(name: str, value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(source, str) for source in value):
        raise RecordError(name, f"a list of texts is expected, not {in_brief(value)}.")
    return "\n".join(value)


def _of_kind(name: str, value: Any, kind: type, words: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise RecordError(name, f"{words} is expected, not {in_brief(value)}.")
    return value


def _related(column: models.ForeignKey, slug: Any, references: References) -> int:
    """The key of the record that a slug names."""
    model = related_model(column)
    key = references.key(model, slug) if isinstance(slug, str) else None
    if key is None:
        name = model._meta.verbose_name
        raise RecordError(column.name, f"there is no {name} {in_brief(slug)}.")
    return key


def _kind(column: models.Field) -> tuple[type, str]:
    if isinstance(column, models.BooleanField):
        return bool, "true or false"
    if isinstance(column, models.IntegerField):
        return int, "a whole number"
    return str, "a text"


def _number(name: str, value: Any) -> Decimal:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # An integer can be too large to be asked whether it is finite.
    if not is_number or not (abs(value) < LARGEST):
        raise RecordError(name, f"a number is expected, not {in_brief(value)}.")
    return Decimal(str(value))


def _date(name: str, value: Any) -> datetime.date:
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=datetime.UTC).date()
    except (TypeError, ValueError) as error:
        raise RecordError(name, f"a date such as 2026-11-24 is expected, not {in_brief(value)}.") from error
