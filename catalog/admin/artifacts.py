from django.contrib import admin

from catalog.admin.records import CatalogRecordAdmin
from catalog.models import Artifact


@admin.register(Artifact)
class ArtifactAdmin(CatalogRecordAdmin):
    list_display = ("name", "model", "quant", "size_bytes", "publisher", "status", "updated_at")
    list_filter = ("status", "quant")
    list_select_related = ("model", "quant")
    search_fields = ("name", "slug", "publisher", "model__name")
    autocomplete_fields = ("model", "quant")
    fieldsets = (
        (None, {"fields": ("name", "slug", "model", "quant", "size_bytes", "publisher")}),
        CatalogRecordAdmin.housekeeping,
    )
