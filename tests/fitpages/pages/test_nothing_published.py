"""A catalog without quantizations has one page, which says so."""

from fitpages.pages import nothing_published
from fitpages.serving.responses import render
from tests.html_page import HtmlPage


def test_it_says_that_there_is_nothing_yet_and_is_not_indexed() -> None:
    page = HtmlPage(render(nothing_published.build()).decode())
    assert page.headings("h1") == ["Nothing is published yet"]
    assert page.meta["robots"] == "noindex"
    assert page.canonical == ""
