"""JSON in a form, by the reader that data files are read with."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

from catalog.json_text import JsonTextError, read_json


class JsonTextField(forms.JSONField):
    """Refuses in a sentence what cannot be stored, and shows it again as it was sent."""

    def to_python(self, value: Any) -> Any:
        if self.disabled or value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return super().to_python(json.dumps(read_json(value)))
        except JsonTextError as error:
            raise ValidationError(str(error)) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        if self.disabled or data is None:
            return super().bound_data(data, initial)
        try:
            return read_json(data)
        except JsonTextError:
            return InvalidJSONInput(data)
