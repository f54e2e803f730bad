"""The form of a record publishes no draft that lacks something which no reason makes up for."""

from typing import Any

from django import forms

from catalog.completeness import hindrances
from catalog.models import CatalogRecord


class PublishingForm(forms.ModelForm):
    """Whatever kind of record; `instance` is one."""

    instance: CatalogRecord

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.was_published = bool(self.instance.pk) and self.instance.is_published

    def _post_clean(self) -> None:
        """As the form that asks, and then what hinders where this publishes a draft."""
        super()._post_clean()  # type: ignore[misc]  # not in the stubs
        if self.instance.is_published and not self.was_published and not self.errors:
            for sentence in hindrances(self.instance):
                self.add_error(None, sentence)
