"""Rules said once: at the field for the editor, in the database for everyone else."""

import re
from collections.abc import Sized
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import Q

from catalog.json_text import JsonTextError, check_text
from fit.architecture_document import ArchitectureError
from fit.architecture_document import read as read_architecture


def named_constraint(name: str, condition: Q, message: str) -> models.CheckConstraint:
    """A check in the database whose message an editor understands; the table's name is put before `name`."""
    return models.CheckConstraint(condition=condition, name=f"%(class)s_{name}", violation_error_message=message)


def positive_constraint(field: str, label: str) -> models.CheckConstraint:
    """`field` is above zero, or empty where it may be."""
    return named_constraint(f"{field}_positive", Q(**{f"{field}__gt": 0}), f"{label} must be above zero.")


def validate_positive(value: Decimal | int) -> None:
    """Above zero, said in a sentence."""
    if value <= 0:
        raise ValidationError("This must be above zero, not %(value)s.", params={"value": value})


def validate_share(value: Decimal) -> None:
    """A part of a whole: above 0, at most 1."""
    if not 0 < value <= 1:
        raise ValidationError("This is a share: above 0 and at most 1, not %(value)s.", params={"value": value})


def validate_date_as_known(text: str) -> None:
    """A year, a month or a day of the calendar."""
    if not re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise ValidationError("Write the date as far as it is known: 2024, 2024-05 or 2024-05-31.")
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError as error:
        raise ValidationError("There is no %(text)s in the calendar.", params={"text": text}) from error


def validate_other_names(text: str) -> None:
    """Names with a comma between, none empty and none twice."""
    names = [name.strip() for name in text.split(",")]
    if text and (not all(names) or len({name.casefold() for name in names}) < len(names)):
        raise ValidationError("Write each name once, with single commas between.")


def validate_architecture(document: Any) -> None:
    """An architecture document that `fit` can read; every fault is named with its block and key."""
    try:
        read_architecture(document)
    except ArchitectureError as error:
        raise ValidationError([ValidationError(problem) for problem in error.problems]) from error
    try:
        check_text(document)
    except JsonTextError as error:
        raise ValidationError(str(error)) from error


SAVED_ANYWAY = {"check", "says", "reason"}


def validate_saved_anyway(answers: Any) -> None:
    """A list of what was asked: the name of the check, what it says, and why the figures were saved all the same."""
    if not isinstance(answers, list) or not all(_is_answer(answer) for answer in answers):
        raise ValidationError("This is a list of objects, each with the texts check, says and reason.")
    try:
        check_text(answers)
    except JsonTextError as error:
        raise ValidationError(str(error)) from error


def _is_answer(answer: Any) -> bool:
    is_object = isinstance(answer, dict) and set(answer) == SAVED_ANYWAY
    return is_object and all(isinstance(text, str) and text for text in answer.values())


class LengthInLines(MaxLengthValidator):
    """At most so many characters, a new line being one: browsers send two for it, and one is kept."""

    message = "This must be at most %(limit_value)d characters, not %(show_value)d."

    def clean(self, x: Sized) -> int:
        return len(str(x).replace("\r\n", "\n"))


def at_most(largest: int) -> MaxValueValidator:
    """What every database can hold in a column, where SQLite alone would take more."""
    return MaxValueValidator(largest, "This must be at most %(limit_value)d.")


# The largest number in columns of 16 and of 32 bits.
fits_16_bits = at_most(2**15 - 1)
fits_32_bits = at_most(2**31 - 1)


def long_text(most: int, help_text: str) -> models.TextField:
    """Text of several lines, which may be empty, of at most so many characters."""
    return models.TextField(blank=True, validators=[LengthInLines(most)], help_text=help_text)


def notes_text(help_text: str) -> models.TextField:
    """Notes of an editor; the longest of the starting catalog are 665 characters."""
    return long_text(20_000, help_text)


def other_names(examples: str) -> models.CharField:
    """What people call it besides, for the search alone: no page shows it."""
    return models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_other_names],
        help_text=f"Other names that people search for, with commas between: {examples}. Not shown on pages.",
    )


def positive_decimal(help_text: str, *, places: int = 2, digits: int = 10, **options: Any) -> models.DecimalField:
    """A decimal field for a physical figure: above zero."""
    return models.DecimalField(
        max_digits=digits, decimal_places=places, validators=[validate_positive], help_text=help_text, **options
    )


def positive_integer(help_text: str, **options: Any) -> models.BigIntegerField:
    """A whole-number field for a physical figure: above zero."""
    return models.BigIntegerField(validators=[validate_positive], help_text=help_text, **options)


def optional(**options: Any) -> dict[str, Any]:
    """Options of a field whose fact may be missing; a missing fact shows as missing."""
    return {"null": True, "blank": True, **options}
