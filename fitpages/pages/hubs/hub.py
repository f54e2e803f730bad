"""What a hub has, whether it is of a GPU with every model or of a model on every GPU."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from django.utils.safestring import SafeString

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant
from fitpages.matching.twins import Twin
from fitpages.pages.common.filters import Facet, facet
from fitpages.pages.common.page import Page
from fitpages.pages.common.pair_line import PairLine
from fitpages.pages.common.record_facts import Facts
from fitpages.pages.common.sources import Source, as_sources
from fitpages.pages.hubs.lines import HubLine, LineGroup, grouped
from fitpages.site import Link


@dataclass(frozen=True, kw_only=True)
class Hub(Page):
    """What the templates of both kinds show. `line_heads` are over the name and the size of the other of a pair.

    `units` says what a GiB is to a GB: of the card's own memory, or of the size that most know.
    """

    facts: Facts
    notes: SafeString
    facets: tuple[Facet, ...]
    units: str
    line_heads: tuple[str, str]
    groups: tuple[LineGroup, ...]
    twins: tuple[Twin, ...]
    sources: tuple[Source, ...]


class Order(NamedTuple):
    """A way to sort the lines: its name for readers, and the key."""

    text: str
    key: Callable[[PairLine], Any]


class HubKind(NamedTuple):
    """What the two kinds do each in their way; the first of `orders` is theirs where readers choose none."""

    list_page: Link
    address: Callable[[str], str]
    line_heads: tuple[str, str]
    line: Callable[[PairLine], HubLine]
    orders: Mapping[str, Order]


class HubParts(TypedDict):
    """The fields of a hub that follow from its kind, its record and its lines."""

    address: str
    crumb: str
    way: tuple[Link, ...]
    indexable: bool
    notes: SafeString
    facets: tuple[Facet, ...]
    line_heads: tuple[str, str]
    groups: tuple[LineGroup, ...]
    sources: tuple[Source, ...]


def hub_parts(
    kind: HubKind,
    record: PublishedGpu | PublishedModel,
    lines: list[PairLine],
    default: PublishedQuant,
    or_above: str,
    query: Mapping[str, str],
) -> HubParts:
    """The parts of the hub of `record`, with `lines` in the order that the query asks for."""
    options = [(name, order.text) for name, order in kind.orders.items()]
    chosen = facet(query, "sort", "Order by", options, anything="")
    order = kind.orders[chosen.value or options[0][0]]
    return HubParts(
        address=kind.address(record.slug),
        crumb=record.name,
        way=(kind.list_page,),
        indexable=not query,
        notes=record.notes_html,
        facets=(chosen,),
        line_heads=kind.line_heads,
        groups=grouped(sorted(lines, key=order.key), default, or_above, kind.line),
        sources=as_sources(record.sources),
    )
