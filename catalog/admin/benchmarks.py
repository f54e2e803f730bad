from datetime import timedelta

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.admin.choices import SpeedClassFilter
from catalog.admin.doubts import AskingForm
from catalog.admin.figures import column
from catalog.admin.records import CatalogRecordAdmin
from catalog.models import Benchmark
from catalog.models.validation import validate_date_as_known


class BenchmarkForm(AskingForm):
    """What is asked of an editor and not of a file: whether a file loads must not depend on the machine's clock."""

    def clean_measured_in(self) -> str:
        """Nothing was measured later than tomorrow, which is today further east."""
        text: str = self.cleaned_data["measured_in"]
        if text:
            validate_date_as_known(text)
        # Dates as far as they are known sort as text: 2026-08 comes before every day of that month.
        if text > f"{timezone.localdate() + timedelta(days=1)}":
            raise ValidationError("This date is still to come.")
        return text


@admin.register(Benchmark)
class BenchmarkAdmin(CatalogRecordAdmin):
    form = BenchmarkForm
    list_display = (
        "name",
        "gpu",
        "model",
        "quant",
        column(Benchmark, "decode_tokens_s"),
        "runtime",
        "measured_in",
        "for_calibration",
        "status",
    )
    list_editable = ("for_calibration",)
    list_filter = (
        *("status", "for_calibration", ("hidden_because", admin.EmptyFieldListFilter)),
        *("build", "runtime", "backend", "quant", "mixture_of_experts", ("speed_class", SpeedClassFilter)),
        *("split", "cache_keys", "ram_kind"),
    )
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
                    "depth_tokens",
                    "cache_keys",
                    "cache_values",
                    "prefill_tokens_s",
                    "prefill_test",
                    "prefill_tokens",
                ),
            },
        ),
        (
            "Card",
            {
                "fields": (
                    *("gpu", "gpu_label", "gpu_count", "split"),
                    *("bandwidth_gb_s", "speed_class", "power_limit_w", "offload"),
                )
            },
        ),
        (
            "RAM",
            {
                "description": "Of the machine, as far as the source says it.",
                "fields": ("ram_label", "ram_kind", "ram_channels", "ram_gb_s"),
            },
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
        ("Program", {"fields": ("runtime", "backend", "build", "build_number", "measured_in", "runs")}),
        ("Use", {"fields": ("trust", "for_calibration", "hidden_because", "editor_notes")}),
    )
