"""Addresses that records once had, as a file beside those of the records: kind, slug, successor."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.db import models

from catalog.interchange.placed_records import InterchangeError, PlacedRecord, placed_records
from catalog.interchange.records import Record, in_brief, to_line
from catalog.models import RECORD_MODELS, CatalogRecord, CatalogRevision, RetiredSlug

FILE_NAME = "retired_slugs.jsonl"


class FormerAddresses:
    """Those of a folder of files; none where it has no such file."""

    def __init__(self, path: Path | None) -> None:
        """Raises InterchangeError."""
        self._by_kind: dict[str, list[Record]] = defaultdict(list)
        for placed in placed_records(path) if path is not None and path.is_file() else ():
            _check(placed)
            self._by_kind[placed.record["kind"]].append(placed.record)

    def renamed(self, model: type[CatalogRecord]) -> dict[str, list[str]]:
        """Present addresses of the files' records with their former ones."""
        renamed = defaultdict(list)
        for record in self._by_kind[model.kind()]:
            if record.get("why", RetiredSlug.Why.RENAMED) == RetiredSlug.Why.RENAMED:
                renamed[record["successor"]].append(record["slug"])
        return renamed

    def keep(self, model: type[CatalogRecord]) -> None:
        """Make those of one kind former addresses here, once its records are loaded. What is here comes first: an
        address that a record has, or that leads somewhere already, stays as it is."""
        records = self._by_kind[model.kind()]
        if not records:
            return
        here, (led, by_hand) = set(model.objects.values_list("slug", flat=True)), RetiredSlug.led_away(model.kind())
        taken = here | set(led) | by_hand
        new = []
        for record in records:
            successor = record["successor"]
            successor = successor if successor in here else led.get(successor, "")
            leads_on = successor or record.get("why") == RetiredSlug.Why.DELETED
            if record["slug"] not in taken and leads_on:
                new.append(RetiredSlug(**{**record, "successor": successor}))
        if new:
            RetiredSlug.objects.bulk_create(new)
            CatalogRevision.bump()


def lines(*, deleted: bool) -> str:
    """All that are here, as lines of the file; without those of deleted records unless told."""
    rows = RetiredSlug.objects.all() if deleted else RetiredSlug.objects.exclude(why=RetiredSlug.Why.DELETED)
    records = [{column.name: column.value_from_object(row) for column in _columns()} for row in rows]
    return "".join(f"{to_line(record)}\n" for record in sorted(records, key=lambda r: (r["kind"], r["slug"])))


def _columns() -> list[models.Field]:
    return [column for column in RetiredSlug._meta.concrete_fields if not column.primary_key]


def _check(placed: PlacedRecord) -> None:
    """Refuse what no former address is: InterchangeError."""
    for name, value in placed.record.items():
        words = _fault(name, value)
        if words:
            raise InterchangeError(f"{placed.where}, field {name}: {words}")
    if not {"kind", "slug", "successor"} <= set(placed.record) or not placed.record["slug"]:
        raise InterchangeError(f"{placed.where}: a former address has a kind, a slug and a successor.")


def _fault(name: str, value: Any) -> str:
    columns = {column.name: column for column in _columns()}
    if name not in columns:
        return "there is no such field."
    if isinstance(columns[name], models.BooleanField):
        return "" if isinstance(value, bool) else f"true or false is expected, not {in_brief(value)}."
    if not isinstance(value, str) or len(value) > (columns[name].max_length or 0):
        return f"a text is expected, not {in_brief(value)}."
    allowed = {"kind": [model.kind() for model in RECORD_MODELS], "why": RetiredSlug.Why.values}
    return f"there is no {name} {in_brief(value)}." if value not in allowed.get(name, [value]) else ""
