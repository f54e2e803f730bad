"""What changed in the catalog lately, day by day: from which value to which, and with which source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, NamedTuple, TypeAlias

from catalog.recent_changes import Load, PublicChange
from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.changed import EVERYTHING, Subject, find, is_of, last_changed
from fitpages.pages.changes.entries import Part, entry, load_entry
from fitpages.pages.common.data_changed import QUANTIZATIONS
from fitpages.pages.common.page import Page
from fitpages.pages.common.pager import Pager, paginate
from fitpages.site import Link
from fitpages.text import figures

PAGE_SIZE = 50
# An entry, and what of it is told one by one.
Told: TypeAlias = tuple[PublicChange | Load, Sequence[PublicChange]]


class Day(NamedTuple):
    """What changed on one day, in UTC, the newest first: a load of data files, or records that changed one by one."""

    date: str
    anchor: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class ChangesPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/changes/page.html"

    opening: str
    everything: Link | None
    days: tuple[Day, ...]
    pager: Pager


def build(snapshot: Snapshot, query: Mapping[str, str]) -> ChangesPage:
    """The page of all changes, or of those of the model, card or pair that the query names."""
    query = {name: query[name] for name in ("of", "page") if query.get(name)}
    asked = _asked(snapshot, query.get("of", ""))
    told = list(_told(snapshot, asked))
    shown, pager = paginate(told, query, addresses.CHANGES, PAGE_SIZE, "changes")
    subject = _name(snapshot, asked)
    return ChangesPage(
        title=f"What changed: {subject or 'GPUs, models, quantizations'}",
        description=f"What changed lately in the data of {subject or 'this site'}: each figure before and after, with "
        "its source and the pages that followed.",
        heading=f"What changed in the data{f' of {subject}' if subject else ''}",
        address=addresses.CHANGES,
        crumb="Changes",
        indexable=not query,
        opening=_opening(snapshot, asked, subject, query.get("of", ""), len(told)),
        everything=Link("All changes", addresses.CHANGES) if query.get("of") else None,
        days=tuple(_days(snapshot, shown)),
        pager=pager,
    )


def _asked(snapshot: Snapshot, name: str) -> Subject | None:
    return EVERYTHING if name == QUANTIZATIONS else find(snapshot, name)


def _told(snapshot: Snapshot, asked: Subject | None) -> Iterator[Told]:
    """The entries, the newest first; of what was asked for those that say something of it, of loads that part."""
    for item in snapshot.changes.entries:
        changes = (item,) if isinstance(item, PublicChange) else item.changes
        if asked is not None:
            changes = tuple(change for change in changes if is_of(snapshot, change, asked))
        if changes or asked is None:
            yield item, changes


def _name(snapshot: Snapshot, asked: Subject | None) -> str:
    """ "Qwen2.5 72B on L4"; "" where everything is shown."""
    if asked is None:
        return ""
    records = (snapshot.models.get(asked.model), snapshot.gpus.get(asked.gpu))
    return " on ".join(record.name for record in records if record) or "the quantizations"


def _opening(snapshot: Snapshot, asked: Subject | None, subject: str, of: str, number: int) -> str:
    """What stands below, or why nothing does."""
    if of and asked is None:
        return f"There is nothing called “{of[:40]}” here, so this is everything."
    if asked is not None:
        day = figures.day(last_changed(snapshot, asked))
        least = "" if number else " That was before what stands in this list, or with a load of data too large for it."
        return f"The data that the figures of {subject} are computed from last changed on {day}.{least}"
    if not number:
        return "Nothing has changed since changes are kept."
    which = "Every change" if snapshot.changes.is_whole else "The latest changes"
    return f"{which} of the catalog, the newest first. Every page that shows a figure has the new one at once."


def _days(snapshot: Snapshot, told: Sequence[Told]) -> Iterator[Day]:
    for date, of_day in groupby(told, key=lambda pair: pair[0].at.date()):
        yield Day(date=figures.day(date), anchor=date.isoformat(), parts=tuple(_parts(snapshot, of_day)))


def _parts(snapshot: Snapshot, of_day: Iterable[Told]) -> Iterator[Part]:
    """Each load, and all changes of single records between two loads."""
    for is_load, items in groupby(of_day, key=lambda pair: isinstance(pair[0], Load)):
        if is_load:
            yield from (load_entry(snapshot, item, changes) for item, changes in items if isinstance(item, Load))
        else:
            yield Part("", tuple(entry(snapshot, item) for item, _ in items if isinstance(item, PublicChange)))
