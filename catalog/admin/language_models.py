from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalog.admin.choices import Suggesting, in_use
from catalog.admin.figures import column
from catalog.admin.records import CatalogRecordAdmin
from catalog.admin.uses_field import UsesField
from catalog.models import LanguageModel


@admin.register(LanguageModel)
class LanguageModelAdmin(CatalogRecordAdmin):
    list_display = (
        *("name", column(LanguageModel, "parameters"), "mixture_of_experts", "common", "commercial_use", "status"),
        *("vendor", "family", "updated_at"),
    )
    list_editable = ("common", "commercial_use")
    list_filter = ("status", "common", "mixture_of_experts", "commercial_use", "vendor", "family")
    readonly_fields = (*CatalogRecordAdmin.readonly_fields, "notes_preview")
    search_fields = ("name", "full_name", "also_called", "slug", "family", "vendor", "hugging_face_id")
    fieldsets = (
        (None, {"fields": ("name", "slug", "full_name", "also_called", "vendor", "family")}),
        CatalogRecordAdmin.housekeeping,
        ("What people run", {"fields": ("uses", "common", "common_reason", "successor")}),
        (
            "Size",
            {
                "description": "Exact numbers of weights: 8030261248, not 8B. On the checkpoint's own page.",
                "fields": (
                    "parameters",
                    "mixture_of_experts",
                    "active_parameters",
                    "native_context",
                    "extended_context",
                    "file_context",
                    "architecture",
                ),
            },
        ),
        (
            "Beside the language model",
            {
                "classes": ("collapse",),
                "fields": ("tower_parameters", "draft_parameters", "header_parameters", "header_extra"),
            },
        ),
        (
            "Release",
            {"fields": ("release_date", "licence", "commercial_use", "modalities", "hugging_face_id")},
        ),
        ("Notes", {"fields": ("notes", "notes_preview", "editor_notes", "confidence")}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "uses":
            return UsesField(label="Uses", help_text=db_field.help_text)
        if db_field.name == "successor":
            options["widget"] = Suggesting(in_use(LanguageModel, "slug"))
        return super().formfield_for_dbfield(db_field, request, **options)
