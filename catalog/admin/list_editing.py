"""Figures that change often are changed in the list itself, by who may publish, and with the checks of the form."""

import re
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from catalog.admin.related_select import KEY
from catalog.labels import label
from catalog.models import CatalogRevision

MEANWHILE = "Somebody else made this %(now)s in the meantime. Open the list anew, then change it."

# The names under which the rows of a list send their keys; and what a row without one is told.
ROW_KEY = re.compile("form-[0-9]+-id")
NO_KEY = "This list has a row in it that can be no record. Nothing was saved.\n"


class ListRow(forms.ModelForm):
    """A row of a list. Only cells that were changed count, against what they were when the list was opened."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.show_hidden_initial = True
            field.widget.attrs["aria-label"] = f"{self._label(name)} of {self.instance}"

    def clean(self) -> dict[str, Any]:
        """A cell that was left alone stays as it is now; one that somebody else changed is not written over."""
        cleaned = super().clean() or self.cleaned_data
        for name in set(self.fields) & set(cleaned):
            now = getattr(self.instance, name)
            if name not in self.changed_data:
                cleaned[name] = now
            elif self._opened_with(name) != now:
                self.add_error(name, ValidationError(MEANWHILE, params={"now": now}))
        return cleaned

    def _post_clean(self) -> None:
        """As Django's, and the constraints that also speak of fields which the list does not have."""
        super()._post_clean()  # type: ignore[misc]  # not in the stubs
        if self.has_changed() and not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error)

    def _opened_with(self, name: str) -> Any:
        field = self.fields[name]
        sent = field.hidden_widget().value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
        try:
            return field.to_python(sent)
        except ValidationError:
            return None

    def add_error(self, field: str | None, error: Any) -> None:
        """A fault of a field that the list does not have is said above the row, with the field's name."""
        super().add_error(field, self._of_the_row(error) if field is None else error)

    def _of_the_row(self, error: Any) -> ValidationError:
        moved: dict[str, list[str]] = {}
        for name, sentences in ValidationError(error).update_error_dict({}).items():
            is_here = name in self.fields or name == NON_FIELD_ERRORS
            texts = ValidationError(sentences).messages
            said_at, texts = (
                (name, texts) if is_here else (NON_FIELD_ERRORS, [f"{self._label(name)}: {t}" for t in texts])
            )
            moved.setdefault(said_at, []).extend(texts)
        return ValidationError(moved)

    def _label(self, name: str) -> str:
        return capfirst(label(self._meta.model, name))


class EditedInLists(admin.ModelAdmin):
    """`list_editable` is for who may publish. A list changes no status, and all its rows are one change."""

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        if not self.has_publish_permission(request):  # type: ignore[attr-defined]  # of PublishingIsARight
            changelist.list_editable = ()
        return changelist

    def get_changelist_form(self, request: HttpRequest, **options: Any) -> type[forms.ModelForm]:
        callback = partial(self.formfield_for_dbfield, request=request)
        return modelform_factory(self.model, form=ListRow, fields=self.list_editable, formfield_callback=callback)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        keys = [key for name, key in request.POST.items() if ROW_KEY.fullmatch(name)]
        if not all(KEY.fullmatch(str(key)) for key in keys):
            return HttpResponse(NO_KEY, status=400, content_type="text/plain; charset=utf-8")
        with CatalogRevision.as_one_change():
            return super().changelist_view(request, extra_context)
