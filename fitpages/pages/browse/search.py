"""Search results."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.name_words import LONGEST_QUERY
from catalog.snapshot import Snapshot
from fit.gpu_memory import nameplate_gib
from fitpages import addresses
from fitpages.matching.search import search
from fitpages.pages.common.page import Page
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.site import Link
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/browse/search.html"

    query: str
    advice: str
    lines: tuple[PairLine, ...]
    models: tuple[Link, ...]
    gpus: tuple[Link, ...]


def build(snapshot: Snapshot, query: str) -> SearchPage:
    """What a query finds; an empty query is an invitation."""
    query = query.replace("\x00", "").strip()[:LONGEST_QUERY]
    results = search(snapshot, query)
    lines = tuple(pair_line(snapshot, pair.model, pair.gpu) for pair in results.pairs)
    return SearchPage(
        title=f"Search: {query}" if query else "Search models and GPUs",
        description="Search language models and GPUs by name, or both at once, such as qwen 72b l4.",
        heading="Search",
        address=addresses.SEARCH,
        crumb="Search",
        indexable=False,
        query=query,
        advice=_advice(query, is_empty=not (results.models or results.gpus)),
        lines=lines,
        models=tuple(
            Link(model.name, addresses.model(model.slug), figures.parameters(model.spec.parameters))
            for model in results.models
        ),
        gpus=tuple(
            Link(gpu.name, addresses.gpu(gpu.slug), figures.gibibytes(nameplate_gib(gpu.spec))) for gpu in results.gpus
        ),
    )


def _advice(query: str, *, is_empty: bool) -> str:
    """What to type, where nothing was typed, or where that is the name of nothing."""
    if not query:
        return "Type a model, a GPU, or both: qwen 72b l4."
    if is_empty:
        return f"Nothing in the catalog is called “{query}”. Try fewer words, or only the number in the name."
    return ""
