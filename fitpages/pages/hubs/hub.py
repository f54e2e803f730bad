"""What a hub has, whether it is of a GPU with every model or of a model on every GPU."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from django.utils.safestring import SafeString

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.changed import Subject
from fitpages.matching.twins import Twin
from fitpages.pages.common.data_changed import data_changed
from fitpages.pages.common.filters import Facet, facet
from fitpages.pages.common.page import Page
from fitpages.pages.common.pair_line import PairLine
from fitpages.pages.common.record_facts import Facts
from fitpages.pages.common.sources import Source, as_sources
from fitpages.pages.hubs.lines import Groups, LineGroup, by_kind, line_groups
from fitpages.site import Link


@dataclass(frozen=True, kw_only=True)
class Hub(Page):
    """What the templates of both kinds show.

    `answer` and `why` open it. `of_models`: its lines are of models, else of GPUs. `units` says what a GiB is to a GB:
    of the card's own memory, or of the size that most know.
    """

    answer: str
    why: tuple[str, ...]
    facts: Facts
    notes: SafeString
    facets: tuple[Facet, ...]
    units: str
    of_models: bool
    groups: tuple[LineGroup, ...]
    twins: tuple[Twin, ...]
    sources: tuple[Source, ...]
    changed: Link


class Order(NamedTuple):
    """A way to sort the lines: its name for readers, and the key."""

    text: str
    key: Callable[[PairLine], Any]


class HubKind(NamedTuple):
    """What the two kinds do each in their way; the first of `orders` is theirs where readers choose none."""

    list_page: Link
    address: Callable[[str], str]
    of_models: bool
    orders: Mapping[str, Order]


class HubParts(TypedDict):
    """The fields of a hub that follow from its kind, its record and its lines."""

    address: str
    crumb: str
    way: tuple[Link, ...]
    indexable: bool
    notes: SafeString
    facets: tuple[Facet, ...]
    of_models: bool
    groups: tuple[LineGroup, ...]
    sources: tuple[Source, ...]
    changed: Link


def ordered(kind: HubKind, lines: Iterable[PairLine], query: Mapping[str, str]) -> Groups:
    """The lines by kind of answer, in the order that the query asks for."""
    return by_kind(sorted(lines, key=kind.orders[_order(kind, query).value or next(iter(kind.orders))].key))


def _order(kind: HubKind, query: Mapping[str, str]) -> Facet:
    options = [(name, order.text) for name, order in kind.orders.items()]
    return facet(query, "sort", "Order by", options, anything="")


def hub_parts(
    snapshot: Snapshot,
    kind: HubKind,
    record: PublishedGpu | PublishedModel,
    groups: Groups,
    query: Mapping[str, str],
) -> HubParts:
    """The parts of the hub of `record`."""
    return HubParts(
        address=kind.address(record.slug),
        crumb=record.name,
        way=(kind.list_page,),
        indexable=not query,
        notes=record.notes_html,
        facets=(_order(kind, query),),
        of_models=kind.of_models,
        groups=line_groups(groups),
        sources=as_sources(record.sources),
        changed=data_changed(snapshot, Subject(gpu=record.slug) if kind.of_models else Subject(model=record.slug)),
    )
