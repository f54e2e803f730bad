from django.db import models

from catalog.models.language_model import LanguageModel
from catalog.models.quant import Quant
from catalog.models.record import CatalogRecord
from catalog.models.validation import positive_constraint, positive_integer


class Artifact(CatalogRecord):
    """A published file of a model at a quantization. Its size is preferred over the one computed from the tensors."""

    model = models.ForeignKey(LanguageModel, on_delete=models.CASCADE, related_name="artifacts")
    quant = models.ForeignKey(Quant, on_delete=models.CASCADE, related_name="artifacts")
    size_bytes = positive_integer("Bytes of all parts of the file, as its publisher gives them.")
    publisher = models.CharField(max_length=120, help_text="Who published it, and in which repository.")

    class Meta(CatalogRecord.Meta):
        verbose_name = "published file"
        constraints = [
            *CatalogRecord.Meta.constraints,
            positive_constraint("size_bytes", "The size"),
            models.UniqueConstraint(
                fields=["model", "quant"],
                name="artifact_once",
                violation_error_message="There is a published file of this model at this quantization already.",
            ),
        ]
