"""What was done to many records at once is said in the history of each."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalog import reasons


class SaysWhyOfMany(admin.ModelAdmin):
    """Rows that are deleted together, or changed in one list, say with how many others."""

    # The keys of the rows that this request has saved.
    SAVED = "_keys_saved"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        setattr(request, self.SAVED, [*getattr(request, self.SAVED, []), obj.pk])

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        keys = list(queryset.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
        reasons.give(self.model, keys, reasons.with_others(reasons.DELETED, len(keys)))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Within the transaction of `EditedInLists`."""
        answer = super().changelist_view(request, extra_context)
        keys = getattr(request, self.SAVED, [])
        if keys:
            reasons.give(self.model, keys, reasons.with_others(reasons.IN_A_LIST, len(keys)))
        return answer
