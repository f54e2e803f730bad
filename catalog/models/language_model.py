from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from catalog.models.record import CatalogRecord
from catalog.models.uses import validate_uses
from catalog.models.validation import (
    named_constraint,
    notes_text,
    optional,
    other_names,
    positive_constraint,
    positive_integer,
    validate_architecture,
)


class LanguageModel(CatalogRecord):
    """A released checkpoint of a language model."""

    class CommercialUse(models.TextChoices):
        YES = "yes", "Yes"
        CONDITIONS = "with conditions", "With conditions"
        NO = "no", "No"
        SEE = "see licence", "See the licence"

    full_name = models.CharField(max_length=120, help_text="The publisher's name: Qwen2.5 72B Instruct.")
    also_called = other_names("Qwen3 Coder Flash, GLM Air")
    vendor = models.CharField(max_length=60, help_text="Who released it: Qwen, Meta, Mistral AI.")
    family = models.CharField(max_length=60, help_text="Models of one line: Qwen2.5, Llama 3.1.")
    parameters = positive_integer("Weights of the language model, without vision or audio towers and draft layers.")
    mixture_of_experts = models.BooleanField(default=False, help_text="Only some experts work on a token.")
    active_parameters = positive_integer(
        "Weights used for one token, of a mixture of experts. Empty: not known.", **optional()
    )
    native_context = positive_integer(
        "Longest context without rope scaling, in tokens, as the maker's card says.",
        verbose_name="native context, tokens",
        **optional(),
    )
    extended_context = positive_integer(
        "Longest documented context with rope scaling, in tokens, where it is longer.",
        verbose_name="extended context, tokens",
        **optional(),
    )
    file_context = positive_integer(
        "Tokens, max_position_embeddings of the published config, where it differs from the native context. "
        "The native context is what the maker's card says.",
        verbose_name="context in the file, tokens",
        **optional(),
    )
    architecture = models.JSONField(
        validators=[validate_architecture],
        help_text="The architecture document (see docs/catalog.md). Empty: only the rule of thumb is shown.",
        **optional(),
    )

    tower_parameters = positive_integer("Weights of vision and audio towers.", **optional())
    draft_parameters = positive_integer("Weights of draft (multi-token prediction) layers.", **optional())
    header_parameters = positive_integer("Weights that the checkpoint's own header declares.", **optional())
    header_extra = models.CharField(
        max_length=60, blank=True, help_text="What the header counts twice or a loader does not need: 151936*1024."
    )
    modalities = models.CharField(max_length=60, blank=True, default="text", help_text="text, image, audio, video.")
    licence = models.CharField(max_length=60, blank=True, help_text="Apache 2.0. Empty: not known.")
    commercial_use = models.CharField(max_length=20, choices=CommercialUse.choices, blank=True)
    release_date = models.DateField(**optional())
    hugging_face_id = models.CharField(
        max_length=120, blank=True, help_text="Qwen/Qwen2.5-72B-Instruct.", verbose_name="Hugging Face ID"
    )

    uses = models.CharField(
        max_length=80,
        blank=True,
        validators=[validate_uses],
        help_text="What people run it for. Empty: not known.",
    )
    common = models.BooleanField(
        default=False, help_text="Much used today. Only common models are picked, and named on common pairs."
    )
    common_reason = models.CharField(
        max_length=200, blank=True, help_text="How that is known: 688k downloads in 30 days."
    )
    successor = models.CharField(
        max_length=80,
        blank=True,
        help_text="The slug of the model that its makers released to replace it: qwen3-8b. Empty: none, or not known.",
    )

    notes = notes_text("Shown on the model's page. Markdown: **bold**, lists, [text](https://address).")
    editor_notes = notes_text("For editors: checks made, sources that disagree.")
    confidence = models.CharField(max_length=10, blank=True, help_text="How sure the sources make us: high, medium.")

    class Meta(CatalogRecord.Meta):
        verbose_name = "model"
        constraints = [
            *CatalogRecord.Meta.constraints,
            positive_constraint("parameters", "Parameters"),
            positive_constraint("active_parameters", "Active parameters"),
            positive_constraint("native_context", "The native context"),
            named_constraint(
                "active_within_all",
                Q(active_parameters__isnull=True) | Q(active_parameters__lte=F("parameters")),
                "Active parameters must not exceed all parameters.",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.architecture is not None and not self.architecture:
            errors["architecture"] = self._faults_of_empty_architecture()
        if self.active_parameters and self.parameters and self.active_parameters > self.parameters:
            errors["active_parameters"] = f"This must not exceed all parameters ({self.parameters:,})."
        if self.active_parameters and not self.mixture_of_experts:
            errors.setdefault("active_parameters", "Only a mixture of experts has active parameters. Tick the box.")
        errors |= self._faults_of_contexts()
        if self.successor and self.successor == self.slug:
            errors["successor"] = "A model does not replace itself. Name the newer one, or leave this empty."
        if errors:
            raise ValidationError(errors)

    def _faults_of_contexts(self) -> dict[str, str]:
        """A context beside the native one is only there where it says something else."""
        faults = {}
        if self.extended_context and self.extended_context <= (self.native_context or 0):
            faults["extended_context"] = "Leave this empty unless it is longer than the native context."
        if self.file_context and self.file_context == self.native_context:
            faults["file_context"] = "Leave this empty unless it differs from the native context."
        return faults

    def _faults_of_empty_architecture(self) -> list[str]:
        """Django takes {} and [] for an empty field and asks no validator; they are documents all the same."""
        try:
            validate_architecture(self.architecture)
        except ValidationError as error:
            return error.messages
        return []

    @property
    def use_list(self) -> tuple[str, ...]:
        return tuple(self.uses.split())
