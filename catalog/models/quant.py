from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from catalog.models.record import CatalogRecord
from catalog.models.validation import fits_16_bits, named_constraint, optional, positive_constraint, positive_decimal
from fit.specs import Shown

WITHOUT_BYTES = "What is shown always stands in the rule of thumb's table: it needs bytes per weight."
HIDDEN_DEFAULT = "The default quantization must be shown always."
LOWER_RECOMMENDED = "What is shown only when nothing better fits cannot be worth recommending."
DRAFT_DEFAULT = "The default quantization must be published: make another one the default first."
DEFAULT_STAYS = "The default quantization, which every page speaks of, stays: make another one the default first."
ANOTHER_DEFAULT = "Another quantization is the default. Take that mark away first."


class Quant(CatalogRecord):
    """A quantization: how many bytes a weight takes, and what that costs in quality."""

    class WhenShown(models.TextChoices):
        ALWAYS = Shown.ALWAYS.value, "Always"
        LOWER = Shown.NOTHING_BETTER.value, "When nothing better fits"
        FOLDED = Shown.FOLDED.value, "Folded"

    bytes_per_weight = positive_decimal(
        "The rule of thumb's bytes for one weight: 0.56. Only the founding table's six have one; leave it empty for "
        "any other.",
        places=3,
        digits=6,
        **optional(),
    )
    mix = models.CharField(
        max_length=20, blank=True, help_text="llama.cpp's name of the mix: Q4_K_M.", verbose_name="llama.cpp mix"
    )
    needs_imatrix = models.BooleanField(
        default=False,
        verbose_name="needs an importance matrix",
        help_text="llama.cpp refuses to make it without one: IQ1, IQ2, IQ3_XXS and Q2_K_S.",
    )
    quality = models.CharField(max_length=120, help_text="What it costs in quality, in a few words.")
    perplexity = positive_decimal("Perplexity measured at this quantization.", places=6, **optional())
    perplexity_rise = positive_decimal("Its rise over the unquantized model's.", places=6, **optional())
    kl_divergence = positive_decimal(
        "Mean Kullback-Leibler divergence from the unquantized model.",
        places=6,
        verbose_name="KL divergence",
        **optional(),
    )
    quality_basis = models.CharField(max_length=120, blank=True, help_text="What was measured: Llama 3 8B, wikitext.")
    quality_source = models.CharField(
        max_length=200,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
        help_text="Where the measurement is published.",
    )
    order = models.PositiveSmallIntegerField(
        unique=True,
        validators=[fits_16_bits],
        help_text="Best quality first: the least is the top row. Leave gaps for what comes between.",
    )
    shown = models.CharField(
        max_length=6,
        choices=WhenShown.choices,
        default=WhenShown.ALWAYS,
        help_text="Always: a row of every table. When nothing better fits: a few steps below what is worth "
        "recommending, ten rows in all at most. Folded: in a list that readers open. The level that a model's weights "
        "were made in (MXFP4) is that model's first row all the same.",
    )
    worth_recommending = models.BooleanField(
        default=True, help_text="May be the recommended row. Not for those seldom worth their size."
    )
    is_default = models.BooleanField(
        default=False,
        help_text="The popular one that advice is given for. Exactly one quantization is.",
        verbose_name="default",
    )

    # True where the row that has the mark loses it in the same transaction (catalog.default_quant).
    moves_default = False

    class Meta(CatalogRecord.Meta):
        verbose_name = "quantization"
        ordering = ("order",)
        constraints = [
            *CatalogRecord.Meta.constraints,
            positive_constraint("bytes_per_weight", "Bytes per weight"),
            named_constraint(
                "shown_always_by_the_rule", ~Q(shown="always", bytes_per_weight__isnull=True), WITHOUT_BYTES
            ),
            named_constraint("default_published", Q(is_default=False) | Q(status="published"), DRAFT_DEFAULT),
            named_constraint("default_shown_always", Q(is_default=False) | Q(shown="always"), HIDDEN_DEFAULT),
            named_constraint("lower_not_recommended", ~Q(shown="lower", worth_recommending=True), LOWER_RECOMMENDED),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="quant_one_default",
                violation_error_message=ANOTHER_DEFAULT,
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.shown == self.WhenShown.ALWAYS and self.bytes_per_weight is None:
            raise ValidationError({"bytes_per_weight": WITHOUT_BYTES})
        if self.shown == self.WhenShown.LOWER and self.worth_recommending:
            raise ValidationError({"worth_recommending": LOWER_RECOMMENDED})
        self._check_default()

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django's; a mark that is moved is still another's in the database. `clean` asks the rest of it."""
        super().validate_constraints({*(exclude or ()), *(("is_default",) if self.moves_default else ())})

    def _check_default(self) -> None:
        """There is one default, and every page has it."""
        if self.is_default and not self.is_published:
            raise ValidationError({"is_default": DRAFT_DEFAULT})
        if self.is_default and self.shown != self.WhenShown.ALWAYS:
            raise ValidationError({"shown": HIDDEN_DEFAULT})
        has_another = Quant.objects.filter(is_default=True).exclude(pk=self.pk)
        if self.is_default and not self.moves_default and has_another.exists():
            raise ValidationError({"is_default": ANOTHER_DEFAULT})
