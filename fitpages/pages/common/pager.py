"""Pages of a long list, with real links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator

from fitpages.site import Link


@dataclass(frozen=True, kw_only=True)
class Pager:
    """Where a reader is in a long list; `steps` without an address are this page and gaps."""

    position: str
    steps: tuple[Link, ...]


def paginate(
    items: Sequence[Any], query: Mapping[str, str], address: str, size: int, noun: str
) -> tuple[list[Any], Pager]:
    """The items of the page that the query asks for (the nearest there is), and the way to the others."""
    paginator = Paginator(items, size)
    page = paginator.get_page(query.get("page", "1"))
    first = page.start_index()
    position = f"{first:,} to {page.end_index():,} of {paginator.count:,} {noun}" if paginator.count else f"No {noun}"
    steps: list[Link] = []
    if paginator.num_pages > 1:
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
            is_link = isinstance(number, int) and number != page.number
            steps.append(Link(str(number), with_query(address, query, page=str(number)) if is_link else ""))
    return list(page.object_list), Pager(position=position, steps=tuple(steps))


def with_query(address: str, query: Mapping[str, str], **changes: str) -> str:
    """The address with the query's values and these changes; empty ones, and the first page, are left out."""
    values = {**query, **changes}
    kept = {name: value for name, value in sorted(values.items()) if value and (name, value) != ("page", "1")}
    return f"{address}?{urlencode(kept)}" if kept else address
