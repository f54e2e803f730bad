from django.contrib import admin

from catalog.admin.figures import column
from catalog.admin.records import CatalogRecordAdmin
from catalog.models import Artifact, Repository


@admin.register(Artifact)
class ArtifactAdmin(CatalogRecordAdmin):
    list_display = (
        *("name", column(Artifact, "size_bytes"), "preferred", "label", "quant", "status", "model", "publisher"),
        "updated_at",
    )
    list_editable = ("preferred",)
    list_filter = ("status", "kind_of_file", "preferred", "publisher", "quant")
    list_select_related = ("model", "quant")
    search_fields = ("name", "slug", "label", "repository", "file_name", "model__name")
    autocomplete_fields = ("model", "quant")
    fieldsets = (
        (None, {"fields": ("name", "slug", "model", "kind_of_file", "label", "quant", "preferred")}),
        ("File", {"fields": ("repository", "file_name", "publisher", "seen_in")}),
        (
            "Size",
            {
                "description": "Bytes: 5027783488. A size that is only known as 5.03 GB has a rounding of 10000000.",
                "fields": ("size_bytes", "rounding_bytes", "token_list_bytes", "draft_bytes"),
            },
        ),
        ("Notes", {"fields": ("editor_notes",)}),
        CatalogRecordAdmin.housekeeping,
    )


@admin.register(Repository)
class RepositoryAdmin(CatalogRecordAdmin):
    list_display = ("name", "model", "kind_of_files", "publisher", "labels", "status", "updated_at")
    list_filter = ("status", "kind_of_files", "publisher")
    list_select_related = ("model",)
    search_fields = ("name", "slug", "labels", "model__name")
    autocomplete_fields = ("model",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "model", "kind_of_files", "publisher", "labels", "seen_in")}),
        ("Notes", {"fields": ("editor_notes",)}),
        CatalogRecordAdmin.housekeeping,
    )
