"""The guides, and the pairs that they speak of."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.answers import Answer, answer
from fitpages.matching.pairs import find_pair
from fitpages.pages.common.page import Page
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides import quantization
from fitpages.pages.guides.pair_figures import PairFigures
from fitpages.serving.responses import render
from tests.html_page import HtmlPage

GUIDES = [quantization.build, local_guide.build]
in_both = pytest.mark.parametrize("build", GUIDES, ids=["quantization", "local"])


def read(build: Callable[[Snapshot], Page], snapshot: Snapshot) -> HtmlPage:
    return HtmlPage(render(build(snapshot)).decode())


def answer_at(snapshot: Snapshot, address: str) -> Answer:
    """The answer that the page at an address gives."""
    pair = find_pair(snapshot, address.split("/")[2])
    assert pair is not None, address
    return answer(snapshot, pair.model, pair.gpu)


def figures_in(value: object) -> Iterator[PairFigures]:
    """Every pair that a page speaks of, wherever it stands."""
    if isinstance(value, PairFigures):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from figures_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from figures_in(getattr(value, field.name))
