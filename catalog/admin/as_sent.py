"""A form as a browser sends it where nothing is typed."""

from typing import Any

from django.forms import BaseForm, BoundField
from django.http import QueryDict


def as_sent(form: BaseForm) -> QueryDict:
    """Every field of a form that is shown with its initial values."""
    sent = QueryDict(mutable=True)
    for field in form:
        sent.setlist(field.html_name, _texts(field))
    return sent


def _texts(field: BoundField) -> list[str]:
    """Of boxes to tick each that is ticked; of any other field one text, or none."""
    if getattr(field.field.widget, "allow_multiple_selected", False):
        return [str(value) for value in field.value() or ()]
    text = _text(field)
    return [] if text is None else [text]


def _text(field: BoundField) -> str | None:
    """What stands in a field; nothing of a box that is not ticked."""
    value: Any = field.value()
    if isinstance(value, bool):
        return "on" if value else None
    text = field.field.widget.format_value(value)
    if isinstance(text, list):
        text = next(iter(text), "")
    return "" if text is None else str(text)
