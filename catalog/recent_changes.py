"""What changed lately, as the public may know it: frozen copies, which a snapshot carries."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias


class Deed(StrEnum):
    """What became of a record in the eyes of readers, who know nothing of drafts."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_OFF = "taken off"
    BACK = "back"
    DELETED = "deleted"


class FieldApart(NamedTuple):
    """A field that differs, and its value before and after: a number, a date, a text, the slug of a public record.

    Sources are a tuple of lines; choices are in their words; of long texts and documents only what differs is there.
    """

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True, eq=False)
class PublicChange:
    """One change of one record. `number` is that of the state in the history of its kind, and no other has it.

    `slug` and `name` are those that the record has since, or had last. `model`, `gpu` and `quant` are slugs of the
    public records that a file, a repository or a measurement is of, or "".
    """

    kind: str
    number: int
    slug: str
    name: str
    at: datetime.datetime
    deed: Deed
    fields: tuple[FieldApart, ...]
    sources: tuple[str, ...]
    model: str = ""
    gpu: str = ""
    quant: str = ""


class LoadCount(NamedTuple):
    """How many records of a kind a load added, and how many it gave new data."""

    kind: str
    added: int
    renewed: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Load:
    """A load of data files. `changes` are those of kinds of which it was few records; the others are only counted."""

    at: datetime.datetime
    counts: tuple[LoadCount, ...]
    changes: tuple[PublicChange, ...]


# What states changed, by the kind of record and the number of the state; None where that is nothing for readers.
Told: TypeAlias = dict[tuple[str, int], PublicChange | None]


@dataclass(frozen=True, kw_only=True, eq=False)
class RecentChanges:
    """The latest entries, the newest first. `is_whole`: there were no others since history began to be kept.

    `told` is what the next snapshot need not read again.
    """

    entries: tuple[PublicChange | Load, ...] = ()
    is_whole: bool = True
    told: Mapping[tuple[str, int], PublicChange | None] = field(default_factory=lambda: MappingProxyType({}))


NO_CHANGES = RecentChanges()
