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
from catalog.interchange.records import Record, RecordError, columns, digest, fill, to_record
from catalog.interchange.references import References
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
            _load_file(model, directory / file_name(model), report, overwrite, references)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _load_file(
    model: type[CatalogRecord], path: Path, report: LoadReport, overwrite: bool, references: References
) -> None:
    rows = {row.slug: row for row in model.objects.all()}
    seen: set[str] = set()
    for where, record in _records(path):
        slug = record.get("slug")
        if not isinstance(slug, str) or slug in seen:
            raise InterchangeError(f"{where}, field slug: every record needs a slug of its own.")
        seen.add(slug)
        _load_record(model, where, record, rows, report, overwrite, references)


def _records(path: Path) -> Iterator[tuple[str, Record]]:
    """Each record with the words that name its place."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InterchangeError(f"{path.name}: cannot be read ({error}).") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _parse(path, number, line)


def _parse(path: Path, number: int, line: str) -> tuple[str, Record]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits and endless nesting are not decode errors.
        raise InterchangeError(f"{path.name}, line {number}: this is not JSON ({str(error)[:200]}).") from error
    if not _is_text(line) or not _is_text(record):
        raise InterchangeError(f"{path.name}, line {number}: a character in it is no text.")
    if not isinstance(record, dict):
        raise InterchangeError(f"{path.name}, line {number}: a record is an object with named values.")
    return f"{path.name}, line {number}, record {record.get('slug', '?')}", record


def _is_text(value: Any) -> bool:
    """Whether all text in it can be stored: halves of characters and the null character cannot."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, dict):
        return all(map(_is_text, [*value, *value.values()]))
    return all(map(_is_text, value)) if isinstance(value, list) else True


def _load_record(
    model: type[CatalogRecord],
    where: str,
    record: Record,
    rows: dict[str, CatalogRecord],
    report: LoadReport,
    overwrite: bool,
    references: References,
) -> None:
    gone = _follow_retired(model, record, references)
    if gone:
        report.kept += 1
        report.remarks.append(f"{where}: left out, for its {gone} was deleted here.")
        return
    theirs = _normal(model, record, where, references)
    row = rows.get(record["slug"])
    if row is None:
        successor = RetiredSlug.successor_of(model._meta.model_name or "", record["slug"])
        if successor is not None and not overwrite:
            report.kept += 1
            fate = f"renamed to {successor}" if successor else "deleted"
            report.remarks.append(f"{where}: kept as it is here, {fate}.")
            return
        row = rows.get(successor or "")
        _save(row or model(), record, where, references)
        report.updated += row is not None
        report.created += row is None
        return
    here = to_record(row, references)
    if here == theirs:
        report.unchanged += 1
    elif digest(here) == row.loaded_digest or overwrite:
        _save(row, record, where, references)
        report.updated += 1
    else:
        report.kept += 1
        report.remarks.append(f"{where}: kept as edited here; {_differences(here, theirs)}.")


def _follow_retired(model: type[CatalogRecord], record: Record, references: References) -> str:
    """Lead references by a former slug to the record's present one, and leave out those that were deleted here.

    Returns the name of one that was deleted here and that the record cannot do without, or "".
    """
    for column in columns(model):
        slug = record.get(column.name)
        if not isinstance(column, ForeignKey) or not isinstance(slug, str):
            continue
        successor = references.successor(column.related_model, slug)
        if successor == "" and column.null:
            del record[column.name]
        elif successor == "":
            return f"{column.name} {slug}"
        else:
            record[column.name] = successor or slug
    return ""


def _normal(model: type[CatalogRecord], record: Record, where: str, references: References) -> Record:
    """The record as the catalog would export it, so that other words for the same are no difference."""
    row = model()
    _fill(row, record, where, references)
    return to_record(row, references)


def _differences(here: Record, theirs: Record) -> str:
    names = [name for name in {**here, **theirs} if here.get(name) != theirs.get(name)]
    return "; ".join(f"{name} is {_brief(here.get(name))}, the file has {_brief(theirs.get(name))}" for name in names)


def _brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _fill(row: CatalogRecord, record: Record, where: str, references: References) -> None:
    try:
        fill(row, record, references)
    except RecordError as error:
        raise InterchangeError(f"{where}, field {error.field}: {error}") from error


def _save(row: CatalogRecord, record: Record, where: str, references: References) -> None:
    _fill(row, record, where, references)
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise InterchangeError(_first_fault(where, error)) from error
    row.loaded_digest = digest(to_record(row, references))
    try:
        row.save()
    except IntegrityError as error:
        raise InterchangeError(_refusal(where, row, error)) from error


def _refusal(where: str, row: CatalogRecord, error: IntegrityError) -> str:
    """Why the database refused a row, in the constraint's words: to ask each for them takes long, so only now."""
    try:
        row.validate_constraints()
    except ValidationError as fault:
        return _first_fault(where, fault)
    return f"{where}: the database refused it ({error})."


def _first_fault(where: str, error: ValidationError) -> str:
    name, messages = next(iter(error.message_dict.items()))
    of_field = "" if name == "__all__" else f", field {name}"
    return f"{where}{of_field}: {' '.join(dict.fromkeys(messages))}"
