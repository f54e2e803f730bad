"""All that a page of a pair says in sentences."""

from typing import Any

from fitpages.pages.frame import Link
from fitpages.pages.pair import PairPage


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
        page.table_caption,
        page.fits_heading,
        prose.method,
        prose.reason_heading,
        *prose.reason,
        want,
        *prose.lever,
        *(text for question in prose.questions for text in question),
        page.gpus_heading,
        page.models_heading,
        *_of_links(page.other_gpus),
        *_of_links(page.other_models),
        *_of_links(page.related),
    ]


def _of_links(links: tuple[Link, ...]) -> list[Any]:
    return [text for link in links for text in (link.text, link.note)]
