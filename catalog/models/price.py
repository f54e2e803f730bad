from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from catalog.models.gpu import Gpu
from catalog.models.record import CatalogRecord
from catalog.models.validation import (
    named_constraint,
    notes_text,
    optional,
    positive_constraint,
    positive_decimal,
    validate_date_as_known,
)

RANGE = "The amount lies between the lowest and the highest."
validate_currency = RegexValidator(r"^[A-Z]{3}\Z", "Write the currency in three capitals, such as USD.")


class Price(CatalogRecord):
    """What was asked for a machine, once: new, used, for an hour. A card's price at launch is with the GPU, too."""

    class Kind(models.TextChoices):
        LAUNCH = "launch", "At launch"
        STREET = "street", "New, in shops"
        USED = "used", "Used"
        RENT = "rent", "Rent, an hour"

    gpu = models.ForeignKey(Gpu, on_delete=models.CASCADE, related_name="prices", verbose_name="GPU")
    kind_of_price = models.CharField(max_length=6, choices=Kind.choices)
    amount = positive_decimal(
        "The price of one, in the currency below; of a range its middle. Rent is for an hour of one GPU.", places=4
    )
    lowest = positive_decimal("The low end, where the source gives a range.", places=4, **optional())
    highest = positive_decimal("The high end, where the source gives a range.", places=4, **optional())
    currency = models.CharField(max_length=3, default="USD", validators=[validate_currency], help_text="USD, EUR.")
    seen_in = models.CharField(
        max_length=10,
        blank=True,
        validators=[validate_date_as_known],
        help_text="Of when the price is, as far as known: 2026, 2026-08 or 2026-08-03. Empty: not known.",
    )
    seller = models.CharField(max_length=80, blank=True, help_text="Who asked it: Lambda, eBay. Empty: not known.")
    whole_machine = models.BooleanField(
        default=False, help_text="The price is of the whole computer: a Mac, a small box, a laptop."
    )
    remark = models.CharField(max_length=200, blank=True, help_text="Shown beside the price: new from Apple.")
    editor_notes = notes_text("For editors: doubts, how the figure was read.")

    class Meta(CatalogRecord.Meta):
        constraints = [
            *CatalogRecord.Meta.constraints,
            positive_constraint("amount", "The price"),
            positive_constraint("lowest", "The lowest price"),
            positive_constraint("highest", "The highest price"),
            named_constraint("lowest_below", Q(lowest__isnull=True) | Q(lowest__lte=F("amount")), RANGE),
            named_constraint("highest_above", Q(highest__isnull=True) | Q(highest__gte=F("amount")), RANGE),
            named_constraint(
                "both_ends",
                Q(lowest__isnull=True, highest__isnull=True) | Q(lowest__isnull=False, highest__isnull=False),
                "A range has two ends: give both, or none.",
            ),
        ]
