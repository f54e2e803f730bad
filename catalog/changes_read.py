"""Chooses from history what changed lately for readers: a bounded part of it, however long history is.

Of each kind the latest states are looked at, their times and reasons alone; whole states are read of those that
somebody gave at the desk, and of loads of few records. A load of thousands is counted. States never change, so what the
last snapshot told of one is taken from it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from catalog.changes_told import changes_of
from catalog.history import ADDED, BEGUN, LOADED
from catalog.models import RECORD_MODELS, CatalogRecord, Gpu, LanguageModel, Quant
from catalog.public_states import Slugs, shown_to_readers
from catalog.recent_changes import NO_CHANGES, Deed, Load, LoadCount, PublicChange, RecentChanges, Told

# Changes that are kept; states of a kind that are looked at; states of loads that are told of one by one.
MOST, LOOKED_AT, LISTED = 300, 5_000, 100


class OfLoad(NamedTuple):
    """How many states of a kind a load gave, how many of them readers see, and how many of those were added."""

    states: int
    shown: int
    added: int


class Look(NamedTuple):
    """The latest states of a kind: time and number of those from the desk, the newest first, and loads by their time.

    `is_cut` where there are states before those that were looked at.
    """

    kind: type[CatalogRecord]
    window: QuerySet[Any]
    desk: list[tuple[datetime, int]]
    loads: dict[datetime, OfLoad]
    is_cut: bool


def read(last: RecentChanges = NO_CHANGES) -> RecentChanges:
    """The latest entries; what `last` tells of single states is taken from it."""
    looks = [_look(kind) for kind in RECORD_MODELS]
    desk = sorted(((at, number, look.kind.kind()) for look in looks for at, number in look.desk), reverse=True)
    since = desk[MOST - 1][0] if len(desk) > MOST else None
    loads = {at for look in looks for at in look.loads if since is None or at >= since}
    listed = _listed(looks, sorted(loads, reverse=True))
    chosen = {(kind, number) for _, number, kind in desk[:MOST]}
    loaded = {(look.kind.kind(), number): at for look in looks for at, number in _numbers(look, listed)}
    told = _told(looks, {*chosen, *loaded}, last)
    entries: list[PublicChange | Load] = [change for key in chosen if (change := told[key]) is not None]
    entries += _loads(looks, loads, listed, told, loaded)
    is_whole = since is None and not any(look.is_cut for look in looks)
    return RecentChanges(entries=tuple(sorted(entries, key=_place, reverse=True)), is_whole=is_whole, told=told)


def _place(entry: PublicChange | Load) -> tuple[datetime, int]:
    return entry.at, entry.number if isinstance(entry, PublicChange) else 0


def _look(kind: type[CatalogRecord]) -> Look:
    last = kind.history.aggregate(last=Max("history_id"))["last"] or 0
    window = kind.history.filter(history_id__gt=last - LOOKED_AT)
    is_cut = last > LOOKED_AT and kind.history.filter(history_id__lte=last - LOOKED_AT).exists()
    desk = window.exclude(history_change_reason__in=[LOADED, BEGUN]).values_list("history_date", "history_id")
    return Look(kind, window, list(desk[: MOST + 1]), _counted(kind, window, is_cut), is_cut)


def _counted(kind: type[CatalogRecord], window: QuerySet[Any], is_cut: bool) -> dict[datetime, OfLoad]:
    """The loads among these states; without the oldest where states lie before, some of which may be of it."""
    shown = shown_to_readers(kind)
    rows = window.filter(history_change_reason=LOADED).order_by("-history_date").values_list("history_date")
    counts = rows.annotate(
        states=Count("history_id"),
        seen=Count("history_id", filter=shown),
        added=Count("history_id", filter=shown & Q(history_type=ADDED)),
    )
    loads = {at: OfLoad(*numbers) for at, *numbers in counts}
    return dict(list(loads.items())[:-1]) if is_cut else loads


def _listed(looks: list[Look], loads: list[datetime]) -> list[datetime]:
    """The loads whose records are told of one by one: the newest, as long as these are few."""
    listed, states = [], 0
    for at in loads:
        of_load = sum(look.loads[at].states for look in looks if at in look.loads)
        if states + of_load <= LISTED:
            listed.append(at)
            states += of_load
    return listed


def _numbers(look: Look, listed: list[datetime]) -> Iterator[tuple[datetime, int]]:
    """Time and number of each state that these loads gave."""
    times = [at for at in listed if at in look.loads]
    if times:
        states = look.window.filter(history_change_reason=LOADED, history_date__in=times)
        yield from states.values_list("history_date", "history_id")


def _told(looks: list[Look], chosen: set[tuple[str, int]], last: RecentChanges) -> Told:
    """What each chosen state changed, from the last snapshot where it has it."""
    told: Told = {key: last.told[key] for key in chosen if key in last.told}
    slugs = _slugs() if chosen - told.keys() else {}
    for look in looks:
        kind = look.kind.kind()
        new = [number for of_kind, number in chosen if of_kind == kind and (kind, number) not in told]
        told |= {(kind, number): change for number, change in changes_of(look.kind, new, slugs).items()}
    return told


def _slugs() -> Slugs:
    """Of the records that others name: of those that are public now, for no other has a page."""
    tables: tuple[type[CatalogRecord], ...] = (Gpu, LanguageModel, Quant)
    rows = {table.kind(): table.objects.published().values_list("pk", "slug") for table in tables}
    return {kind: defaultdict(str, dict(of_kind)) for kind, of_kind in rows.items()}


def _loads(
    looks: list[Look],
    loads: set[datetime],
    listed: list[datetime],
    told: Told,
    loaded: dict[tuple[str, int], datetime],
) -> Iterator[Load]:
    """One entry a load, of all kinds; none where readers see nothing of it."""
    for at in loads:
        changes = [change for key in sorted(loaded) if loaded[key] == at and (change := told[key]) is not None]
        counts = _counts_told(changes) if at in listed else _counts(looks, at)
        if counts:
            yield Load(at=at, counts=tuple(counts), changes=tuple(changes))


def _counts_told(changes: list[PublicChange]) -> list[LoadCount]:
    """By kind, of a load that is told of one by one: what readers see of it."""
    all_of, added = Counter(change.kind for change in changes), Counter[str]()
    added.update(change.kind for change in changes if change.deed is Deed.ADDED)
    return [LoadCount(kind, added[kind], number - added[kind]) for kind, number in all_of.items()]


def _counts(looks: list[Look], at: datetime) -> list[LoadCount]:
    """By kind, of a load that is not: the records that are public since."""
    of_kinds = ((look.kind.kind(), look.loads[at]) for look in looks if at in look.loads)
    return [LoadCount(kind, of.added, of.shown - of.added) for kind, of in of_kinds if of.shown]
