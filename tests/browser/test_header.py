"""The header: one line, with a menu where its links do not fit."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

ONE_LINE = 46
PAGES = ["/", "/models/qwen2-5-72b/", "/accuracy/amd-rdna/"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [320, 390, 704])
def test_on_a_phone_it_is_one_line(visit: Visit, address: str, width: int) -> None:
    box = visit(address, width=width).get_by_role("banner").bounding_box()
    assert box
    assert box["height"] <= ONE_LINE


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("width", [320, 959])
def test_a_narrow_screen_has_a_menu(visit: Visit, width: int, javascript: bool) -> None:
    page = visit("/", width=width, javascript=javascript)
    site, menu = page.get_by_role("navigation", name="Site"), page.locator("header summary")
    expect(site.get_by_role("link", name="Calculator")).to_be_hidden()
    expect(site.get_by_role("link", name="Search")).to_be_visible()
    menu.focus()
    page.keyboard.press("Enter")
    site.get_by_role("link", name="Calculator").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Calculator")


def test_a_wide_screen_has_the_links_and_the_search(visit: Visit) -> None:
    page = visit("/", width=960)
    expect(page.locator("header summary")).to_be_hidden()
    expect(page.get_by_role("banner").get_by_role("searchbox")).to_be_visible()
    for name in ("Models", "Machines", "Calculator", "Guides"):
        expect(page.get_by_role("banner").get_by_role("link", name=name)).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_footer_says_where_to_report_a_wrong_figure(visit: Visit, width: int) -> None:
    footer = visit("/", width=width).get_by_role("contentinfo")
    for name in ("Report a wrong figure", "Method", "Accuracy", "About"):
        expect(footer.get_by_role("link", name=name)).to_be_visible()
