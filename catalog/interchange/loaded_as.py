"""What a row was last loaded as: what differs from it was edited here."""

from typing import Any

from django.db.models import ForeignKey

from catalog.interchange.records import Record, RecordError, columns, digest, fill, in_brief, to_record
from catalog.interchange.references import References, related_model
from catalog.models import CatalogRecord

# A record of an export says under this name which of its fields were edited, each with what it was loaded as (null:
# empty), or that the row was added here. Of a row that was loaded before that was kept, a digest is all that is known.
EDITED = "edited"
ADDED = "added here"
DIGEST = "loaded_digest"
# Marks that no row had when digests were kept: one that is not set would make another digest of the same row.
CAME_SINCE = {"gpu": ("class_example",), "languagemodel": ("common",)}


def base_of(row: CatalogRecord, ours: Record, references: References) -> Record | None:
    """The record that a row was last loaded from, as it would be written today; None where that is not known."""
    if row.loaded_record is not None and row.loaded_record == ours:
        return ours
    if row.loaded_record is not None:
        return as_of_today(type(row), row.loaded_record, references)
    return ours if row.loaded_digest and digest(of_before(row.kind(), ours)) == row.loaded_digest else None


def of_before(kind: str, record: Record) -> Record:
    """A record as it was when digests were kept: without marks that came since, where they are not set."""
    return {name: value for name, value in record.items() if value or name not in CAME_SINCE.get(kind, ())}


def as_of_today(model: type[CatalogRecord], record: Record, references: References) -> Record:
    """A record of any release: fields that came since have their default, records that were renamed their new slug."""
    values = {column.name: _present(column, record.get(column.name), references) for column in columns(model)}
    values = {name: value for name, value in values.items() if value is not None}
    row = model()
    while True:
        try:
            fill(row, values, references)
        except RecordError as error:
            # What no row can hold today is no value of today.
            del values[error.field]
        else:
            return to_record(row, references)


def _present(column: Any, value: Any, references: References) -> Any:
    if isinstance(column, ForeignKey) and isinstance(value, str):
        return references.present(related_model(column), value)
    return value


def edits(ours: Record, base: Record | None, loaded_digest: str) -> dict[str, Any] | str | None:
    """What an export says of a row under EDITED; None where nothing was edited."""
    if base is None:
        return {DIGEST: loaded_digest} if loaded_digest else ADDED
    names = [name for name in {**ours, **base} if ours.get(name) != base.get(name)]
    return {name: base.get(name) for name in names} or None


def check(model: type[CatalogRecord], edited: Any) -> None:
    """Refuse what `edits` never says; raises RecordError."""
    if edited is None or edited == ADDED:
        return
    names = {column.name for column in columns(model)}
    if not isinstance(edited, dict) or not (set(edited) <= names or set(edited) == {DIGEST}):
        raise RecordError(EDITED, f"fields with what they were loaded as are expected, not {in_brief(edited)}.")
    if DIGEST in edited and not isinstance(edited[DIGEST], str):
        raise RecordError(EDITED, f"a digest is a text, not {in_brief(edited[DIGEST])}.")


def stated(new: CatalogRecord, record: Record, edited: Any, references: References) -> Record | None:
    """What a record of a file says that its row was loaded as; None where it was added where it is from."""
    if edited is None:
        return to_record(new, references)
    if edited == ADDED or DIGEST in edited:
        return None
    return as_of_today(type(new), {**record, **edited}, references)
