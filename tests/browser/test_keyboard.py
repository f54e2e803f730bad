"""The first page with Tab, arrows and Enter alone; every stop shows where it is."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

# Home has about forty links to picks.
MOST_STOPS = 120
# The widest screen on which the header has a menu, in CSS pixels.
MENU = 959
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    tag: element.tagName,
    id: element.id,
    text: element.textContent.trim().slice(0, 40),
    inMain: document.querySelector("main").contains(element),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    onScreen: box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def _tab(page: Page) -> dict[str, Any]:
    """Press Tab once; the element that has the focus now."""
    page.keyboard.press("Tab")
    return dict(page.evaluate(FOCUSED))


def _tab_until(page: Page, **wanted: str) -> None:
    """Press Tab until an element like this has the focus."""
    for _ in range(MOST_STOPS):
        stop = _tab(page)
        if all(stop[name] == value for name, value in wanted.items()):
            return
    raise AssertionError(f"{MOST_STOPS} stops, none of them {wanted}")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_stop_shows_its_focus(visit: Visit, width: int) -> None:
    page = visit("/", width=width)
    stops = []
    while (stop := _tab(page))["tag"] != "BODY":
        stops.append(stop)
        assert len(stops) <= MOST_STOPS
    assert not [stop for stop in stops if stop["outline"] <= 0 or not stop["onScreen"]]
    assert stops[0]["text"] == "To the content"
    order = [stop["id"] or stop["text"] for stop in stops]
    search = "site-search" if width > MENU else "Search"
    assert order.index(search) < order.index("have") < order.index("want")
    assert ("Menu" in order) == (width <= MENU)


def test_the_skip_link_passes_over_the_header(visit: Visit) -> None:
    page = visit("/run/qwen2-5-72b-on-l4/")
    assert _tab(page)["text"] == "To the content"
    page.keyboard.press("Enter")
    assert _tab(page)["inMain"]


def test_the_search_is_typed_and_sent(visit: Visit, origin: str) -> None:
    page = visit("/")
    _tab_until(page, id="site-search")
    page.keyboard.type("qwen 72b l4")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{origin}/search/?q=qwen+72b+l4")


def test_what_one_wants_is_set_with_arrows_and_sent(visit: Visit, origin: str) -> None:
    page = visit("/")
    _tab_until(page, id="want")
    page.keyboard.press("ArrowDown")
    model = page.locator("#want").input_value()
    assert model
    _tab_until(page, tag="BUTTON", text="Show what it needs")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"^{origin}/models/{model}/"))
