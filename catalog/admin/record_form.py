"""The form of a record: it asks about figures, and publishes no draft that lacks something."""

from typing import Any

from catalog.admin.doubts import AskingForm
from catalog.completeness import hindrances
from catalog.models import CatalogRecord


class RecordForm(AskingForm):
    """Whatever kind of record; `instance` is one."""

    instance: CatalogRecord

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.was_published = bool(self.instance.pk) and self.instance.is_published

    def _post_clean(self) -> None:
        """As the form that asks, and what hinders where this publishes a draft: no reason makes up for that."""
        super()._post_clean()
        if self.instance.is_published and not self.was_published and not self.errors:
            for sentence in hindrances(self.instance):
                self.add_error(None, sentence)
