"""All that a page of a pair says in sentences, and a fixed sample of all such pages."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Any

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.page import PairPage
from fitpages.site import Link

EVERY = 37


def sample(snapshot: Snapshot) -> Iterator[Pair]:
    """Every 37th of all pairs: of each model some cards, of each card some models."""
    pairs = product(snapshot.models.values(), snapshot.gpus.values())
    return (Pair(model, gpu) for model, gpu in islice(pairs, 0, None, EVERY))


@lru_cache(maxsize=1)
def sample_pages(snapshot: Snapshot) -> tuple[PairPage, ...]:
    """The pages of the sample, built once for all tests of one catalog."""
    return tuple(pair_page.build(snapshot, pair) for pair in sample(snapshot))


def texts(page: PairPage) -> list[str]:
    """Every sentence and heading of the page, one after the other."""
    prose = page.prose
    want = f"{prose.want} {prose.want_link.text}." if prose.want_link else prose.want
    return [
        page.title,
        page.description,
        page.heading,
        prose.answer + prose.verdict,
        prose.opening,
        page.bar.text,
        page.model.caption,
        page.gpu.fits_heading,
        page.gpu.method,
        prose.reason_heading,
        *prose.reason,
        want,
        *page.model.lever,
        *(text for question in prose.questions for text in question),
        page.gpus_heading,
        page.models_heading,
        *_of_links(page.other_gpus),
        *_of_links(page.other_models),
        *_of_links(page.related),
    ]


def _of_links(links: tuple[Link, ...]) -> list[Any]:
    return [text for link in links for text in (link.text, link.note)]
