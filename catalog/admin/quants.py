from django.contrib import admin

from catalog.admin.records import CatalogRecordAdmin
from catalog.models import Quant


@admin.register(Quant)
class QuantAdmin(CatalogRecordAdmin):
    list_display = (
        "name",
        "order",
        "shown",
        "bytes_per_weight",
        "worth_recommending",
        "is_default",
        "status",
        "updated_at",
    )
    list_editable = ("order", "shown", "worth_recommending")
    list_filter = ("status", "shown", "worth_recommending", "needs_imatrix")
    search_fields = ("name", "slug", "mix")
    ordering = ("order",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "mix", "bytes_per_weight", "needs_imatrix", "quality")}),
        (
            "Measured quality",
            {"fields": ("perplexity", "perplexity_rise", "kl_divergence", "quality_basis", "quality_source")},
        ),
        ("Advice", {"fields": ("order", "shown", "worth_recommending", "is_default")}),
        CatalogRecordAdmin.housekeeping,
    )
