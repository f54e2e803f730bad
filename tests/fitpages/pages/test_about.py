"""The about page counts the catalog, dates it, and says where to report a wrong number."""

from collections.abc import Iterator
from typing import Any

import pytest

from catalog.snapshot import Snapshot
from fitpages import site
from fitpages.pages import about
from fitpages.serving.responses import render
from fitpages.site import Link
from tests.html_page import HtmlPage


@pytest.fixture
def contact(settings: Any) -> Iterator[str]:
    """A SITE_CONTACT, which pages take from the settings once in a process."""
    settings.SITE_CONTACT = "errors@example.org"
    site.site.cache_clear()
    yield settings.SITE_CONTACT
    site.site.cache_clear()


def test_it_counts_and_dates_the_catalog(small: Snapshot) -> None:
    page = about.build(small)
    assert (page.models, page.gpus, page.pairs, page.catalog_date) == ("4", "5", "20", "1 March 2026")
    assert "20 pairs of 4 models" in HtmlPage(render(page).decode()).text


def test_a_report_goes_to_the_contact(small: Snapshot, contact: str) -> None:
    assert about.build(small).report == Link(contact, f"mailto:{contact}")
    assert f"mailto:{contact}" in HtmlPage(render(about.build(small)).decode()).links


def test_it_is_short_and_says_what_may_be_done(small: Snapshot) -> None:
    page = HtmlPage(render(about.build(small)).decode())
    assert 250 <= page.words <= 400
    assert "MIT licence" in page.prose
    assert "free to reuse it" in page.prose
    assert "/methodology/" in page.links


def test_its_title_and_description_fit_a_list_of_results(small: Snapshot) -> None:
    page = about.build(small)
    assert len(page.title) <= 60
    assert len(page.description) <= 160
