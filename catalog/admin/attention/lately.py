"""Who changed what lately, by hand: what loads brought stands in each record's own history."""

from collections.abc import Iterator
from itertools import chain

from django.http import HttpRequest
from django.utils.text import Truncator

from catalog.admin.attention.part import Entry, Part, kind_name, kinds, newest, row_address
from catalog.history import BEGUN, DELETED, LOADED, Change, FieldChange, change, states_with_the_one_before
from catalog.models import CatalogRecord

# Of each kind of record; fields that a line names; characters of a value.
MOST_OF_A_KIND, MOST_FIELDS, MOST_CHARACTERS = 20, 3, 60
# What was saved against a question is a part of its own.
ELSEWHERE = "saved_anyway"


def lately(request: HttpRequest) -> Part:
    """By three queries a kind of record."""
    entries = newest(chain.from_iterable(_entries(kind) for kind in kinds(request)))
    return Part(
        name="lately",
        heading="Changed lately",
        hint="By hand, the latest first.",
        nothing="Nobody has changed anything yet.",
        count=len(entries),
        shows_count=False,
        entries=entries,
    )


def _entries(kind: type[CatalogRecord]) -> Iterator[Entry]:
    by_hand = kind.history.select_related("history_user").exclude(history_change_reason__in=(LOADED, BEGUN))
    states = by_hand.order_by("-history_date", "-history_id")[:MOST_OF_A_KIND]
    for state, earlier in states_with_the_one_before(kind, states):
        made = change(state, earlier)
        address = "" if made.verb == "deleted" or _is_gone(kind, state.id) else row_address(kind, state.id)
        yield Entry(text=state.name, address=address, note=_in_words(kind, made), at=made.at, who=made.who)


def _is_gone(kind: type[CatalogRecord], key: int) -> bool:
    return bool(kind.history.filter(id=key, history_type=DELETED).exists())


def _in_words(kind: type[CatalogRecord], made: Change) -> str:
    """What was done: "added", or each field with its value before and after."""
    fields = [_field(field) for field in made.fields if field.name != ELSEWHERE]
    if not fields:
        return f"{kind_name(kind)} {made.verb}."
    more = len(fields) - MOST_FIELDS
    return "; ".join(fields[:MOST_FIELDS]) + (f"; and {more} more" if more > 0 else "") + "."


def _field(field: FieldChange) -> str:
    before, after = (Truncator(text).chars(MOST_CHARACTERS) or "empty" for text in (field.before, field.after))
    return f"{field.label}: {before} → {after}"
