from django.core.exceptions import ValidationError
from django.db import models

from catalog.models.language_model import LanguageModel
from catalog.models.record import CatalogRecord
from catalog.models.validation import (
    notes_text,
    optional,
    positive_constraint,
    positive_integer,
    validate_date_as_known,
)

COUNTS = {"downloads": "Downloads", "likes": "Likes", "pulls": "Pulls", "pulls_90_days": "Pulls in 90 days"}


def _seen_in(what: str) -> models.CharField:
    return models.CharField(
        max_length=10,
        blank=True,
        validators=[validate_date_as_known],
        help_text=f"When the {what} were counted, as far as known: 2026-10 or 2026-10-05.",
    )


def _source(what: str) -> models.CharField:
    return models.CharField(max_length=200, blank=True, help_text=f"Where the {what} were read.")


class Popularity(CatalogRecord):
    """How many people take a model. Apart from the model, for no figure of its pages follows from it.

    Of several records of a model the one that was counted last speaks.
    """

    model = models.ForeignKey(LanguageModel, on_delete=models.CASCADE, related_name="popularity")
    downloads = positive_integer(
        "Downloads of the maker's repository on Hugging Face in 30 days.",
        verbose_name="downloads in 30 days",
        **optional(),
    )
    downloads_seen_in = _seen_in("downloads")
    downloads_source = _source("downloads")
    likes = positive_integer("Likes of that repository.", **optional())
    likes_seen_in = _seen_in("likes")
    likes_source = _source("likes")
    pulls = positive_integer("Pulls from Ollama's library, of the whole family below.", **optional())
    pulls_90_days = positive_integer(
        "Of these the pulls of the last 90 days.", verbose_name="pulls in 90 days", **optional()
    )
    pulls_family = models.CharField(
        max_length=60, blank=True, help_text="The family whose pulls are counted, all sizes together: qwen3."
    )
    pulls_seen_in = _seen_in("pulls")
    pulls_source = _source("pulls")
    editor_notes = notes_text("For editors: doubts, how the repository was matched.")

    class Meta(CatalogRecord.Meta):
        verbose_name = "popularity count"
        constraints = [
            *CatalogRecord.Meta.constraints,
            *(positive_constraint(name, label) for name, label in COUNTS.items()),
        ]

    def clean(self) -> None:
        super().clean()
        if self.pulls and self.pulls_90_days and self.pulls_90_days > self.pulls:
            raise ValidationError({"pulls_90_days": f"This must not exceed all pulls ({self.pulls:,})."})
