"""The form of a record: a draft that lacks something is not published by it."""

from typing import Any

from django import forms

from catalog.completeness import hindrances
from catalog.models import CatalogRecord


class RecordForm(forms.ModelForm):
    """Whatever kind of record; `instance` is one."""

    instance: CatalogRecord

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.was_published = bool(self.instance.pk) and self.instance.is_published

    def _post_clean(self) -> None:
        """As Django's, which fills in the record, and what is missing where this publishes it."""
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        if self.instance.is_published and not self.was_published and not self.errors:
            for sentence in hindrances(self.instance):
                self.add_error(None, sentence)
