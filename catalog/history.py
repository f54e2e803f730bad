"""What changed in a record: each state that it had, compared with the one before, field by field."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from django.db import models
from django.db.models import ForeignKey

from catalog.differences import in_words
from catalog.models import CatalogRecord
from catalog.models.uses import Use, validate_uses

Column: TypeAlias = "models.Field[Any, Any]"

USE_NAMES: dict[str, Any] = dict(Use.choices)
ADDED, CHANGED, DELETED = "+", "~", "-"
VERBS = {ADDED: "added", CHANGED: "changed", DELETED: "deleted"}
# Why a state was given, where nobody typed it; kept with the state.
LOADED = "Loaded from a data file."
BEGUN = "As it was when history began to be kept."


class FieldChange(NamedTuple):
    """A field, under the name that forms have for it, and its value before and after in words."""

    name: str
    label: str
    before: str
    after: str


class Change(NamedTuple):
    """One state of a record with what made it: `who` is "" where nobody was signed in, as in a load."""

    state: Any
    at: datetime
    who: str
    why: str
    verb: str
    fields: list[FieldChange]


def changes(row: CatalogRecord) -> list[Change]:
    """Every change of a record, the newest first."""
    states = list(row.history.select_related("history_user"))
    return [change(state, earlier) for state, earlier in zip(states, [*states[1:], None], strict=True)]


def change(state: Any, earlier: Any) -> Change:
    """What made a state, compared with the state before it, if there was one."""
    who = state.history_user.get_username() if state.history_user else ""
    differing = fields_apart(earlier, state) if earlier is not None else []
    verb = VERBS[state.history_type]
    return Change(state, state.history_date, who, state.history_change_reason or "", verb, differing)


def fields_apart(older: models.Model, newer: models.Model) -> list[FieldChange]:
    """The fields in which two states of a record differ, or two rows of one kind; in the order of the form's."""
    return [_field_change(column, older, newer) for column in _compared(newer) if _differs(column, older, newer)]


def states_with_the_one_before(kind: type[CatalogRecord], states: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each of some states of one kind of record with the state before it, or None; two queries in all."""
    chosen = list(states)
    every = kind.history.filter(id__in={state.id for state in chosen}).order_by("id", "history_id")
    earlier: dict[int, Any] = {}
    last = None
    for state in every:
        earlier[state.history_id] = last if last is not None and last.id == state.id else None
        last = state
    for state in chosen:
        yield state, earlier.get(state.history_id)


def _compared(state: Any) -> list[Column]:
    tracked = getattr(state, "tracked_fields", None) or type(state).history.model.tracked_fields
    return [column for column in tracked if column.name != "id"]


def _differs(column: Column, older: models.Model, newer: models.Model) -> bool:
    return bool(getattr(older, column.attname) != getattr(newer, column.attname))


def _field_change(column: Column, older: models.Model, newer: models.Model) -> FieldChange:
    values = (getattr(state, column.attname) for state in (older, newer))
    before, after = in_words(*(as_a_form_shows(column, value) for value in values))
    return FieldChange(column.name, str(column.verbose_name), before, after)


def as_a_form_shows(column: Column, value: Any) -> Any:
    """A value of a column as a form shows it: the name of another record, the words of a choice."""
    if column.name == "saved_anyway":
        return "\n".join(f"{answer['says']} Saved anyway: {answer['reason']}" for answer in value or ())
    if isinstance(column, ForeignKey):
        return _name_of(column, value)
    if validate_uses in column.validators:
        return ", ".join(USE_NAMES.get(word, word) for word in value.split())
    if column.choices:
        return dict(column.flatchoices).get(value, value)
    if isinstance(column, models.DecimalField) and value is not None:
        return f"{value.normalize():,f}"
    return value


def _name_of(column: ForeignKey[Any, Any], key: int | None) -> str:
    """The name of the record that a key means, or once meant."""
    if key is None:
        return ""
    kind: Any = column.related_model
    name = kind.objects.filter(pk=key).values_list("name", flat=True).first()
    name = name or kind.history.filter(id=key).values_list("name", flat=True).first()
    return str(name or f"no. {key}, deleted")
