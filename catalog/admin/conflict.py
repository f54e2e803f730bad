"""What two people did to one record at the same time, field by field."""

import datetime
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.forms import model_to_dict

from catalog.admin.untouched import is_untouched
from catalog.differences import in_words
from catalog.history import as_a_form_shows, fields_apart

THEIRS, YOURS, BOTH = "changed by them", "changed by you", "changed by both"
SAME, NOT_KNOWN = "the same", "not known"


class FieldInConflict(NamedTuple):
    """One field: as the form was opened, as it is now, and as it was typed; and who changed it."""

    name: str
    label: str
    opened: str
    now: str
    typed: str
    whose: str


@dataclass(frozen=True)
class Conflict:
    """Who changed a record while a form of it was open, when, and how that compares with what was typed."""

    who: str
    at: datetime.datetime
    newest: int
    fields: list[FieldInConflict]

    @classmethod
    def of(cls, form: Any, opened: Any, newest: int | None) -> "Conflict | None":
        """None where a save writes over nothing that somebody else changed."""
        last = type(form.instance).history.select_related("history_user").filter(history_id=newest).first()
        if last is None or not _writes_over(form, opened):
            return None
        who = last.history_user.get_username() if last.history_user else ""
        return cls(who, last.history_date, last.history_id, list(_fields(form, opened)))


def _writes_over(form: Any, opened: Any) -> bool:
    """Whether a field that they changed has another value in the form; any field where nobody knows what they did."""
    theirs = _changed_by_them(form, opened)
    return any(not is_untouched(form[name], form.initial.get(name)) for name in theirs if name in form.fields)


def _changed_by_them(form: Any, opened: Any) -> list[str]:
    if opened is None:
        return list(form.initial)
    return [change.name for change in fields_apart(opened, form.instance)]


def _fields(form: Any, opened: Any) -> list[FieldInConflict]:
    """Each field that either of the two changed, in the order of the form's."""
    theirs = set(_changed_by_them(form, opened)) if opened is not None else set()
    base = model_to_dict(opened) if opened is not None else form.initial
    names = [name for name in form._meta.fields if name in form.fields]
    yours = {name for name in names if not is_untouched(form[name], base.get(name))}
    return [_field(form, opened, name, name in theirs, name in yours) for name in names if name in theirs | yours]


def _field(form: Any, opened: Any, name: str, theirs: bool, yours: bool) -> FieldInConflict:
    column = form.instance._meta.get_field(name)
    now = as_a_form_shows(column, getattr(form.instance, column.attname))
    before = now if opened is None else as_a_form_shows(column, getattr(opened, column.attname))
    typed = _typed(form, column) if yours else before
    words = in_words(before, now) if theirs else in_words(before, typed)
    return FieldInConflict(
        name,
        str(column.verbose_name),
        words[0] if opened is not None else NOT_KNOWN,
        words[1] if theirs else (SAME if opened is not None else words[0]),
        in_words(before, typed)[1] if yours else SAME,
        BOTH if theirs and yours else THEIRS if theirs else YOURS,
    )


def _typed(form: forms.ModelForm, column: Any) -> Any:
    """What was typed, as a form shows it; letter by letter where it can be no value."""
    if column.name not in form.cleaned_data:
        return form[column.name].data
    value = form.cleaned_data[column.name]
    return as_a_form_shows(column, getattr(value, "pk", value))
