from django.db import models

from catalog.models.language_model import LanguageModel
from catalog.models.record import CatalogRecord
from catalog.models.validation import notes_text, validate_date_as_known


class BoardScore(CatalogRecord):
    """What a public board gives a model. Boards, and versions of one, are never mixed or averaged."""

    model = models.ForeignKey(LanguageModel, on_delete=models.CASCADE, related_name="board_scores")
    board = models.CharField(max_length=80, help_text="With its version: Artificial Analysis Intelligence Index v4.1.")
    score = models.DecimalField(max_digits=8, decimal_places=2, help_text="As the board prints it.")
    entry = models.CharField(max_length=120, blank=True, help_text="What the board calls the model. Empty: the same.")
    seen_in = models.CharField(
        max_length=10,
        blank=True,
        validators=[validate_date_as_known],
        help_text="Of when the score is, as far as known: 2026, 2026-08 or 2026-08-21.",
    )
    data_licence = models.CharField(
        max_length=60, blank=True, help_text="Under which the board publishes: CC BY 4.0. Empty: not stated."
    )
    estimated = models.BooleanField(default=False, help_text="The board itself marks the score as an estimate.")
    shown = models.BooleanField(
        default=True, help_text="Readers see it. Off where the board names no licence; our own estimate uses it still."
    )
    editor_notes = notes_text("For editors: doubts, how the entry was matched.")

    class Meta(CatalogRecord.Meta):
        constraints = [
            *CatalogRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["model", "board"],
                name="board_score_once",
                violation_error_message="This board has a score of this model already. Change that one.",
            ),
        ]
