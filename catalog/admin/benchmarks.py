from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from catalog.admin.record_form import RecordForm
from catalog.admin.records import CatalogRecordAdmin
from catalog.models import Benchmark
from catalog.models.validation import validate_date_as_known
from catalog.observations import observation_of
from fit.observation import Observation, bandwidth_tokens_s, cards_at_once, predicted_tokens_s
from fit.units import GB

TOO_SLOW = 0.1


class BenchmarkForm(RecordForm):
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
        "decode_tokens_s",
        "runtime",
        "measured_in",
        "for_calibration",
        "status",
    )
    list_filter = (
        *("status", "for_calibration", ("hidden_because", admin.EmptyFieldListFilter)),
        *("build", "runtime", "backend", "quant", "mixture_of_experts", "speed_class"),
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

    def save_model(self, request: HttpRequest, obj: Benchmark, form: Any, change: bool) -> None:
        """What contradicts physics is saved all the same, for a source may say it; the editor is told."""
        super().save_model(request, obj, form, change)
        observation = observation_of(obj)
        doubt = _doubt(observation) if observation else ""
        if doubt:
            messages.warning(request, doubt)


def _doubt(observation: Observation) -> str:
    """What cannot be, or hardly, about a measurement; nothing where it does not say how much was in RAM."""
    if observation.offload and not observation.says_what_is_in_ram:
        return ""
    cards, measured = cards_at_once(observation), _figure(observation.tokens_s)
    most, expected = cards * bandwidth_tokens_s(observation), predicted_tokens_s(observation)
    if observation.tokens_s > most:
        bandwidth = f"{f'{cards} x ' if cards > 1 else ''}{_figure(observation.bandwidth_gb_s)}"
        return (
            f"{measured} tokens/sec is more than the {_figure(most)} that {bandwidth} GB/s "
            f"allow for {_figure(observation.work.read_bytes / GB)} GB read a token."
        )
    if observation.tokens_s < TOO_SLOW * expected:
        return f"{measured} tokens/sec is under a tenth of the {_figure(expected)} to expect."
    return ""


def _figure(value: float) -> str:
    """To three digits, or as many as there are before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{float(f'{value:.3g}'):g}"
