"""The lists and forms of the desk in a browser: on a phone, and while somebody types."""

import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_accessibility import RUN_AXE, TAGS
from tests.editor import NAME, PASSWORD

PHONE = 375


@pytest.fixture(scope="module")
def desk(chromium: Browser, origin: str) -> Iterator[Page]:
    """A window of an editor's, as wide as a phone."""
    context = chromium.new_context(base_url=origin, viewport={"width": PHONE, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    yield page
    context.close()


@pytest.mark.parametrize(
    "address",
    [
        *("/admin/", "/admin/attention/files/", "/admin/catalog/gpu/", "/admin/catalog/languagemodel/add/"),
        *("/admin/catalog/benchmark/add/", "/admin/catalog/gpu/add/?_popup=1", "/admin/password_change/"),
    ],
)
def test_a_phone_does_not_scroll_sideways(desk: Page, address: str) -> None:
    desk.goto(address)
    assert desk.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_on_a_phone_a_row_is_a_card_whose_cells_say_in_which_column_they_are(desk: Page) -> None:
    desk.goto("/admin/catalog/gpu/")
    assert desk.evaluate(
        "document.querySelector('.results').scrollWidth <= document.querySelector('.results').clientWidth"
    )
    row = desk.locator("#result_list tbody tr").first
    assert row.locator("td").evaluate_all("cells => cells.map(cell => cell.dataset.label)")[1:3] == [
        *("MEMORY (VRAM), GB", "BANDWIDTH, GB/S"),
    ]
    card = row.bounding_box()
    assert card
    for cell in row.locator("td").all():
        box = cell.bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE
        assert card["y"] <= box["y"] <= card["y"] + card["height"]


def test_filters_are_folded_and_say_what_was_chosen(desk: Page) -> None:
    desk.goto("/admin/catalog/languagemodel/?missing=licence")
    expect(desk.locator("#changelist-filter details[open]")).to_have_count(0)
    expect(desk.get_by_text("By missing fact: licence")).to_be_visible()
    assert desk.locator("#changelist-filter").bounding_box()["height"] < 250  # type: ignore[index]  # it is there


@pytest.mark.parametrize("kind", ["gpu", "languagemodel", "artifact", "benchmark"])
def test_a_list_shows_its_columns_in_a_window_of_1280(desk: Page, kind: str) -> None:
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.goto(f"/admin/catalog/{kind}/")
    place = desk.locator("#result_list thead th.column-status").bounding_box()
    desk.set_viewport_size({"width": PHONE, "height": 800})
    assert place
    assert place["x"] + place["width"] <= 1280


def test_digits_are_grouped_while_they_are_typed(desk: Page) -> None:
    desk.goto("/admin/catalog/languagemodel/add/")
    desk.locator("[name=parameters]").press_sequentially("8030261248")
    expect(desk.locator("output[for=id_parameters]")).to_have_text("8,030,261,248")
    desk.locator("[name=parameters]").fill("803")
    expect(desk.locator("output[for=id_parameters]")).to_have_text("")


def asked(page: Page) -> None:
    """The form of a card that contradicts itself, with its questions."""
    form(page)
    page.locator("[name=bandwidth_gb_s]").fill("10080")
    press(page, "Save and continue editing")
    expect(page.get_by_text("Save anyway, because").first).to_be_visible()


def effects(page: Page) -> None:
    form(page)
    page.locator("[name=memory_gb]").fill("48")
    press(page, "Show effects")


def form(page: Page) -> None:
    page.goto("/admin/catalog/gpu/?slug=rtx-4090")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_load_state()


def history(page: Page) -> None:
    form(page)
    page.goto(re.sub("change/.*", "history/", page.url))


def deletion(page: Page) -> None:
    form(page)
    page.goto(re.sub("change/.*", "delete/", page.url))


def publishing(page: Page) -> None:
    """The question before drafts are published together."""
    page.goto("/admin/catalog/gpu/?status__exact=draft")
    page.locator("[name=action]").select_option("publish")
    page.locator("#result_list [name=_selected_action]").first.check()
    press(page, "Go")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


STANDING = [
    *("/admin/", "/admin/attention/drafts/", "/admin/help/", "/admin/catalog/gpu/", "/admin/catalog/gpu/deleted/"),
    *("/admin/catalog/retiredslug/", "/admin/effects/speed-class/", "/admin/preview/gpus/gh200-144/"),
]
OPENED = [asked, effects, form, history, deletion, publishing]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opened", [*STANDING, *OPENED], ids=lambda opened: getattr(opened, "__name__", opened))
def test_a_page_has_no_barrier(
    desk: Page, axe: str, opened: str | Callable[[Page], None], scheme: Literal["light", "dark"]
) -> None:
    desk.emulate_media(color_scheme=scheme)
    opened(desk) if callable(opened) else desk.goto(opened)
    desk.evaluate(axe)
    violations = desk.evaluate(RUN_AXE, TAGS)["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in violations] == []
