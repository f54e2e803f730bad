"""The guides, and the pages of the pairs that they speak of."""

from collections.abc import Callable

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair, find_pair
from fitpages.pages.common.page import Page
from fitpages.pages.common.quant_table import TableRow
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides import quantization
from fitpages.pages.pair import page as pair_page
from fitpages.serving.responses import render
from fitpages.text import figures
from tests.html_page import HtmlPage

GUIDES = [quantization.build, local_guide.build]
in_both = pytest.mark.parametrize("build", GUIDES, ids=["quantization", "local"])


def read(build: Callable[[Snapshot], Page], snapshot: Snapshot) -> HtmlPage:
    return HtmlPage(render(build(snapshot)).decode())


def page_of(snapshot: Snapshot, address: str) -> tuple[Pair, dict[str, TableRow]]:
    """The pair at an address, and the rows of its page by the quantization's name in sentences."""
    pair = find_pair(snapshot, address.split("/")[2])
    assert pair is not None, address
    rows = pair_page.build(snapshot, pair).rows
    return pair, {row.name.partition(" (")[0]: row for row in rows}


def says_it_fits(row: TableRow) -> bool:
    """What the page of the pair advises: exactly where there is an accounting, elsewhere by the rule of thumb."""
    return row.fits_exactly or (row.fits and not row.exact_note)


def need_of(row: TableRow) -> str:
    """What the page of the pair says that it needs: by the rule, or as counted where the rule has no figure."""
    return row.counted if row.need == figures.NOT_SHOWN else row.need
