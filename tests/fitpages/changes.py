"""Changes as a snapshot carries them, made without a database, to be overridden by what a test is about."""

import datetime
from typing import Any

from catalog.recent_changes import Deed, FieldApart, Load, LoadCount, PublicChange, RecentChanges
from catalog.snapshot import Snapshot
from tests.small_catalog import snapshot_of

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
SOURCES = ("https://www.example.org/datasheet (page 2)", "A printed manual")


def hours(number: int) -> datetime.datetime:
    """So long before noon."""
    return NOON - datetime.timedelta(hours=number)


def public_change(**overrides: Any) -> PublicChange:
    """The bandwidth of a card of the small catalog, corrected."""
    facts = {
        "kind": "gpu",
        "number": 7,
        "slug": "rtx-24",
        "name": "RTX 24",
        "at": NOON,
        "deed": Deed.CHANGED,
        "fields": (FieldApart("power_w", 450, 350),),
        "sources": SOURCES,
    }
    return PublicChange(**{**facts, **overrides})


def of_file(**overrides: Any) -> PublicChange:
    """A file of a model of the small catalog, added."""
    facts = {"kind": "artifact", "slug": "a-file", "name": "A file", "deed": Deed.ADDED, "fields": ()}
    return public_change(**{**facts, "model": "small-8b", **overrides})


def of_measurement(**overrides: Any) -> PublicChange:
    """A measurement of a pair of the small catalog, added."""
    return of_file(**{"kind": "benchmark", "slug": "measured", "name": "Measured", "gpu": "rtx-24", **overrides})


def of_price(**overrides: Any) -> PublicChange:
    """A price of a card of the small catalog, added."""
    return of_file(**{"kind": "price", "slug": "asked", "name": "Asked", "model": "", "gpu": "rtx-24", **overrides})


def load(*counts: LoadCount, changes: tuple[PublicChange, ...] = (), at: datetime.datetime = NOON) -> Load:
    return Load(at=at, counts=counts, changes=changes)


def snapshot_with(*entries: PublicChange | Load, **overrides: Any) -> Snapshot:
    """The small catalog with these changes; their order is that of the page."""
    return snapshot_of(changes=RecentChanges(entries=entries), **overrides)
