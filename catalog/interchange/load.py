"""Records in and out of the catalog: one JSON object a line, sorted by slug, one file a kind.

A load is one transaction and can be repeated. It never overwrites what an editor changed: each row remembers a digest
of the record it was loaded from, so a row that no longer matches it was touched here, and is kept unless told.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey

from catalog.interchange.files import DATA_DIRECTORY, file_name
from catalog.interchange.records import Record, RecordError, columns, digest, fill, in_brief, to_record
from catalog.interchange.references import References, related_model
from catalog.models import RECORD_MODELS, CatalogRecord, RetiredSlug


class InterchangeError(Exception):
    """A data file cannot be loaded; the message names the file, the record and the field."""


@dataclass
class LoadReport:
    """What a load did, or would do."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    remarks: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, kept {self.kept}"
        return "\n".join([*self.remarks, counts])


def load_catalog(directory: Path = DATA_DIRECTORY, *, overwrite: bool = False, dry_run: bool = False) -> LoadReport:
    """Load every file of `directory` or nothing; `overwrite` gives up editors' changes, `dry_run` undoes all.

    Raises InterchangeError.
    """
    report, references = LoadReport(), References()
    with transaction.atomic():
        for model in RECORD_MODELS:
            Loader(model, references, report, overwrite=overwrite).load(directory / file_name(model))
        if dry_run:
            transaction.set_rollback(True)
    return report


@dataclass(frozen=True)
class PlacedRecord:
    """A record of a file, with the words that name its place."""

    where: str
    record: Record

    @property
    def slug(self) -> Any:
        """What stands as its slug, if anything."""
        return self.record.get("slug")


class Loader:
    """Loads the records of one kind, each to one outcome: created, updated, unchanged or kept."""

    def __init__(
        self, model: type[CatalogRecord], references: References, report: LoadReport, *, overwrite: bool
    ) -> None:
        self.model, self.references, self.report, self.overwrite = model, references, report, overwrite
        self.rows = {row.slug: row for row in model.objects.all()}

    def load(self, path: Path) -> None:
        """Load every record of a file; raises InterchangeError."""
        seen: set[str] = set()
        for placed in _placed_records(path):
            if not isinstance(placed.slug, str) or placed.slug in seen:
                raise InterchangeError(f"{placed.where}, field slug: every record needs a slug of its own.")
            seen.add(placed.slug)
            self._load(placed)

    def _load(self, placed: PlacedRecord) -> None:
        deleted = self._follow_retired(placed.record)
        if deleted:
            self._keep(f"{placed.where}: left out, for its {deleted} was deleted here.")
            return
        row, theirs = self.rows.get(placed.slug), self._as_exported(placed)
        if row is None:
            self._add(placed)
            return
        ours = to_record(row, self.references)
        if ours == theirs:
            self.report.unchanged += 1
        elif digest(ours) == row.loaded_digest or self.overwrite:
            self._update(row, placed)
        else:
            self._keep(f"{placed.where}: kept as edited here; {_differences(ours, theirs)}.")

    def _add(self, placed: PlacedRecord) -> None:
        """A record that has no row: new, or renamed or deleted here since."""
        successor = RetiredSlug.successor_of(self.model.kind(), placed.slug)
        renamed = self.rows.get(successor or "")
        if successor is not None and not self.overwrite:
            self._keep(f"{placed.where}: kept as it is here, {f'renamed to {successor}' if successor else 'deleted'}.")
        elif renamed is not None:
            self._update(renamed, placed)
        else:
            self._create(placed)

    def _keep(self, remark: str) -> None:
        self.report.kept += 1
        self.report.remarks.append(remark)

    def _update(self, row: CatalogRecord, placed: PlacedRecord) -> None:
        self._save(row, placed)
        self.report.updated += 1

    def _create(self, placed: PlacedRecord) -> None:
        self._save(self.model(), placed)
        self.report.created += 1

    def _follow_retired(self, record: Record) -> str:
        """Lead references by a former slug to the record's present one, and leave out those that were deleted here.

        Returns the name of one that was deleted here and that the record cannot do without, or "".
        """
        for column in columns(self.model):
            slug = record.get(column.name)
            if not isinstance(column, ForeignKey) or not isinstance(slug, str):
                continue
            successor = self.references.successor(related_model(column), slug)
            if successor == "" and column.null:
                del record[column.name]
            elif successor == "":
                return f"{column.name} {slug}"
            else:
                record[column.name] = successor or slug
        return ""

    def _as_exported(self, placed: PlacedRecord) -> Record:
        """The record as the catalog would export it, so that other words for the same are no difference."""
        row = self.model()
        self._fill(row, placed)
        return to_record(row, self.references)

    def _fill(self, row: CatalogRecord, placed: PlacedRecord) -> None:
        try:
            fill(row, placed.record, self.references)
        except RecordError as error:
            raise InterchangeError(f"{placed.where}, field {error.field}: {error}") from error

    def _save(self, row: CatalogRecord, placed: PlacedRecord) -> None:
        self._fill(row, placed)
        try:
            row.full_clean(validate_constraints=False)
        except ValidationError as error:
            raise InterchangeError(_first_fault(placed.where, error)) from error
        row.loaded_digest = digest(to_record(row, self.references))
        try:
            row.save()
        except IntegrityError as error:
            raise InterchangeError(_refusal(placed.where, row, error)) from error


def _placed_records(path: Path) -> Iterator[PlacedRecord]:
    """Each record of a file."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InterchangeError(f"{path.name}: cannot be read ({error}).") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _parse(path, number, line)


def _parse(path: Path, number: int, line: str) -> PlacedRecord:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits and endless nesting are not decode errors.
        raise InterchangeError(f"{path.name}, line {number}: this is not JSON ({str(error)[:200]}).") from error
    if not _is_text(line) or not _is_text(record):
        raise InterchangeError(f"{path.name}, line {number}: a character in it is no text.")
    if not isinstance(record, dict):
        raise InterchangeError(f"{path.name}, line {number}: a record is an object with named values.")
    return PlacedRecord(where=f"{path.name}, line {number}, record {record.get('slug', '?')}", record=record)


def _is_text(value: Any) -> bool:
    """Whether all text in it can be stored: halves of characters and the null character cannot."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, dict):
        return all(map(_is_text, [*value, *value.values()]))
    return all(map(_is_text, value)) if isinstance(value, list) else True


def _differences(ours: Record, theirs: Record) -> str:
    names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    return "; ".join(
        f"{name} is {in_brief(ours.get(name))}, the file has {in_brief(theirs.get(name))}" for name in names
    )


def _refusal(where: str, row: CatalogRecord, error: IntegrityError) -> str:
    """Why the database refused a row, in the constraint's words: to ask each for them takes long, so only now."""
    try:
        row.validate_constraints()
    except ValidationError as fault:
        return _first_fault(where, fault)
    return f"{where}: the database refused it ({error})."


def _first_fault(where: str, error: ValidationError) -> str:
    name, messages = next(iter(error.message_dict.items()))
    field_words = "" if name == "__all__" else f", field {name}"
    return f"{where}{field_words}: {' '.join(dict.fromkeys(messages))}"
