from django.core.exceptions import ValidationError
from django.db import models

from catalog.models import benchmark_rules
from catalog.models.gpu import Gpu
from catalog.models.language_model import LanguageModel
from catalog.models.quant import Quant
from catalog.models.record import CatalogRecord
from catalog.models.validation import (
    fits_16_bits,
    fits_32_bits,
    long_text,
    notes_text,
    optional,
    positive_decimal,
    positive_integer,
    validate_date_as_known,
    validate_positive,
)
from fit.kv_cache import CacheType


class Benchmark(CatalogRecord):
    """A published measurement of tokens per second. It outlives its card, model and quantization: labels name them."""

    class Split(models.TextChoices):
        LAYER = "layer", "By layer: the cards work one after the other"
        ROW = "row", "By row: the cards share each matrix"
        TENSOR = "tensor", "Tensor parallel: the cards work at once"

    class Build(models.TextChoices):
        RECENT = "2025+", "2025 or later"
        OLD = "2023-24", "2023 or 2024"

    class RamKind(models.TextChoices):
        DDR3 = "DDR3", "DDR3"
        DDR4 = "DDR4", "DDR4"
        DDR5 = "DDR5", "DDR5"
        LPDDR4X = "LPDDR4X", "LPDDR4X"
        LPDDR5 = "LPDDR5", "LPDDR5"
        LPDDR5X = "LPDDR5X", "LPDDR5X"

    CACHE_TYPES = [(kind.value, kind.value) for kind in CacheType]

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
        validators=[validate_positive, fits_16_bits],
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
        "Memory bandwidth of one card in GB/s. Used where the card is not in the catalog.",
        verbose_name="bandwidth of a card, GB/s",
        **optional(),
    )
    speed_class = models.CharField(
        max_length=40,
        blank=True,
        help_text="Cards of one class reach about the same share of their bandwidth. "
        "Used where the card is not in the catalog.",
    )

    power_limit_w = positive_integer(
        "Most watts that one card was allowed, where the source says so. Empty: not stated, as it ships.",
        verbose_name="power limit, W",
        **optional(),
    )
    ram_kind = models.CharField(
        max_length=8,
        choices=RamKind.choices,
        blank=True,
        verbose_name="kind of RAM",
        help_text="RAM of the machine, of interest where layers or experts lie there. Empty: not stated.",
    )
    ram_channels = positive_integer(
        "Channels of 64 bits that are filled; empty where not stated.", verbose_name="channels of RAM", **optional()
    )
    ram_gb_s = positive_decimal(
        "Bandwidth of the RAM on paper, in GB/s, as stated or by transfers a second, 8 bytes and the channels.",
        verbose_name="bandwidth of RAM, GB/s",
        **optional(),
    )
    ram_label = models.CharField(
        max_length=80,
        blank=True,
        verbose_name="RAM in the source",
        help_text="The RAM as the source names it: DDR4 dual channel (Ryzen 5 5600X).",
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
    weights_bytes = positive_integer("Bytes of the file measured.", verbose_name="weights, bytes", **optional())
    active_weights_bytes = positive_integer(
        "Bytes of them read for one token.", verbose_name="weights read for a token, bytes", **optional()
    )
    weights_basis = models.CharField(max_length=80, blank=True, help_text="How the bytes are known: file size.")

    decode_tokens_s = positive_decimal("Tokens generated per second.", places=3, verbose_name="decode, tokens/s")
    test = models.CharField(max_length=80, blank=True, help_text="What was run, as the source names it: tg128 @0.")
    context_tokens = positive_integer(
        "Average number of tokens in the cache while the measured tokens were generated: "
        "64 where 128 were generated from empty.",
        verbose_name="context, tokens",
        **optional(),
    )
    depth_tokens = models.PositiveIntegerField(
        validators=[fits_32_bits],
        help_text="Tokens in the cache before the measured ones (llama-bench -d); 0 from empty. Empty: not known.",
        verbose_name="depth, tokens",
        **optional(),
    )
    cache_keys = models.CharField(
        max_length=8, choices=CACHE_TYPES, blank=True, help_text="Type of the keys (-ctk). Empty: not stated."
    )
    cache_values = models.CharField(
        max_length=8, choices=CACHE_TYPES, blank=True, help_text="Type of the values (-ctv). Empty: not stated."
    )
    prefill_tokens_s = positive_decimal(
        "Tokens of the prompt read per second.", places=3, verbose_name="prefill, tokens/s", **optional()
    )
    prefill_test = models.CharField(
        max_length=40, blank=True, help_text="What was run for it, as the source names it: pp512."
    )
    prefill_tokens = positive_integer("Tokens of the prompt in that test.", verbose_name="prompt, tokens", **optional())

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
    build_number = models.CharField(
        max_length=40, blank=True, help_text="Number of the build, as the source has it: b10380."
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
    hidden_because = long_text(
        2_000,
        "Why no page prints it although it may calibrate: the source is a log without an address. "
        "Empty: pages print it.",
    )
    editor_notes = notes_text("For editors: circumstances, checks made, doubts.")

    class Meta(CatalogRecord.Meta):
        verbose_name = "measurement"
        constraints = [
            *CatalogRecord.Meta.constraints,
            *benchmark_rules.CONSTRAINTS,
        ]

    def clean(self) -> None:
        super().clean()
        errors = benchmark_rules.contradictions(self)
        if errors:
            raise ValidationError(errors)
