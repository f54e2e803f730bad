"""Two states of a record as readers saw them: whether they did, and in what the states differ for them."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from django.db.models import Q

from catalog.differences import SHORT, in_words
from catalog.history import DELETED
from catalog.models import Benchmark, BoardScore, CatalogRecord
from catalog.public_fields import PUBLIC
from catalog.recent_changes import Deed, FieldApart, PublicChange

# The slug of each public record by its key, by kind; "" for any other.
Slugs: TypeAlias = Mapping[str, Mapping[int | None, str]]
DESCRIBED = "described"
# Records that others are of.
NAMED = ("model", "gpu", "quant")


WITHHELD: Mapping[type[CatalogRecord], Q] = {Benchmark: Q(hidden_because=""), BoardScore: Q(shown=True)}


def shown_to_readers(kind: type[CatalogRecord]) -> Q:
    """The states in which a record of this kind is public by itself; of a file its model must be as well.

    Scores of boards that name no licence are not for readers.
    """
    public = Q(status=CatalogRecord.Status.PUBLISHED) & ~Q(history_type=DELETED)
    return public & WITHHELD.get(kind, Q())


def is_shown(state: Any) -> bool:
    """`shown_to_readers`, of a state at hand; None is that of a record which is not there yet."""
    if state is None or state.history_type == DELETED or _is_withheld(state):
        return False
    return bool(state.status == CatalogRecord.Status.PUBLISHED)


def _is_withheld(state: Any) -> bool:
    """Of a quantization `shown` is a word."""
    return bool(getattr(state, "hidden_because", "")) or getattr(state, "shown", True) is False


def public_change(
    kind: type[CatalogRecord], state: Any, before: Any, last_shown: Any, slugs: Slugs
) -> PublicChange | None:
    """What a state changed for readers; None where that is nothing.

    `before` is the state before it, `last_shown` the last before it that readers saw: each None where there is none.
    """
    deed = _deed(state, before, last_shown)
    if deed is None:
        return None
    shown = state if is_shown(state) else last_shown
    compared = last_shown is not None and shown is state
    apart = tuple(_apart(kind, last_shown, state, slugs)) if compared else ()
    if deed is Deed.CHANGED and not apart:
        return None
    return _copy(kind, state, shown, deed, apart, slugs)


def _deed(state: Any, before: Any, last_shown: Any) -> Deed | None:
    match is_shown(before), is_shown(state):
        case True, True:
            return Deed.CHANGED
        case False, True:
            return Deed.ADDED if last_shown is None else Deed.BACK
        case True, False:
            return Deed.DELETED if state.history_type == DELETED else Deed.TAKEN_OFF
    return None


def _copy(
    kind: type[CatalogRecord], state: Any, shown: Any, deed: Deed, apart: tuple[FieldApart, ...], slugs: Slugs
) -> PublicChange:
    """`shown` is what readers see or saw: of a record that was taken off, the figures of its draft are not theirs."""
    named = {name: _slug_of(kind, shown, name, slugs) for name in NAMED if name in PUBLIC[kind.kind()]}
    return PublicChange(
        kind=kind.kind(),
        number=state.history_id,
        slug=shown.slug,
        name=shown.name,
        at=state.history_date,
        deed=deed,
        fields=apart,
        sources=_lines(shown.sources),
        **named,
    )


def _apart(kind: type[CatalogRecord], older: Any, newer: Any, slugs: Slugs) -> Iterator[FieldApart]:
    for name in PUBLIC[kind.kind()]:
        before, after = (_value(kind._meta.get_field(name), state, slugs) for state in (older, newer))
        if before != after:
            yield FieldApart(name, *_in_brief(before, after))


def _value(column: Any, state: Any, slugs: Slugs) -> Any:
    value = getattr(state, column.attname)
    if column.is_relation:
        return slugs[column.related_model.kind()][value]
    if column.name == "sources":
        return _lines(value)
    return dict(column.flatchoices).get(value, value) if column.choices else value


def _in_brief(before: Any, after: Any) -> tuple[Any, Any]:
    """Of documents and long texts what differs; of a document beside none, that it is there."""
    if isinstance(before, dict) and isinstance(after, dict):
        return in_words(before, after)
    if isinstance(before, dict) or isinstance(after, dict):
        return DESCRIBED if before else "", DESCRIBED if after else ""
    is_long = any(isinstance(value, str) and len(value) > SHORT for value in (before, after))
    return in_words(before, after) if is_long and before and after else (before, after)


def _slug_of(kind: type[CatalogRecord], state: Any, name: str, slugs: Slugs) -> str:
    column: Any = kind._meta.get_field(name)
    return slugs[column.related_model.kind()][getattr(state, column.attname)]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
