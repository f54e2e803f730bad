from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from catalog.models.gpu import Gpu
from catalog.models.language_model import LanguageModel
from catalog.models.quant import Quant
from catalog.models.record import CatalogRecord
from catalog.models.validation import (
    named_constraint,
    optional,
    positive_constraint,
    positive_decimal,
    positive_integer,
    validate_date_as_known,
    validate_positive,
)

FIGURES_ABOVE_ZERO = {
    "gpu_count": "The number of cards",
    "bandwidth_gb_s": "Bandwidth",
    "parameters": "Parameters",
    "active_parameters": "Active parameters",
    "weights_bytes": "The size of the file",
    "active_weights_bytes": "The bytes read for one token",
    "context_tokens": "The tokens in the cache",
    "decode_tokens_s": "The decode speed",
    "prefill_tokens_s": "The prefill speed",
    "prefill_tokens": "The length of the prompt",
    "runs": "The number of runs",
}


def within_constraint(name: str, part: str, whole: str, message: str) -> models.CheckConstraint:
    """`part` is at most `whole`, where both are known."""
    either_missing = Q(**{f"{part}__isnull": True}) | Q(**{f"{whole}__isnull": True})
    return named_constraint(name, either_missing | Q(**{f"{part}__lte": F(whole)}), message)


class Benchmark(CatalogRecord):
    """A published measurement of tokens per second. It outlives its card, model and quantization: labels name them."""

    class Split(models.TextChoices):
        LAYER = "layer", "By layer: the cards work one after the other"
        ROW = "row", "By row: the cards share each matrix"
        TENSOR = "tensor", "Tensor parallel: the cards work at once"

    class Build(models.TextChoices):
        RECENT = "2025+", "2025 or later"
        OLD = "2023-24", "2023 or 2024"

    gpu = models.ForeignKey(
        Gpu,
        on_delete=models.SET_NULL,
        related_name="benchmarks",
        verbose_name="GPU",
        help_text="The card, where the catalog has it.",
        **optional(),
    )
    gpu_label = models.CharField(
        max_length=80, verbose_name="GPU in the source", help_text="The card as the source names it: 3090 24GB."
    )
    gpu_count = models.PositiveSmallIntegerField(
        default=1,
        validators=[validate_positive],
        verbose_name="number of GPUs",
        help_text="Cards that the model was spread over.",
    )
    split = models.CharField(
        max_length=6,
        choices=Split.choices,
        blank=True,
        help_text="How the model was spread over several cards. Empty: one card, or not known.",
    )
    bandwidth_gb_s = positive_decimal(
        "Memory bandwidth of one card in GB/s. Used where the card is not in the catalog.", **optional()
    )
    speed_class = models.CharField(
        max_length=40,
        blank=True,
        help_text="Cards of one class reach about the same share of their bandwidth. "
        "Used where the card is not in the catalog.",
    )

    model = models.ForeignKey(
        LanguageModel,
        on_delete=models.SET_NULL,
        related_name="benchmarks",
        help_text="The model, where the catalog has it.",
        **optional(),
    )
    model_label = models.CharField(
        max_length=80, verbose_name="model in the source", help_text="The model as the source names it."
    )
    quant = models.ForeignKey(
        Quant,
        on_delete=models.SET_NULL,
        related_name="benchmarks",
        verbose_name="quantization",
        help_text="The quantization, only where the catalog has exactly this one.",
        **optional(),
    )
    quant_label = models.CharField(
        max_length=40,
        verbose_name="quantization in the source",
        help_text="The quantization as the source names it: Q4_K_M, MXFP4.",
    )
    parameters = positive_integer("Weights of the model; the source may have rounded them.", **optional())
    active_parameters = positive_integer(
        "Weights used for one token. Only for a mixture of experts, where they are fewer.", **optional()
    )
    mixture_of_experts = models.BooleanField(default=False, help_text="Only some of the weights are used for a token.")
    weights_bytes = positive_integer("Bytes of the file measured.", **optional())
    active_weights_bytes = positive_integer("Bytes of them read for one token.", **optional())
    weights_basis = models.CharField(max_length=80, blank=True, help_text="How the bytes are known: file size.")

    decode_tokens_s = positive_decimal("Tokens generated per second.", places=3)
    test = models.CharField(max_length=80, blank=True, help_text="What was run, as the source names it: tg128 @0.")
    context_tokens = positive_integer(
        "Average number of tokens in the cache while the measured tokens were generated: "
        "64 where 128 were generated from empty.",
        **optional(),
    )
    prefill_tokens_s = positive_decimal("Tokens of the prompt read per second.", places=3, **optional())
    prefill_test = models.CharField(
        max_length=40, blank=True, help_text="What was run for it, as the source names it: pp512."
    )
    prefill_tokens = positive_integer("Tokens of the prompt in that test.", **optional())

    runtime = models.CharField(max_length=40, help_text="The program: llama.cpp, ollama, vLLM.")
    backend = models.CharField(
        max_length=40, blank=True, help_text="What the program ran on the card with: CUDA, Vulkan, Metal."
    )
    build = models.CharField(
        max_length=10,
        choices=Build.choices,
        blank=True,
        help_text="Era of the program: it became faster. The eras are never mixed in one calibration.",
    )
    measured_in = models.CharField(
        max_length=10,
        blank=True,
        validators=[validate_date_as_known],
        help_text="When it was measured, as far as known: 2024, 2024-05 or 2024-05-31.",
    )
    offload = models.CharField(
        max_length=80,
        blank=True,
        help_text="What was not on the GPU, as the source says it: partial, -ngl 32 of 41; cpu only. "
        "Empty: everything was on the GPU.",
    )
    runs = positive_integer("How many runs the figures are the average or the median of.", **optional())
    trust = models.CharField(
        max_length=120, blank=True, help_text="How far to trust it and why: high: llama-bench, method stated."
    )
    for_calibration = models.BooleanField(default=False, help_text="Whether the speed estimate is calibrated on it.")
    editor_notes = models.TextField(blank=True, help_text="For editors: circumstances, checks made, doubts.")

    class Meta(CatalogRecord.Meta):
        verbose_name = "measurement"
        constraints = [
            *CatalogRecord.Meta.constraints,
            *[positive_constraint(field, label) for field, label in FIGURES_ABOVE_ZERO.items()],
            within_constraint(
                "active_within_all",
                "active_parameters",
                "parameters",
                "Active parameters must not exceed all parameters.",
            ),
            within_constraint(
                "read_within_file",
                "active_weights_bytes",
                "weights_bytes",
                "The bytes read for one token must not exceed the file.",
            ),
            named_constraint("split_of_several", Q(split="") | Q(gpu_count__gt=1), "One card is not split."),
        ]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if _exceeds(self.active_parameters, self.parameters):
            errors["active_parameters"] = f"This must not exceed all parameters ({self.parameters:,})."
        if self.active_parameters and not self.mixture_of_experts:
            errors.setdefault("active_parameters", "Only a mixture of experts has active parameters. Tick the box.")
        if _exceeds(self.active_weights_bytes, self.weights_bytes):
            errors["active_weights_bytes"] = f"This must not exceed the file ({self.weights_bytes:,} bytes)."
        if self.split and self.gpu_count == 1:
            errors["split"] = "One card is not split. Leave this empty, or say how many cards there were."
        if errors:
            raise ValidationError(errors)


def _exceeds(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole
