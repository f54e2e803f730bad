"""Light, dark and paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

PAIR = "/run/qwen2-5-72b-on-l4/"
LUMINANCE = """name => {
  const [red, green, blue] = getComputedStyle(document.body)[name].match(/[\\d.]+/g).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}"""


def _luminance(page: Page, name: str) -> float:
    return float(page.evaluate(LUMINANCE, name))


def test_light_is_dark_on_light_and_dark_the_other_way_round(visit: Visit) -> None:
    light, dark = visit(PAIR, scheme="light"), visit(PAIR, scheme="dark")
    assert _luminance(light, "backgroundColor") > 0.8 > 0.2 > _luminance(light, "color")
    assert _luminance(dark, "backgroundColor") < 0.2 < 0.8 < _luminance(dark, "color")


def test_a_page_follows_when_the_scheme_changes(visit: Visit) -> None:
    page = visit(PAIR, scheme="light")
    before = _luminance(page, "backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert _luminance(page, "backgroundColor") < before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_shows_the_answer_dark_on_white_without_navigation(visit: Visit, scheme: str) -> None:
    page = visit(PAIR, scheme=scheme)
    unneeded = [page.get_by_role("navigation", name=name) for name in ("Site", "Breadcrumbs")]
    for navigation in unneeded:
        expect(navigation).to_be_visible()
    page.emulate_media(media="print")
    for navigation in unneeded:
        expect(navigation).to_be_hidden()
    expect(page.locator(".answer")).to_be_visible()
    expect(page.locator("table.levels").first).to_be_visible()
    assert _luminance(page, "backgroundColor") == pytest.approx(1)
    assert _luminance(page, "color") < 0.2
