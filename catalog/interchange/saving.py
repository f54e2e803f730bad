"""Writes rows of one kind. New rows wait for their batch; every refusal is a sentence at the row's place.

A row is first checked for all that can be said without the database, and the database has the last word. Whatever
either refuses is then checked alone, as a form would, for the sentence: it takes ten queries, so only then.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ForeignKey

from catalog.history import LOADED
from catalog.interchange.placed_records import InterchangeError
from catalog.interchange.records import columns, to_record
from catalog.interchange.references import References
from catalog.models import CatalogRecord, RetiredSlug

# New rows that are written together: those that are checked alone when the database refuses one of them.
BATCH = 200


class Saver:
    """Saves rows in the order in which they come; what is written, and what is refused, is as if each came alone."""

    def __init__(self, model: type[CatalogRecord], references: References, at: datetime) -> None:
        """`at` is when the load began: every state that it gives has that time in its history."""
        self.model, self.references, self.at = model, references, at
        self.retired, self.by_hand = RetiredSlug.led_away(model.kind())
        self._waiting: list[tuple[CatalogRecord, str]] = []

    def save(self, row: CatalogRecord, where: str) -> None:
        """Write the row, a new one with `flush` at the latest; raises InterchangeError."""
        valid = row.slug not in self.retired and _is_valid_by_itself(row)
        if valid and row.pk is None:
            self._wait(row, where)
            return
        self.flush()
        if not (valid and self._is_written(row)):
            self._save_alone(row, where)

    def flush(self) -> None:
        """Write all rows that wait; raises InterchangeError for the first that is refused."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        rows = [self._as_loaded(row) for row, _ in waiting]
        try:
            self.model.objects.bulk_create(rows)
        except IntegrityError:
            for row, where in waiting:
                self._save_alone(row, where)
        else:
            self.model.history.bulk_history_create(rows)

    def _wait(self, row: CatalogRecord, where: str) -> None:
        """Bulk creation sends no signal, and need not: the slug is no former one, and the revision is renewed."""
        self._waiting.append((row, where))
        if len(self._waiting) == BATCH:
            self.flush()

    def _is_written(self, row: CatalogRecord) -> bool:
        try:
            self._as_loaded(row).save()
        except IntegrityError:
            return False
        return True

    def _save_alone(self, row: CatalogRecord, where: str) -> None:
        try:
            row.full_clean(validate_constraints=False)
        except ValidationError as error:
            raise InterchangeError(_first_fault(where, error)) from error
        try:
            self._as_loaded(row).save()
        except IntegrityError as error:
            raise InterchangeError(_refusal(where, row, error)) from error

    def _as_loaded(self, row: CatalogRecord) -> Any:
        """The row, with what the next load and its history are to know of this one."""
        row.loaded_record, row.loaded_digest = to_record(row, self.references), ""
        state: Any = row
        state._history_date, state._change_reason = self.at, LOADED
        return state


def _is_valid_by_itself(row: CatalogRecord) -> bool:
    """Whether the row passes all checks but those that ask for other rows, which the database makes when it is written.

    What it refers to was found among the rows there; its slug is no former one.
    """
    looked_up = [column.name for column in columns(type(row)) if _refers(row, column)]
    row.slug_was_never_retired = True
    try:
        row.clean_fields(exclude=looked_up)
        row.clean()
    except ValidationError:
        return False
    finally:
        row.slug_was_never_retired = False
    return True


def _refers(row: CatalogRecord, column: object) -> bool:
    return isinstance(column, ForeignKey) and getattr(row, column.attname) is not None


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
