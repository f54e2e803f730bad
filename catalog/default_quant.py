"""The mark of the default quantization goes from one to another: two rows change, and both are saved or neither."""

from django.core.exceptions import ValidationError

from catalog.models import CatalogRevision, Quant


def moved_to(row: Quant) -> Quant | None:
    """The row that loses the mark to this one, as saving would leave it, not saved; None where no other has it."""
    row.is_default = row.moves_default = True
    former = Quant.objects.filter(is_default=True).exclude(pk=row.pk).first()
    if former:
        former.is_default = False
    return former


def given_back_by(row: Quant) -> Quant | None:
    """The row that was the default before this one, with the mark again, not saved; None where none is left.

    Raises ValidationError where that row cannot be the default as it is now.
    """
    states = Quant.history.filter(is_default=True, id__in=Quant.objects.exclude(pk=row.pk).values("pk"))
    state = states.order_by("-history_id").first()
    former = Quant.objects.filter(pk=state.id).first() if state else None
    if former:
        former.is_default = former.moves_default = True
        _check(former)
    return former


def _check(row: Quant) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise ValidationError([f"{row}: {sentence}" for sentence in error.messages]) from error


def save_other(other: Quant, now_default: Quant) -> None:
    """Save the row that loses or gets the mark with another; its history says why."""
    other._change_reason = f"The default is {now_default} now."  # type: ignore[attr-defined]  # read by the history
    with CatalogRevision.as_one_change():
        other.save()
