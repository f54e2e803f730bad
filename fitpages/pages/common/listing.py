"""A long list of records: sorted by one of its columns, cut into pages, with the heads that sort it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fitpages.pages.common.filters import Facet
from fitpages.pages.common.page import Page
from fitpages.pages.common.pager import Pager, paginate
from fitpages.pages.common.sorting import Column, ColumnHead, heads

PAGE_SIZE = 100

Record = TypeVar("Record")


@dataclass(frozen=True, kw_only=True)
class ListPage(Page):
    """What the templates of all lists of records show; `rows` are of a list's own kind."""

    opening: str
    caption: str
    facets: tuple[Facet, ...]
    heads: tuple[ColumnHead, ...]
    pager: Pager


@dataclass(frozen=True, kw_only=True)
class Listing(Generic[Record]):
    """One page of a list: its `records`, the heads above them and the way to the other pages."""

    heads: tuple[ColumnHead, ...]
    records: list[Record]
    pager: Pager


def listing(
    records: Iterable[Record],
    columns: Sequence[Column],
    sorts: Mapping[str, Callable[[Record], Any]],
    query: Mapping[str, str],
    address: str,
    noun: str,
) -> Listing[Record]:
    """The page of `records` that the query asks for; `sorts` are keys by the name that columns and queries give them.

    A sort that begins with a hyphen is downwards; where none is asked for, or one that there is not, the first holds.
    """
    sort = query.get("sort", "").strip()
    if sort.removeprefix("-") not in sorts:
        sort = next(iter(sorts))
    ordered = sorted(records, key=sorts[sort.removeprefix("-")])
    if sort.startswith("-"):
        ordered.reverse()
    shown, pager = paginate(ordered, query, address, PAGE_SIZE, noun)
    return Listing(heads=heads(columns, query, address, sort), records=shown, pager=pager)
