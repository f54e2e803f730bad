"""Column heads that sort, as links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fitpages.pages.common.pager import with_query


@dataclass(frozen=True, kw_only=True)
class ColumnHead:
    """The head of a column. `address` sorts by it; `direction` is "ascending" or "descending" where it is sorted."""

    text: str
    is_figure: bool = False
    address: str = ""
    direction: str = ""


def heads(
    columns: Sequence[tuple[str, str, bool]], query: Mapping[str, str], address: str, sort: str
) -> tuple[ColumnHead, ...]:
    """Heads from (text, sort key or "", is a figure); a second click on a column turns its order around."""
    column_heads = []
    for text, key, is_figure in columns:
        is_sorted = key != "" and sort.removeprefix("-") == key
        target = f"-{key}" if sort == key else key
        column_heads.append(
            ColumnHead(
                text=text,
                is_figure=is_figure,
                address=with_query(address, query, sort=target, page="") if key else "",
                direction=("descending" if sort.startswith("-") else "ascending") if is_sorted else "",
            )
        )
    return tuple(column_heads)
