"""A row that keeps some of its own and takes the rest from a file: as much of the file as goes with what is kept."""

from collections.abc import Callable
from copy import copy
from functools import partial

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, ForeignKey

from catalog.interchange.merging import Merge
from catalog.interchange.placed_records import InterchangeError
from catalog.interchange.records import columns
from catalog.models import CatalogRecord
from catalog.models.quant import ANOTHER_DEFAULT

Fault = tuple[str, str]


def fit_together(merge: Merge) -> None:
    """Leave out the fields of the file that contradict what is kept. Raises InterchangeError where the file alone does.

    One field after another is tried, until none of the others goes any more.
    """
    here = faults(_with(merge, set()))
    if not faults(_with(merge, merge.taken)) - here:
        return
    check_by_itself(merge)
    going = _that_go(merge, here)
    for name in sorted(merge.taken - going):
        sentences = {sentence for _, sentence in faults(_with(merge, going | {name})) - here}
        merge.give_way([name], f"with what is here: {' '.join(sorted(sentences)).rstrip('.')}")


def check_by_itself(merge: Merge) -> None:
    """Refuse a record that no row could be, whatever is here: InterchangeError."""
    for field, sentence in sorted(faults(merge.new), key=lambda fault: (not fault[0], fault)):
        raise InterchangeError(f"{merge.placed.where}{f', field {field}' if field else ''}: {sentence}")


def _that_go(merge: Merge, here: set[Fault]) -> set[str]:
    going: set[str] = set()
    names = [name for name in merge.differing if name in merge.taken]
    for _ in names:
        more = [n for n in names if n not in going and not faults(_with(merge, going | {n})) - here]
        if not more:
            break
        going.add(more[0])
    return going


def _with(merge: Merge, names: set[str]) -> CatalogRecord:
    """The row that is here with these fields of the file."""
    row = copy(merge.row)
    assert row is not None
    for column in columns(type(row)):
        if column.name in names:
            setattr(row, column.attname, getattr(merge.new, column.attname))
    return row


def faults(row: CatalogRecord) -> set[Fault]:
    """What is wrong with a row by itself, other rows aside: field, "" for several, and sentence."""
    wrong: set[Fault] = set()
    looked_up = [column.name for column in columns(type(row)) if isinstance(column, ForeignKey)]
    row = copy(row)
    row.slug_was_never_retired = True
    for check in (lambda: row.clean_fields(exclude=looked_up), row.clean, *_constraints(row)):
        try:
            check()
        except ValidationError as error:
            wrong |= _named(error)
    return {fault for fault in wrong if fault[1] != ANOTHER_DEFAULT}


def _constraints(row: CatalogRecord) -> list[Callable[[], None]]:
    rules = [rule for rule in row._meta.constraints if isinstance(rule, CheckConstraint)]
    return [partial(rule.validate, type(row), row) for rule in rules]


def _named(error: ValidationError) -> set[Fault]:
    named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return {("" if name == "__all__" else name, words) for name, sentences in named.items() for words in sentences}
