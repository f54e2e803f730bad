"""The page of an address that has none: what comes nearest."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.answers import answer
from fitpages.matching.pairs import Pair, close_slugs, nearest_pairs
from fitpages.pages.common import answer_words
from fitpages.pages.common.page import Page
from fitpages.site import Link


@dataclass(frozen=True, kw_only=True)
class NotFoundPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "404.html"

    nearest: tuple[Link, ...]


def build(snapshot: Snapshot | None, path: str) -> NotFoundPage:
    """What to offer instead of `path`, whose last part may name a pair, a model or a GPU."""
    folder, _, name = path.rstrip("/").rpartition("/")
    return NotFoundPage(
        title="Page not found",
        description="There is no page at this address.",
        heading="There is no page at this address",
        address="",
        crumb="",
        way=(),
        indexable=False,
        nearest=_nearest(snapshot, f"{folder}/", name.lower()) if snapshot and name else (),
    )


def _nearest(snapshot: Snapshot, folder: str, name: str) -> tuple[Link, ...]:
    """Of the kind that the address asks for, else pairs."""
    if folder == addresses.MODELS:
        models = (snapshot.models[slug] for slug in close_slugs(name, snapshot.models))
        return tuple(Link(model.name, addresses.model(model.slug)) for model in models)
    if folder == addresses.GPUS:
        gpus = (snapshot.gpus[slug] for slug in close_slugs(name, snapshot.gpus))
        return tuple(Link(gpu.name, addresses.gpu(gpu.slug)) for gpu in gpus)
    pairs = nearest_pairs(snapshot, name)
    return tuple(_pair(snapshot, pair) for pair in pairs)


def _pair(snapshot: Snapshot, pair: Pair) -> Link:
    """The pair with its answer."""
    words = answer_words.short_line(answer(snapshot, pair.model, pair.gpu))
    return Link(f"{pair.model.name} on {pair.gpu.name}", pair.address, words)
