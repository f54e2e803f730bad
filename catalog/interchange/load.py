"""Records in and out of the catalog: one JSON object a line, sorted by slug, one file a kind.

A load is one transaction and can be repeated. It never overwrites what an editor changed: each row remembers the
record it was loaded from, so a row that no longer matches it was touched here, and is kept unless told.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import ForeignKey
from django.utils import timezone

from catalog.interchange.files import DATA_DIRECTORY, file_name
from catalog.interchange.placed_records import InterchangeError, PlacedRecord, placed_records
from catalog.interchange.records import Record, RecordError, columns, digest, fill, in_brief, to_record
from catalog.interchange.references import References, related_model
from catalog.interchange.saving import Saver
from catalog.models import RECORD_MODELS, CatalogRecord, CatalogRevision, RetiredSlug
from catalog.patience import within

# A load of the whole catalog takes seconds.
WAIT_S = 60


@dataclass
class LoadReport:
    """What a load did, or would do."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    remarks: list[str] = field(default_factory=list)
    began_at: datetime = field(default_factory=timezone.now, compare=False)

    def __str__(self) -> str:
        counts = f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, kept {self.kept}"
        return "\n".join([*self.remarks, counts])


def load_catalog(directory: Path = DATA_DIRECTORY, *, overwrite: bool = False, dry_run: bool = False) -> LoadReport:
    """Load every file of `directory` or nothing; `overwrite` gives up editors' changes, `dry_run` undoes all.

    Raises InterchangeError.
    """
    report, references = LoadReport(), References()
    with transaction.atomic():
        keep_edits_waiting()
        with CatalogRevision.as_one_change():
            for model in RECORD_MODELS:
                Loader(model, references, report, overwrite=overwrite).load(directory / file_name(model))
        if dry_run:
            transaction.set_rollback(True)
    return report


def keep_edits_waiting() -> None:
    """Until the transaction ends, edits and other loads wait, and readers do not: no row is written as it was before.

    A transaction of SQLite is alone from its beginning (config.databases). Raises OperationalError after WAIT_S.
    """
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in RECORD_MODELS)
    with within(WAIT_S + 5), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_S}s'; SET LOCAL statement_timeout = 0")
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")


class Loader:
    """Loads the records of one kind, each to one outcome: created, updated, unchanged or kept."""

    def __init__(
        self, model: type[CatalogRecord], references: References, report: LoadReport, *, overwrite: bool
    ) -> None:
        self.model, self.references, self.report, self.overwrite = model, references, report, overwrite
        self.rows = {row.slug: row for row in model.objects.all()}
        self.saver = Saver(model, references, report.began_at)

    def load(self, path: Path) -> None:
        """Load every record of a file; raises InterchangeError."""
        try:
            self._load_all(path)
        except InterchangeError:
            # A record before it may be the first that is refused.
            self.saver.flush()
            raise
        self.saver.flush()

    def _load_all(self, path: Path) -> None:
        seen: set[str] = set()
        for placed in placed_records(path):
            if not isinstance(placed.slug, str) or placed.slug in seen:
                raise InterchangeError(f"{placed.where}, field slug: every record needs a slug of its own.")
            seen.add(placed.slug)
            self._load(placed)

    def _load(self, placed: PlacedRecord) -> None:
        deleted = self._follow_retired(placed.record)
        if deleted:
            self._keep(f"{placed.where}: left out, for its {deleted} was deleted here.")
            return
        row, new = self.rows.get(placed.slug), self._filled(self.model(), placed)
        if row is None:
            self._add(new, placed)
        else:
            self._compare(row, new, placed)

    def _compare(self, row: CatalogRecord, new: CatalogRecord, placed: PlacedRecord) -> None:
        """A record that has a row. Both as an export would have them: other words for the same are no difference."""
        ours, theirs = to_record(row, self.references), to_record(new, self.references)
        if ours == theirs:
            self.report.unchanged += 1
        elif self.overwrite or ours == _last_loaded(row, ours):
            self._update(row, placed)
        else:
            self._keep(f"{placed.where}: kept as edited here; {_differences(ours, theirs)}.")

    def _add(self, new: CatalogRecord, placed: PlacedRecord) -> None:
        """A record that has no row: new, or renamed or deleted here since."""
        successor = self.saver.retired.get(placed.slug)
        renamed = self.rows.get(successor or "")
        if successor is not None and not self.overwrite:
            self._keep(f"{placed.where}: kept as it is here, {f'renamed to {successor}' if successor else 'deleted'}.")
        elif renamed is not None:
            self._update(renamed, placed)
        else:
            self._give_address(placed, was_deleted=successor is not None)
            self.saver.save(new, placed.where)
            self.report.created += 1

    def _give_address(self, placed: PlacedRecord, *, was_deleted: bool) -> None:
        """A record whose address leads elsewhere gets it: it was deleted here and is to come back, or it is new."""
        if placed.slug in self.saver.by_hand:
            self.report.remarks.append(f"{placed.where}: has its address, which led elsewhere by hand.")
        if was_deleted or placed.slug in self.saver.by_hand:
            RetiredSlug.revive(self.model.kind(), placed.slug)
            self.saver.retired.pop(placed.slug, None)

    def _keep(self, remark: str) -> None:
        self.report.kept += 1
        self.report.remarks.append(remark)

    def _update(self, row: CatalogRecord, placed: PlacedRecord) -> None:
        self.saver.save(self._filled(row, placed), placed.where)
        self.report.updated += 1

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

    def _filled(self, row: CatalogRecord, placed: PlacedRecord) -> CatalogRecord:
        """The row with what the record says."""
        try:
            fill(row, placed.record, self.references)
        except RecordError as error:
            raise InterchangeError(f"{placed.where}, field {error.field}: {error}") from error
        return row


def _last_loaded(row: CatalogRecord, ours: Record) -> Record | None:
    """The record that a row was last loaded from; None where that is not known. A digest is of the row as it is now."""
    if row.loaded_record is None and digest(ours) == row.loaded_digest:
        return ours
    loaded: Record | None = row.loaded_record
    return loaded


def _differences(ours: Record, theirs: Record) -> str:
    names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    return "; ".join(
        f"{name} is {in_brief(ours.get(name))}, the file has {in_brief(theirs.get(name))}" for name in names
    )
