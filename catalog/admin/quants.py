from django.contrib import admin

from catalog.admin.records import CatalogRecordAdmin
from catalog.models import Quant


@admin.register(Quant)
class QuantAdmin(CatalogRecordAdmin):
    list_display = ("name", "order", "bytes_per_weight", "worth_recommending", "is_default", "status", "updated_at")
    list_filter = ("status", "worth_recommending")
    search_fields = ("name", "slug", "mix")
    ordering = ("order",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "bytes_per_weight", "mix", "quality")}),
        (
            "Measured quality",
            {"fields": ("perplexity", "perplexity_rise", "kl_divergence", "quality_basis", "quality_source")},
        ),
        ("Advice", {"fields": ("order", "worth_recommending", "is_default")}),
        CatalogRecordAdmin.housekeeping,
    )
