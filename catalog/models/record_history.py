"""Every state that a record had: who gave it, when, and why."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

# What is not of the record itself: when it was written, and what a load remembers of it.
NOT_KEPT = ("created_at", "updated_at", "loaded_digest", "loaded_record")


class RecordHistory(HistoricalRecords):
    """History of one kind of record. A save that changes nothing leaves no mark, and no right is asked for it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"inherit": True, "excluded_fields": list(NOT_KEPT), **options})

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """As the library's, in the order in which states were given, whatever a clock said; without rights of its own:
        who may look at a record may look at its history."""
        order = {"ordering": ("-history_id",), "get_latest_by": ("history_id",)}
        return {**super().get_meta_options(model), **order, "default_permissions": ()}

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        """Keep the state that the row has now, where it differs from the last one kept."""
        if history_type == "~" and self._is_as_before(instance):
            return
        super().create_historical_record(instance, history_type, using=using)

    def _is_as_before(self, instance: Any) -> bool:
        names = [column.attname for column in self.fields_included(instance)]
        last = instance.history.values(*names).first()
        return last is not None and all(_as_kept(instance, name) == value for name, value in last.items())


def _as_kept(instance: models.Model, name: str) -> Any:
    """A value as a database gives it back: a form has a decimal as a number, code may give text."""
    column: Any = instance._meta.get_field(name)
    return column.to_python(getattr(instance, name))
