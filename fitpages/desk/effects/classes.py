"""A speed class given to all the cards that now have another: which cards, and what may be asked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from catalog import speed_classes
from catalog.models import Gpu
from fit.speed_constants import load_constants

NO_CLASS = ("", "none")


def classes() -> list[str]:
    """Those that cards have, and those that the calibration knows."""
    of_cards = Gpu.objects.order_by().values_list("speed_class", flat=True).distinct()
    return sorted({*of_cards, *(name for name in load_constants().classes if "," not in name)} - {""})


def cards_with(now: str, becomes: str) -> list[Gpu]:
    """The cards of a class with another, not saved."""
    cards = list(Gpu.objects.filter(speed_class=now))
    for card in cards:
        card.speed_class = becomes
    return cards


class ClassForm(forms.Form):
    """Which class, and which instead."""

    now = forms.ChoiceField(label="Cards that now have the class")
    becomes = forms.ChoiceField(label="would have the class", required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        names = speed_classes.choices(classes())
        self.fields["now"].choices = names  # type: ignore[attr-defined]
        self.fields["becomes"].choices = [*names, NO_CLASS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("now") == cleaned.get("becomes"):
            raise ValidationError("These are the same. Choose another class.")
        return cleaned
