"""What single states changed for readers: each is read with the state before it and the last that readers saw."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from catalog.history import DELETED
from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
)
from catalog.public_fields import PUBLIC
from catalog.public_states import Slugs, public_change, shown_to_readers
from catalog.recent_changes import PublicChange

OF_EVERY_STATE = ("id", "slug", "status", "history_type", "history_date")
# What has no page without its model.
OF_A_MODEL = (Artifact, Repository, Popularity, BoardScore, Pick)
# From when on a record was public, and from when on not, the oldest first.
Spans = dict[int, list[tuple[datetime, bool]]]


def changes_of(kind: type[CatalogRecord], numbers: Collection[int], slugs: Slugs) -> Mapping[int, PublicChange | None]:
    """What each of these states changed for readers, by its number; None where that is nothing."""
    if not numbers:
        return {}
    chosen = list(_with_those_before(kind, kind.history.filter(history_id__in=numbers)))
    wanted = {number for state in chosen for number in (state.before, state.last_shown)} - {None}
    older = {state.history_id: state for state in _columns(kind, kind.history.filter(history_id__in=wanted))}
    return dict.fromkeys(numbers) | {
        state.history_id: public_change(kind, state, older.get(state.before), older.get(state.last_shown), slugs)
        for state in _of_public_owners(kind, chosen)
    }


def _columns(kind: type[CatalogRecord], states: QuerySet[Any]) -> QuerySet[Any]:
    withheld = {Benchmark: ("hidden_because",), BoardScore: ("shown",)}.get(kind, ())
    return states.only(*OF_EVERY_STATE, *PUBLIC[kind.kind()], *withheld)


def _with_those_before(kind: type[CatalogRecord], states: QuerySet[Any]) -> QuerySet[Any]:
    """Each with the number of the state before it, and of the last one before it that readers saw."""
    earlier = kind.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    with_both: QuerySet[Any] = _columns(kind, states).annotate(
        before=Subquery(earlier.values("history_id")[:1]),
        last_shown=Subquery(earlier.filter(shown_to_readers(kind)).values("history_id")[:1]),
    )
    return with_both


def _of_public_owners(kind: type[CatalogRecord], states: list[Any]) -> Iterator[Any]:
    """Without states of files, prices and the like that readers did not see, for what they are of was a draft then."""
    owners: dict[str, type[CatalogRecord]] = {"model_id": LanguageModel} if kind in OF_A_MODEL else {}
    owners |= {"gpu_id": Gpu} if kind is Price else {}
    owners |= {"quant_id": Quant} if kind is Artifact else {}
    spans = {name: _spans(owner, {getattr(state, name) for state in states}) for name, owner in owners.items()}
    for state in states:
        if all(_was_public(of, getattr(state, name), state.history_date) for name, of in spans.items()):
            yield state


def _spans(owner: type[CatalogRecord], keys: Iterable[int | None]) -> Spans:
    spans: Spans = {}
    rows = owner.history.filter(id__in=[key for key in keys if key is not None]).order_by("history_id")
    for key, at, status, history_type in rows.values_list("id", "history_date", "status", "history_type"):
        is_public = status == CatalogRecord.Status.PUBLISHED and history_type != DELETED
        spans.setdefault(key, []).append((at, is_public))
    return spans


def _was_public(spans: Spans, key: int | None, at: datetime) -> bool:
    """Whether the record was public at that time; a file that belongs to no level needs none."""
    if key is None:
        return True
    until_then = [is_public for since, is_public in spans.get(key, ()) if since <= at]
    return bool(until_then and until_then[-1])
