"""Whether a field of a form came back as it was shown: what nobody touched is not written."""

import re
from typing import Any

from django import forms
from django.forms import BoundField

LINE_END = re.compile("\r\n?")


def is_untouched(bound: BoundField, value: Any) -> bool:
    """Whether what was sent for a field is what a form shows for `value`; what browsers do to text is no change.

    A browser sends two characters for a new line, and none where a field has one line; Django cuts blanks at both ends.
    """
    if bound.field.disabled or not _has_changed(bound, value):
        return True
    widget: Any = bound.field.widget
    if not isinstance(bound.data, str) or not isinstance(widget, forms.TextInput | forms.Textarea):
        return False
    shown = widget.format_value(bound.field.prepare_value(value)) or ""
    return _as_sent(widget, shown) == _as_sent(widget, bound.data)


def _has_changed(bound: BoundField, value: Any) -> bool:
    try:
        return bool(bound.field.has_changed(value, bound.data))
    except ArithmeticError:
        # Of a signalling NaN, which is no number that could be compared: the field itself refuses it.
        return True


def _as_sent(widget: forms.Widget, text: str) -> str:
    lines = LINE_END.sub("\n", text)
    return lines if isinstance(widget, forms.Textarea) else lines.replace("\n", "")
