from django.db import models

from catalog.models.language_model import LanguageModel
from catalog.models.record import CatalogRecord
from catalog.models.validation import notes_text


class Pick(CatalogRecord):
    """What editors would run on a machine of a memory class, for one use."""

    class Use(models.TextChoices):
        ALL_ROUND = "all-round", "All-round"
        CODE = "code", "Code"
        LONG = "long", "Long documents"
        VISION = "vision", "Pictures"
        REASONING = "reasoning", "Reasoning"
        FAST = "fast", "Fast"

    class MemoryClass(models.IntegerChoices):
        GB_8 = 8, "8 GB card"
        GB_12 = 12, "12 GB card"
        GB_16 = 16, "16 GB card"
        GB_24 = 24, "24 GB card"
        GB_32 = 32, "32 GB card"
        GB_64 = 64, "64 GB in one pool"
        GB_128 = 128, "128 GB in one pool"

    use = models.CharField(max_length=10, choices=Use.choices)
    memory_class = models.PositiveSmallIntegerField(
        choices=MemoryClass.choices, verbose_name="memory class, GB", help_text="On the box of the machine."
    )
    with_ram = models.BooleanField(
        default=False,
        verbose_name="with RAM",
        help_text="It runs with a part in RAM: 32 GB of it beside 8, 12 and 16 GB cards, 64 GB beside larger ones.",
    )
    model = models.ForeignKey(LanguageModel, on_delete=models.CASCADE, related_name="picks")
    reason = models.CharField(max_length=200, help_text="Why this one, in one sentence. Readers see it.")
    picked_on = models.DateField(help_text="When it was last compared with what else there is.")
    editor_notes = notes_text("For editors: what was considered.")

    class Meta(CatalogRecord.Meta):
        constraints = [
            *CatalogRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["use", "memory_class", "with_ram"],
                name="pick_once",
                violation_error_message="There is a pick for this use and class already. Change that one.",
            ),
        ]
