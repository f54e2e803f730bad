"""Column heads that sort, as links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fitpages.pages.common.pager import with_query


class Column(NamedTuple):
    """A column of a list. `sort` is the key that it is sorted by, "" where it is not."""

    text: str
    sort: str = ""
    is_figure: bool = False


@dataclass(frozen=True, kw_only=True)
class ColumnHead:
    """The head of a column. `address` sorts by it; `direction` is "ascending" or "descending" where it is sorted."""

    text: str
    is_figure: bool = False
    address: str = ""
    direction: str = ""


def heads(columns: Sequence[Column], query: Mapping[str, str], address: str, sort: str) -> tuple[ColumnHead, ...]:
    """The heads of a list at `address` that is sorted by `sort`; a second click on a column turns its order around."""
    return tuple(_head(column, query, address, sort) for column in columns)


def _head(column: Column, query: Mapping[str, str], address: str, sort: str) -> ColumnHead:
    if not column.sort:
        return ColumnHead(text=column.text, is_figure=column.is_figure)
    target = f"-{column.sort}" if sort == column.sort else column.sort
    direction = "descending" if sort.startswith("-") else "ascending"
    return ColumnHead(
        text=column.text,
        is_figure=column.is_figure,
        address=with_query(address, query, sort=target, page=""),
        direction=direction if sort.removeprefix("-") == column.sort else "",
    )
