from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from catalog.models.record import CatalogRecord
from catalog.models.validation import optional, positive_constraint, positive_decimal

ANOTHER_DEFAULT = "Another quantization is the default. Take that mark away first."


class Quant(CatalogRecord):
    """A quantization: how many bytes a weight takes, and what that costs in quality."""

    bytes_per_weight = positive_decimal("The rule of thumb's bytes for one weight: 0.56.", places=3, digits=6)
    mix = models.CharField(max_length=20, blank=True, help_text="llama.cpp's name of the mix: Q4_K_M.")
    quality = models.CharField(max_length=120, help_text="What it costs in quality, in a few words.")
    perplexity = positive_decimal("Perplexity measured at this quantization.", places=6, **optional())
    perplexity_rise = positive_decimal("Its rise over the unquantized model's.", places=6, **optional())
    kl_divergence = positive_decimal(
        "Mean Kullback-Leibler divergence from the unquantized model.", places=6, **optional()
    )
    quality_basis = models.CharField(max_length=120, blank=True, help_text="What was measured: Llama 3 8B, wikitext.")
    quality_source = models.CharField(
        max_length=200,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
        help_text="Where the measurement is published.",
    )
    order = models.PositiveSmallIntegerField(unique=True, help_text="Best quality first: 1 is the top row.")
    worth_recommending = models.BooleanField(
        default=True, help_text="May be the recommended row. Not for those seldom worth their size."
    )
    is_default = models.BooleanField(
        default=False, help_text="The popular one that advice is given for. Exactly one quantization is."
    )

    class Meta(CatalogRecord.Meta):
        verbose_name = "quantization"
        ordering = ("order",)
        constraints = [
            *CatalogRecord.Meta.constraints,
            positive_constraint("bytes_per_weight", "Bytes per weight"),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="quant_one_default",
                violation_error_message=ANOTHER_DEFAULT,
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.is_default and not self.is_published:
            raise ValidationError({"is_default": "The default quantization must be published."})
        if self.is_default and Quant.objects.filter(is_default=True).exclude(pk=self.pk).exists():
            raise ValidationError({"is_default": ANOTHER_DEFAULT})
