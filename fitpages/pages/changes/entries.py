"""Entries of the page of changes: a record and what became of it, or a load of many."""

from collections.abc import Sequence
from typing import NamedTuple

from catalog.recent_changes import Deed, Load, LoadCount, PublicChange
from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.changed import Subject, subject_of
from fitpages.pages.changes import fields, follow
from fitpages.pages.changes.fields import FieldShown
from fitpages.pages.common.sources import Source, as_sources
from fitpages.site import Link
from fitpages.text import wording

KINDS = {
    "quant": ("quantization", "quantizations"),
    "gpu": ("GPU", "GPUs"),
    "languagemodel": ("model", "models"),
    "artifact": ("file", "files"),
    "repository": ("repository", "repositories"),
    "benchmark": ("measurement", "measurements"),
    "popularity": ("count of popularity", "counts of popularity"),
    "boardscore": ("score on a board", "scores on boards"),
    "price": ("price", "prices"),
    "pick": ("pick", "picks"),
}
DEEDS = {
    Deed.ADDED: "added",
    Deed.CHANGED: "changed",
    Deed.TAKEN_OFF: "taken off the site",
    Deed.BACK: "back on the site",
    Deed.DELETED: "deleted",
}
GONE = (Deed.TAKEN_OFF, Deed.DELETED)


class Entry(NamedTuple):
    """One change of one record; without an address where it has no page. `what` is its kind and what became of it."""

    record: Link
    what: str
    fields: tuple[FieldShown, ...]
    followed: str
    sources: tuple[Source, ...]


class Part(NamedTuple):
    """A load of data files: what came with it, and each change where it was few. Without summary: single changes."""

    summary: str
    entries: tuple[Entry, ...]


def entry(snapshot: Snapshot, change: PublicChange) -> Entry:
    """The change as the page says it."""
    return Entry(
        record=Link(change.name, address(snapshot, change)),
        what=f"{KINDS[change.kind][0]}, {deed(change)}",
        fields=tuple(fields.shown(apart) for apart in change.fields),
        followed=_followed(change, follow.pages(snapshot, change)),
        sources=as_sources(change.sources),
    )


def deed(change: PublicChange) -> str:
    """What became of the record, in words: "changed"; a new name says more."""
    is_renamed = change.deed is Deed.CHANGED and {"name", "slug"} & {apart.name for apart in change.fields}
    return "renamed" if is_renamed else DEEDS[change.deed]


def _followed(change: PublicChange, pages: str) -> str:
    has_page = change.kind in ("gpu", "languagemodel")
    return f"{'Gone with it' if has_page and change.deed in GONE else 'Pages that followed'}: {pages}."


def address(snapshot: Snapshot, change: PublicChange) -> str:
    """The page on which a reader finds the record; "" where there is none."""
    if change.kind == "quant":
        return addresses.QUANTIZATION_GUIDE if change.slug in snapshot.quant_of else ""
    model, gpu = subject_of(snapshot, change) or Subject()
    if model in snapshot.models and gpu in snapshot.gpus:
        return addresses.pair(model, gpu)
    if model in snapshot.models:
        return addresses.model(model)
    return addresses.gpu(gpu) if gpu in snapshot.gpus else ""


def load_entry(snapshot: Snapshot, load: Load, changes: Sequence[PublicChange]) -> Part:
    """The load, told of one by one in these of its changes."""
    return Part(load_summary(load.counts), tuple(entry(snapshot, change) for change in changes))


def load_summary(counts: Sequence[LoadCount]) -> str:
    """ "2 GPUs were added; 12 files and 3 models came with new data." """
    added = [_number(count.kind, count.added) for count in counts if count.added]
    renewed = [_number(count.kind, count.renewed) for count in counts if count.renewed]
    first = f"{wording.listed(added)} {_were(added)} added" if added else ""
    second = f"{wording.listed(renewed)} came with new data" if renewed else ""
    return f"{'; '.join(part for part in (first, second) if part)}."


def _number(kind: str, number: int) -> str:
    return f"{number:,} {KINDS[kind][number != 1]}"


def _were(added: Sequence[str]) -> str:
    return "was" if len(added) == 1 and added[0].startswith("1 ") else "were"
