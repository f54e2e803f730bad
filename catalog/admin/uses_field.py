"""Words of a closed set in one column of text, chosen by ticking boxes."""

from typing import Any

from django import forms

from catalog.models.uses import Use


class UsesField(forms.MultipleChoiceField):
    """Kept as one text with spaces between: "code vision"."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=Use.choices, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        """The words of a row's text; what was sent is a list already."""
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """In the order of the set, whatever the order of the boxes."""
        ticked = super().clean(self.prepare_value(value))
        return " ".join(word for word in Use.values if word in ticked)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), self.prepare_value(data))
