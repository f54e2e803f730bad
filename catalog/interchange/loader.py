"""Loads the records of one kind: each is compared with its row, then all are settled, then they are written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import ForeignKey

from catalog.interchange.collisions import Collisions, check_file
from catalog.interchange.former_addresses import FormerAddresses
from catalog.interchange.loaded_as import DIGEST, EDITED, base_of, check, stated
from catalog.interchange.matching_rows import RowNotToMatch, Rows
from catalog.interchange.merging import Merge
from catalog.interchange.mixed_rows import check_by_itself
from catalog.interchange.parking import park
from catalog.interchange.placed_records import InterchangeError, PlacedRecord, placed_records
from catalog.interchange.records import Record, RecordError, columns, fill, to_record
from catalog.interchange.references import References, related_model
from catalog.interchange.report import LoadReport
from catalog.interchange.saving import Saver
from catalog.models import CatalogRecord, RetiredSlug

WRITTEN_TOGETHER = 200


@dataclass(frozen=True)
class Loading:
    """What one load has in common, whatever kind it is at. `alone`: one file of several, whose references are here."""

    references: References
    report: LoadReport
    former: FormerAddresses
    overwrite: bool = False
    alone: bool = False


class Loader:
    """Loads one file."""

    def __init__(self, model: type[CatalogRecord], loading: Loading) -> None:
        self.model, self.loading, self.references = model, loading, loading.references
        self.all_rows = list(model.objects.all())
        self.saver = Saver(model, loading.report.began_at)
        self.rows = Rows(self.all_rows, self.saver.retired, loading.former.renamed(model))

    def load(self, path: Path) -> None:
        """Load every record of a file; raises InterchangeError."""
        merges: list[Merge] = []
        try:
            for merge in self._merges(path):
                merges.append(merge)
        except InterchangeError:
            # A record before it may be the first that is refused.
            self._write(merges)
            raise
        self._write(merges)

    def _merges(self, path: Path) -> Iterator[Merge]:
        placed, fault = _read(path)
        in_file = {record.slug for record in placed}
        for record in placed:
            yield self._merge(record, in_file)
        if fault is not None:
            raise fault

    def _merge(self, placed: PlacedRecord, in_file: set[str]) -> Merge:
        edited = placed.record.pop(EDITED, None)
        missing = self._follow_references(placed.record)
        merge = self._read_by_itself(placed, edited, missing)
        if not merge.refused:
            self._find_row(merge, in_file)
            merge.compare(overwrite=self.loading.overwrite)
            self._leave_former_address(merge)
        return merge

    def _read_by_itself(self, placed: PlacedRecord, edited: Any, missing: str) -> Merge:
        new = self.model()
        try:
            check(self.model, edited)
            # What is left out is read as far as it goes: a fault of the file is none less for it.
            fill(new, placed.record, self.references)
            theirs = to_record(new, self.references)
            loaded_as = stated(self.model, theirs, placed.record, edited, self.references)
        except RecordError as error:
            raise InterchangeError(f"{placed.where}, field {error.field}: {error}") from error
        if isinstance(edited, dict):
            new.loaded_digest = edited.get(DIGEST, "")
        return Merge(placed, new, theirs, loaded_as, refused=missing)

    def _find_row(self, merge: Merge, in_file: set[str]) -> None:
        try:
            merge.row = self.rows.match(merge.placed.slug, in_file, overwrite=self.loading.overwrite)
        except RowNotToMatch as why:
            merge.refused, merge.leads_on = str(why), why.leads_on
        if merge.row is not None:
            merge.ours = to_record(merge.row, self.references)
            merge.base = base_of(merge.row, merge.ours, self.references)

    def _leave_former_address(self, merge: Merge) -> None:
        """A row gets no address that is kept for another."""
        owner = self.saver.retired.get(merge.placed.slug)
        if owner and merge.row is not None and "slug" in merge.taken and owner != merge.row.slug:
            merge.give_way(["slug"], f"slug {merge.placed.slug} is a former one of {owner} here")

    def _follow_references(self, record: Record) -> str:
        """Lead references by a former slug to the record's present one, and leave out those that are not here.

        Returns why a record cannot be loaded that cannot do without, or "".
        """
        missing = ""
        for column in columns(self.model):
            slug = record.get(column.name)
            if not isinstance(column, ForeignKey) or not isinstance(slug, str):
                continue
            record[column.name], why = self._present(column, slug)
            if why and not column.null:
                missing = f"left out, for its {column.name} {slug} {why}"
        return missing

    def _present(self, column: Any, slug: str) -> tuple[str | None, str]:
        """The slug that a record has here, and why it has none."""
        model = related_model(column)
        if slug in self.references.left_out[model]:
            return None, "was left out"
        successor = self.references.successor(model, slug)
        if successor == "":
            return None, "was deleted here"
        if self.loading.alone and self.references.key(model, successor or slug) is None:
            return None, "is not here"
        return successor or slug, ""

    def _write(self, merges: list[Merge]) -> None:
        check_file(self.model, merges)
        collisions = Collisions(self.model, self.all_rows, [merge for merge in merges if not merge.refused])
        collisions.settle()
        for merge in merges:
            if merge.refused:
                check_by_itself(merge)
        for row, rule in collisions.taken_over():
            park(row, rule)
        for merge in sorted(merges, key=lambda merge: merge.is_new):
            self._save(merge)
        self.saver.flush()
        self._remember(merges)
        for merge in merges:
            self._account(merge)

    def _save(self, merge: Merge) -> None:
        if merge.refused or not (merge.is_new or merge.taken):
            return
        row = merge.new if merge.row is None else merge.row
        remembered = merge.remembered()
        for column in columns(self.model):
            setattr(row, column.attname, merge.value(column.attname, column.name))
        if merge.is_new:
            self._give_address(merge)
        row.loaded_record, row.loaded_digest = remembered, "" if remembered is not None else row.loaded_digest
        self.saver.save(row, merge.placed.where)

    def _give_address(self, merge: Merge) -> None:
        """A new record gets the address that its own record had here until it was deleted, or that led elsewhere."""
        slug = merge.placed.slug
        if slug in self.saver.by_hand:
            self.loading.report.remarks.append(f"{merge.placed.where}: has its address, which led elsewhere by hand.")
        if slug in self.saver.by_hand or slug in self.saver.retired:
            RetiredSlug.revive(self.model.kind(), slug)
            self.saver.retired.pop(slug, None)

    def _remember(self, merges: list[Merge]) -> None:
        """What rows count as loaded as that were not written: no change of theirs."""
        rows = [row for merge in merges if (row := self._newly_remembering(merge)) is not None]
        self.model._base_manager.bulk_update(rows, ["loaded_record", "loaded_digest"], batch_size=WRITTEN_TOGETHER)

    def _newly_remembering(self, merge: Merge) -> CatalogRecord | None:
        if merge.refused or merge.row is None or merge.taken:
            return None
        remembered = merge.remembered()
        if remembered is None or merge.row.loaded_record == remembered:
            return None
        merge.row.loaded_record, merge.row.loaded_digest = remembered, ""
        return merge.row

    def _account(self, merge: Merge) -> None:
        report = self.loading.report
        if merge.refused and not merge.leads_on:
            self.references.left_out[self.model].add(merge.placed.slug)
        outcome = _outcome(merge)
        setattr(report, outcome, getattr(report, outcome) + 1)
        report.kept_fields += len(merge.kept)
        report.remarks += [remark] if (remark := merge.remark()) else []


def _outcome(merge: Merge) -> str:
    """What a record counts as."""
    if merge.refused:
        return "kept"
    if merge.is_new:
        return "created"
    if merge.taken:
        return "updated"
    return "kept" if merge.differing else "unchanged"


def _read(path: Path) -> tuple[list[PlacedRecord], InterchangeError | None]:
    """The records of a file up to its first fault, and that fault."""
    read: list[PlacedRecord] = []
    seen: set[str] = set()
    try:
        for placed in placed_records(path):
            if not isinstance(placed.slug, str) or placed.slug in seen:
                raise InterchangeError(f"{placed.where}, field slug: every record needs a slug of its own.")
            seen.add(placed.slug)
            read.append(placed)
    except InterchangeError as error:
        return read, error
    return read, None
