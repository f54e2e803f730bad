from django.core.exceptions import ValidationError
from django.db import models

from catalog.models.artifact import validate_repository
from catalog.models.language_model import LanguageModel
from catalog.models.record import CatalogRecord
from catalog.models.validation import notes_text, validate_date_as_known


class Repository(CatalogRecord):
    """Where files of a model can be had: a repository on Hugging Face, or a tag of Ollama's library.

    Its name is what a command takes: bartowski/Qwen3-8B-GGUF, qwen3:8b.
    """

    class Kind(models.TextChoices):
        GGUF = "gguf", "Files for llama.cpp"
        OLLAMA = "ollama", "Ollama tag"
        MLX = "mlx", "Files for MLX"

    model = models.ForeignKey(LanguageModel, on_delete=models.CASCADE, related_name="repositories")
    kind_of_files = models.CharField(max_length=6, choices=Kind.choices, default=Kind.GGUF)
    publisher = models.CharField(max_length=120, blank=True, help_text="Who published it: bartowski.")
    labels = models.CharField(
        max_length=400, blank=True, help_text="Levels that were seen there, with spaces between: Q4_K_M Q8_0."
    )
    seen_in = models.CharField(
        max_length=10,
        blank=True,
        validators=[validate_date_as_known],
        help_text="When it was seen, as far as known: 2026, 2026-08 or 2026-08-03.",
    )
    editor_notes = notes_text("For editors: doubts, what else is there.")

    class Meta(CatalogRecord.Meta):
        verbose_name_plural = "repositories"

    def clean(self) -> None:
        super().clean()
        if self.kind_of_files != self.Kind.OLLAMA:
            try:
                validate_repository(self.name)
            except ValidationError as error:
                raise ValidationError({"name": error.messages}) from error

    @property
    def label_list(self) -> tuple[str, ...]:
        return tuple(self.labels.split())
