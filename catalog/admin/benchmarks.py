from django.contrib import admin

from catalog.admin.records import CatalogRecordAdmin
from catalog.models import Benchmark


@admin.register(Benchmark)
class BenchmarkAdmin(CatalogRecordAdmin):
    list_display = (
        "name",
        "gpu",
        "model",
        "quant",
        "decode_tokens_s",
        "runtime",
        "measured_in",
        "for_calibration",
        "status",
    )
    list_filter = ("status", "for_calibration", "build", "runtime", "quant", "mixture_of_experts", "speed_class")
    list_select_related = ("gpu", "model", "quant")
    search_fields = ("name", "slug", "gpu_label", "model_label", "quant_label", "gpu__name", "model__name")
    autocomplete_fields = ("gpu", "model", "quant")
    fieldsets = (
        (None, {"fields": ("name", "slug")}),
        CatalogRecordAdmin.housekeeping,
        (
            "Measured",
            {
                "description": "Tokens per second, as the source has them.",
                "fields": (
                    "decode_tokens_s",
                    "test",
                    "context_tokens",
                    "prefill_tokens_s",
                    "prefill_test",
                    "prefill_tokens",
                ),
            },
        ),
        (
            "Card",
            {"fields": ("gpu", "gpu_label", "gpu_count", "split", "bandwidth_gb_s", "speed_class", "offload")},
        ),
        (
            "Model and file",
            {
                "fields": (
                    "model",
                    "model_label",
                    "quant",
                    "quant_label",
                    "parameters",
                    "mixture_of_experts",
                    "active_parameters",
                    "weights_bytes",
                    "active_weights_bytes",
                    "weights_basis",
                )
            },
        ),
        ("Program", {"fields": ("runtime", "backend", "build", "measured_in", "runs")}),
        ("Use", {"fields": ("trust", "for_calibration", "editor_notes")}),
    )
