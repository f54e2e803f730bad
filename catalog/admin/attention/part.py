"""A part of what needs attention, as the first page of the desk and a page of its own show it."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from catalog.models import RECORD_MODELS, CatalogRecord


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A record, or a list of them; `address` is "" where there is nowhere to go. `at` is when, `who` did it."""

    text: str
    address: str = ""
    note: str = ""
    at: datetime.datetime | None = None
    who: str = ""

    @property
    def ago(self) -> str:
        """How long it is since then: "just now", "2 hours ago"."""
        if self.at is None:
            return ""
        is_fresh = timezone.now() - self.at < datetime.timedelta(minutes=1)
        return "just now" if is_fresh else f"{timesince(self.at, depth=1)} ago"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many of something there are, with the list of them."""

    text: str
    count: int
    address: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """`count` of all there is, shown where it says something; `nothing` is said where it is none.

    `name` is in the address of the whole list.
    """

    name: str
    heading: str
    hint: str
    nothing: str
    count: int
    shows_count: bool = True
    tallies: tuple[Tally, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def first(self) -> tuple[Entry, ...]:
        """As many entries as the first page has room for."""
        return self.entries[:FIRST]

    @property
    def has_more(self) -> bool:
        return len(self.entries) > FIRST


# Of each part, on the first page; and on a page of its own.
FIRST, MOST = 5, 500


def kinds(request: HttpRequest) -> list[type[CatalogRecord]]:
    """The kinds of record that this user may look at."""
    return [kind for kind in RECORD_MODELS if admin.site.get_model_admin(kind).has_view_permission(request)]


def row_address(kind: type[CatalogRecord], key: int | None) -> str:
    """The form of a record."""
    return reverse(f"admin:catalog_{kind.kind()}_change", args=[key])


def addresses_by_slug(kind: type[CatalogRecord], slugs: Iterable[str]) -> Callable[[str], str]:
    """The form of each of some records, by its slug; one query. One that was deleted meanwhile has none."""
    keys = dict(kind.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))
    return lambda slug: row_address(kind, keys[slug]) if slug in keys else ""


def list_address(kind: type[CatalogRecord], **filters: str) -> str:
    """The list of a kind, filtered."""
    return f"{reverse(f'admin:catalog_{kind.kind()}_changelist')}?{urlencode(filters)}"


def kind_name(kind: type[CatalogRecord]) -> str:
    """What a record of the kind is called, with a capital: "Published file"."""
    name = str(kind._meta.verbose_name)
    return f"{name[:1].upper()}{name[1:]}"


def kinds_name(kind: type[CatalogRecord]) -> str:
    """What several of the kind are called, with a capital: "GPUs"."""
    name = str(kind._meta.verbose_name_plural)
    return f"{name[:1].upper()}{name[1:]}"


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The latest first."""
    return tuple(sorted(entries, key=lambda entry: entry.at.timestamp() if entry.at else 0.0, reverse=True))[:MOST]
