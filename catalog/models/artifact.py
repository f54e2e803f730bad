import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from catalog.models.language_model import LanguageModel
from catalog.models.quant import Quant
from catalog.models.record import CatalogRecord
from catalog.models.validation import (
    named_constraint,
    notes_text,
    optional,
    positive_constraint,
    positive_integer,
    validate_date_as_known,
)

validate_repository = RegexValidator(
    r"^[\w.-]+/[\w.-]+\Z", "Write owner and name as in the address: bartowski/Qwen3-8B-GGUF.", flags=re.ASCII
)

NOT_LLAMA_CPP = "Only files that llama.cpp loads as a model belong to a level or are preferred. Leave this empty."
WITHOUT_REPOSITORY = "A published file needs its repository, for the command names it. Add it, or keep it a draft."
MORE_THAN_ALL = "The token list and the draft layers must be less than the whole file."
FILE_TWICE = "There is a record of this file already: the same kind, label and repository. Change that one."
PREFERRED_TWICE = "Another file of this model is preferred at this level. Take that mark away first."
PREFERRED_LABEL_TWICE = "Another file of this model is preferred under this label. Take that mark away first."


class Artifact(CatalogRecord):
    """A published file of a model. Its bytes decide the row of its level, or make a row of its own."""

    class Kind(models.TextChoices):
        GGUF = "gguf", "Model for llama.cpp"
        PROJECTOR = "projector", "Projector for llama.cpp"
        MLX = "mlx", "Model for MLX"

    model = models.ForeignKey(LanguageModel, on_delete=models.CASCADE, related_name="artifacts")
    kind_of_file = models.CharField(
        max_length=9,
        choices=Kind.choices,
        default=Kind.GGUF,
        help_text="A projector, which reads pictures or sound, is a file of its own.",
    )
    label = models.CharField(max_length=40, help_text="What its publisher calls the level: Q4_K_M, UD-Q4_K_XL.")
    quant = models.ForeignKey(
        Quant,
        on_delete=models.CASCADE,
        related_name="artifacts",
        verbose_name="level",
        help_text="The quantization whose row it decides. Empty: it is a row of its own, under its label.",
        **optional(),
    )
    repository = models.CharField(
        max_length=120,
        blank=True,
        validators=[validate_repository],
        help_text="Owner and name on Hugging Face: bartowski/Qwen3-8B-GGUF. The command names it.",
    )
    file_name = models.CharField(max_length=160, blank=True, help_text="Its path there; of several parts the first.")
    publisher = models.CharField(max_length=120, blank=True, help_text="Who published it: bartowski. Empty: not known.")
    size_bytes = positive_integer(
        "Bytes of all parts of the file, as its publisher gives them.", verbose_name="size, bytes"
    )
    rounding_bytes = positive_integer(
        "The step that the size was rounded to: 10000000 for 4.68 GB. Empty: the size is exact.",
        verbose_name="rounding, bytes",
        **optional(),
    )
    token_list_bytes = positive_integer(
        "Bytes of its header, most of them the token list, which stays in RAM. Empty: not known.",
        verbose_name="token list, bytes",
        **optional(),
    )
    draft_bytes = positive_integer(
        "Bytes of draft layers in it, which are not loaded, where the architecture does not say that the model's own "
        "file has them. Empty: none, or not known.",
        verbose_name="draft layers, bytes",
        **optional(),
    )
    seen_in = models.CharField(
        max_length=10,
        blank=True,
        validators=[validate_date_as_known],
        help_text="When the size was read, as far as known: 2026, 2026-08 or 2026-08-03.",
    )
    preferred = models.BooleanField(
        default=False,
        help_text="Of several files at one level this one decides, whoever published it. Otherwise ggml-org's does, "
        "then that of the model's maker, bartowski's, unsloth's, any other.",
    )
    editor_notes = notes_text("For editors: doubts, what else is in the file.")

    class Meta(CatalogRecord.Meta):
        verbose_name = "published file"
        constraints = [
            *CatalogRecord.Meta.constraints,
            positive_constraint("size_bytes", "The size"),
            positive_constraint("rounding_bytes", "The rounding"),
            positive_constraint("token_list_bytes", "The token list"),
            positive_constraint("draft_bytes", "The draft layers"),
            named_constraint(
                "more_than_besides",
                Q(size_bytes__lte=0)
                | Q(size_bytes__gt=Coalesce(F("token_list_bytes"), 0) + Coalesce(F("draft_bytes"), 0)),
                MORE_THAN_ALL,
            ),
            named_constraint("published_in_repository", ~Q(status="published", repository=""), WITHOUT_REPOSITORY),
            named_constraint(
                "of_llama_cpp", Q(kind_of_file="gguf") | Q(quant__isnull=True, preferred=False), NOT_LLAMA_CPP
            ),
            models.UniqueConstraint(
                fields=["model", "kind_of_file", "label", "repository"],
                condition=~Q(repository=""),
                name="artifact_once",
                violation_error_message=FILE_TWICE,
            ),
            models.UniqueConstraint(
                fields=["model", "quant"],
                condition=Q(preferred=True, quant__isnull=False),
                name="artifact_one_preferred",
                violation_error_message=PREFERRED_TWICE,
            ),
            models.UniqueConstraint(
                fields=["model", "label"],
                condition=Q(preferred=True, quant__isnull=True),
                name="artifact_one_preferred_label",
                violation_error_message=PREFERRED_LABEL_TWICE,
            ),
        ]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.is_published and not self.repository:
            errors["repository"] = WITHOUT_REPOSITORY
        if self.kind_of_file != self.Kind.GGUF:
            errors.update({name: NOT_LLAMA_CPP for name in ("quant", "preferred") if getattr(self, name)})
        if (self.size_bytes or 0) > 0 and self.size_bytes <= (self.token_list_bytes or 0) + (self.draft_bytes or 0):
            errors["size_bytes"] = MORE_THAN_ALL
        if errors:
            raise ValidationError(errors)
