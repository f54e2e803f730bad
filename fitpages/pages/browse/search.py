"""Search results: pairs, models and machines with what is said of them, and what to run for a use or on a machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from catalog.name_words import LONGEST_QUERY
from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.search import search
from fitpages.matching.search_results import Results
from fitpages.pages.browse.search_blocks import Block, names_to_choose, of_results
from fitpages.pages.common.page import Page


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """What its template shows. `names` are offered while one types."""

    template: ClassVar[str] = "fitpages/browse/search.html"

    query: str
    advice: str
    blocks: tuple[Block, ...]
    names: tuple[str, ...]

    @property
    def has_figures(self) -> bool:
        return any(block.has_figures for block in self.blocks)


def build(snapshot: Snapshot, query: str) -> SearchPage:
    """What a query finds; an empty query is an invitation."""
    query = query.replace("\x00", "").strip()[:LONGEST_QUERY]
    results = search(snapshot, query)
    blocks = tuple(of_results(snapshot, results))
    return SearchPage(
        title=f"Search: {query}" if query else "Search models and machines",
        description="Search language models and machines by name, by size or by use, or two at once: qwen 72b l4.",
        heading="Search",
        address=addresses.SEARCH,
        crumb="Search",
        indexable=False,
        query=query,
        advice=" ".join(_advice(query, results, is_empty=not blocks)),
        blocks=blocks,
        names=names_to_choose(snapshot),
    )


def _advice(query: str, results: Results, *, is_empty: bool) -> Iterator[str]:
    """What to type, where nothing was typed, or where that is the name of nothing; which words were left out."""
    if not query:
        yield "Type a model, a machine, both, a size or a use: qwen 72b l4, coding 12gb, mac studio."
    elif is_empty:
        yield f"Nothing in the catalog is called “{query}”. Try fewer words, or only the number in the name."
    elif results.unknown:
        words = ", ".join(f"“{word}”" for word in results.unknown)
        yield f"Nothing in the catalog is called {words}: searched without."
