"""The form of a record: it keeps which state it was opened at, and writes only what was touched."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.forms import model_to_dict

from catalog.admin.conflict import Conflict
from catalog.admin.untouched import is_untouched
from catalog.models import CatalogRecord

MERGE = "_merge"
# Buttons that lead elsewhere than to the list.
LEADS_ON = ("_continue", "_addanother")
NOT_SAVED = "Nothing is saved yet. Somebody changed this record while you had it open: compare above."
# As many digits as every database can compare with a number of a state.
NUMBER = re.compile("[0-9]{1,18}", re.ASCII)


class StateNumber(forms.Field):
    """The number of a state, which the form keeps and nobody types; what is no number is none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> int | None:
        return int(value) if NUMBER.fullmatch(str(value or "")) else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RecordForm(forms.ModelForm):
    """Refuses to save over what somebody else changed since it was opened.

    `opened_state` is the state that it was opened at, `seen_state` the newest one that its conflict showed.
    """

    opened_state, seen_state = StateNumber(), StateNumber()
    # Why it can be shown and not saved, where that is so.
    refusal = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.conflict: Conflict | None = None
        # Other rows that are saved with this one, as saving would leave them.
        self.also_saved: list[CatalogRecord] = []
        newest = self._newest
        self.initial.update(opened_state=newest, seen_state=newest)

    @cached_property
    def _is_of_a_row(self) -> bool:
        return not self.instance._state.adding

    @cached_property
    def _newest(self) -> int | None:
        states = type(self.instance).history.filter(id=self.instance.pk)
        return states.values_list("history_id", flat=True).first() if self._is_of_a_row else None

    @cached_property
    def _opened(self) -> Any:
        """The state that the form was opened at, where there is one and it is of this record."""
        number = self.fields["opened_state"].clean(self["opened_state"].data)
        return type(self.instance).history.filter(id=self.instance.pk, history_id=number).first() if number else None

    @cached_property
    def _base(self) -> Mapping[str, Any]:
        """What a field is held against to see whether it was touched: the row, or the state merged with it."""
        return model_to_dict(self._opened) if self._is_merged and self._opened else self.initial

    @cached_property
    def _is_merged(self) -> bool:
        """Whether it is to be saved over the state that its conflict showed, which is still the newest."""
        seen = self.fields["seen_state"].clean(self["seen_state"].data)
        return MERGE in self.data and seen is not None and seen == self._newest

    @property
    def first_button(self) -> str:
        """The button that was pressed before what others did was seen: the merge ends where it leads."""
        return next((name for name in LEADS_ON if name in self.data), self.data.get(MERGE, "_save"))

    @cached_property
    def changed_data(self) -> list[str]:
        """As Django's, of what was touched."""
        if not self._is_of_a_row:
            return list(super().changed_data)
        return [name for name in self.fields if not is_untouched(self[name], self._base.get(name))]

    def _clean_fields(self) -> None:
        """As Django's; what was not touched has the value of the row, whatever a browser made of it."""
        super()._clean_fields()  # type: ignore[misc]  # not in the stubs
        if not self._is_of_a_row:
            return
        untouched = {name for name in self._meta.fields or () if name in self.cleaned_data}.difference(
            self.changed_data
        )
        self.cleaned_data.update({name: getattr(self.instance, name) for name in untouched})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.refusal:
            self.add_error(None, self.refusal)
        if self._is_of_a_row:
            self._look_for_a_conflict()
        return cleaned

    def _look_for_a_conflict(self) -> None:
        if self.cleaned_data.get("opened_state") == self._newest:
            return
        self.conflict = Conflict.of(self, self._opened, self._newest)
        if self.conflict and not self._is_merged:
            self.add_error(None, NOT_SAVED)
