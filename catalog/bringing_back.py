"""Records that were deleted, and how one comes back as it was: as a draft, with the files that went with it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CASCADE, SET_NULL, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from catalog import reasons
from catalog.history import DELETED, as_a_form_shows
from catalog.models import RECORD_MODELS, CatalogRecord, CatalogRevision, RetiredSlug

BELONGS = "It belongs to {name}, which is deleted too. Bring that back first."
BROUGHT_BACK = "Brought back as it was when it was deleted, {when} UTC."


def deleted_states(kind: type[CatalogRecord]) -> QuerySet[Any]:
    """The last state of each record of a kind that is deleted, the newest deletion first."""
    newest = kind.history.filter(id=OuterRef("id")).order_by("-history_id").values("history_id")[:1]
    states: QuerySet[Any] = kind.history.filter(history_type=DELETED, history_id=Subquery(newest))
    return states.select_related("history_user")


def went_with(state: Any) -> list[Any]:
    """The last states of records that were deleted because this one was, such as the files of a model."""
    kind = state.instance_type
    reason = reasons.WITH_ANOTHER.format(name=state.name)
    return [
        other
        for other_kind, columns in _referring(kind, CASCADE)
        for other in deleted_states(other_kind).filter(_any(columns, state.id), history_change_reason=reason)
    ]


def bring_back(state: Any, companions: Iterable[Any] = ()) -> CatalogRecord:
    """The record that a state of deletion is of, and its companions, all as drafts, or nothing.

    Its former addresses lead to it again, and what named it names it again. Raises ValidationError.
    """
    with CatalogRevision.as_one_change():
        row = _brought_back(state)
        for other in companions:
            _brought_back_with(other)
        for other in _that_named(row):
            other.save()
    return row


def _brought_back_with(state: Any) -> CatalogRecord:
    try:
        return _brought_back(state)
    except ValidationError as error:
        raise ValidationError([f"{state.name}: {sentence}" for sentence in error.messages]) from error


def _brought_back(state: Any) -> CatalogRecord:
    row: Any = state.instance
    row.status = CatalogRecord.Status.DRAFT
    _without_what_is_gone(row)
    # Wherever its address leads meanwhile; that of a record which was renamed stays that record's.
    RetiredSlug.objects.filter(kind=row.kind(), slug=row.slug, why=RetiredSlug.Why.DELETED).delete()
    row.full_clean()
    row._change_reason = BROUGHT_BACK.format(when=f"{timezone.localtime(state.history_date):%Y-%m-%d %H:%M}")
    row.save(force_insert=True)
    former = type(row).history.filter(id=row.pk).exclude(slug=row.slug).values_list("slug", flat=True)
    RetiredSlug.bring_back(row.kind(), set(former), row.slug)
    return row  # type: ignore[no-any-return]  # of its own kind


def _without_what_is_gone(row: CatalogRecord) -> None:
    """Empty what named a record that is deleted, as that deletion would have done; refuse what belonged to it."""
    for column in row._meta.concrete_fields:
        kind: Any = column.related_model
        key = getattr(row, column.attname)
        if kind is None or key is None or kind.objects.filter(pk=key).exists():
            continue
        if getattr(column.remote_field, "on_delete", None) is CASCADE:
            raise ValidationError(BELONGS.format(name=as_a_form_shows(column, key)))
        setattr(row, column.attname, None)


def _that_named(row: CatalogRecord) -> Iterator[CatalogRecord]:
    """Records whose reference to this one was emptied when it was deleted, with it again, unsaved."""
    for kind, columns in _referring(type(row), SET_NULL):
        for column in columns:
            last = kind.history.filter(id=OuterRef("pk")).order_by("-history_id").values(column.attname)[:1]
            rows = kind.objects.filter(**{f"{column.name}__isnull": True})
            for other in rows.annotate(last_named=Subquery(last)).filter(last_named=row.pk):
                setattr(other, column.attname, row.pk)
                yield other


def _referring(kind: type[CatalogRecord], on_delete: Any) -> Iterator[tuple[type[CatalogRecord], list[Any]]]:
    """Kinds of record with the columns that refer to this kind, where a deletion does `on_delete` to them."""
    for other in RECORD_MODELS:
        columns = [column for column in other._meta.concrete_fields if column.related_model is kind]
        chosen = [column for column in columns if getattr(column.remote_field, "on_delete", None) is on_delete]
        if chosen:
            yield other, chosen


def _any(columns: Iterable[Any], key: int) -> Q:
    condition = Q()
    for column in columns:
        condition |= Q(**{column.attname: key})
    return condition
