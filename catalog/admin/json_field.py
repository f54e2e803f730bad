"""JSON in a form, by the reader that data files are read with."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

from catalog.json_text import JsonTextError, read_json
from fit.architecture_bounds import MOST_CHARACTERS

# Four times the longest architecture document (fit.architecture_bounds): whoever indents may take that many blanks.
MOST_TYPED = 4 * MOST_CHARACTERS


class JsonTextField(forms.JSONField):
    """Refuses in a sentence what cannot be stored, and shows it again as it was sent."""

    def to_python(self, value: Any) -> Any:
        if self.disabled or value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return super().to_python(json.dumps(_read(value)))
        except JsonTextError as error:
            raise ValidationError(str(error)) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        if self.disabled or data is None:
            return super().bound_data(data, initial)
        try:
            return _read(data)
        except JsonTextError:
            return InvalidJSONInput(data)


def _read(text: str) -> Any:
    if len(text) > MOST_TYPED:
        raise JsonTextError(f"this is longer than {MOST_TYPED:,} characters.")
    return read_json(text)
