"""Chromium finds nothing to refuse: no page, public or of the admin, does what the site's policy forbids.

Counted are the events that a browser raises at each violation, and what the console calls an error.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import PATIENCE_MS
from tests.browser.pages import EXAMPLES, Example
from tests.browser.pages import name as example_name
from tests.editor import NAME, PASSWORD

LISTEN = """document.addEventListener('securitypolicyviolation', event =>
    noteViolation(event.effectiveDirective + ' ' + event.blockedURI + ' on ' + location.pathname))"""
KINDS = (
    "gpu",
    "languagemodel",
    "quant",
    "artifact",
    "repository",
    "benchmark",
    "popularity",
    "boardscore",
    "price",
    "pick",
)
LISTS = [*(f"/admin/catalog/{kind}/" for kind in (*KINDS, "retiredslug")), "/admin/auth/user/", "/admin/auth/group/"]
PREVIEWS = [f"/admin/preview{example.address}" for example in EXAMPLES if example.status == 200]
STANDING = [
    *("/admin/", "/admin/catalog/", "/admin/password_change/", "/admin/preview/gpus/gh200-144/"),
    "/admin/effects/speed-class/",
    *("/admin/attention/drafts/", "/admin/attention/files/", "/admin/help/"),
    *PREVIEWS,
    *(f"/admin/catalog/{kind}/deleted/" for kind in KINDS),
    *(f"{address}add/" for address in LISTS),
]
INLINE = "<script>document.title = 'run'</script><p style='color: red' onclick='alert(1)'>inline</p>"


@contextmanager
def watched(chromium: Browser, origin: str) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser of its own, and what it refused or complained of in any of its windows."""
    context = chromium.new_context(base_url=origin, viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    context.set_default_timeout(PATIENCE_MS)
    context.expose_binding("noteViolation", lambda _, text: complaints.append(text))
    context.add_init_script(LISTEN)
    context.on("console", lambda line: complaints.append(f"console: {line.text}") if line.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
    try:
        yield context, complaints
    finally:
        context.close()


@pytest.fixture(scope="module")
def visitor(chromium: Browser, origin: str) -> Iterator[tuple[BrowserContext, list[str]]]:
    with watched(chromium, origin) as browser:
        yield browser


@pytest.fixture
def public(visitor: tuple[BrowserContext, list[str]]) -> Iterator[tuple[Page, list[str]]]:
    """A window of a visitor's, and what was refused in it."""
    context, complaints = visitor
    complaints.clear()
    page = context.new_page()
    yield page, complaints
    page.close()


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, origin: str) -> Iterator[tuple[BrowserContext, list[str]]]:
    """An editor's browser; signing in is a page like others."""
    with watched(chromium, origin) as (context, complaints):
        page = context.new_page()
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(NAME)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        expect(page).to_have_url(re.compile("/admin/$"))
        assert complaints == []
        yield context, complaints


@pytest.fixture
def desk(signed_in: tuple[BrowserContext, list[str]]) -> Iterator[Page]:
    """A window of an editor's; nothing may have been refused in it, nor in those that it opened."""
    context, complaints = signed_in
    complaints.clear()
    page = context.new_page()
    yield page
    page.close()
    assert complaints == []


@pytest.mark.parametrize("example", EXAMPLES, ids=example_name)
def test_no_public_page_does_what_the_policy_forbids(public: tuple[Page, list[str]], example: Example) -> None:
    page, complaints = public
    page.goto(example.address)
    for tab in page.get_by_role("tab").all():
        tab.click()
    for button in page.get_by_role("button", name="Copy").all():
        if button.is_visible():
            button.click()
    of_the_page_itself = f"console: Failed to load resource: the server responded with a status of {example.status}"
    assert [line for line in complaints if not line.startswith(of_the_page_itself)] == []


def test_nor_does_the_calculator_at_work(public: tuple[Page, list[str]]) -> None:
    page, complaints = public
    page.goto("/calculator/?model=qwen2-5-72b&gpu=l4")
    page.locator("[name=cards]").fill("4")
    expect(page).to_have_url(re.compile("cards=4"))
    assert complaints == []


@pytest.mark.parametrize("address", ["/about/", "/admin/catalog/gpu/"])
def test_what_is_inline_is_refused_and_counted(signed_in: tuple[BrowserContext, list[str]], address: str) -> None:
    context, complaints = signed_in
    complaints.clear()
    page = context.new_page()
    page.route(f"**{address}", _with(INLINE))
    page.goto(address)
    expect(page.get_by_text("inline", exact=True)).to_be_visible()
    assert page.title() != "run"
    refused = {line.partition(" ")[0] for line in complaints if not line.startswith("console")}
    assert refused == {"script-src-elem", "style-src-attr", "script-src-attr"}
    page.close()


def _with(markup: str) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("</body>", f"{markup}</body>"))

    return answer


@pytest.mark.parametrize("address", STANDING)
def test_no_page_of_the_admin_does_what_the_policy_forbids(desk: Page, address: str) -> None:
    answer = desk.goto(address)
    assert answer
    assert answer.status == 200


@pytest.mark.parametrize("address", LISTS)
def test_nor_does_a_record_its_history_or_the_question_whether_to_delete_it(desk: Page, address: str) -> None:
    for ending in ("change", "history", "delete"):
        desk.goto(address)
        record = desk.locator("#result_list tbody th a")
        if not record.count():
            return
        href = record.first.get_attribute("href") or ""
        answer = desk.goto(href.partition("?")[0].replace("/change/", f"/{ending}/"))
        assert answer
        assert answer.status == 200


def test_dates_are_picked(desk: Page) -> None:
    desk.goto("/admin/catalog/gpu/add/")
    desk.locator(".field-release_date .date-icon").click()
    desk.locator(".calendarbox .calendarnav-next").first.click()
    desk.locator(".calendarbox td").get_by_role("link", name="15", exact=True).click()
    expect(desk.locator("[name=release_date]")).to_have_value(re.compile(r"\d{4}-\d\d-15"))
    desk.goto("/admin/auth/user/1/change/")
    desk.locator(".field-date_joined .clock-icon").click()
    desk.locator(".clockbox").get_by_role("link", name="6 a.m.").click()
    expect(desk.locator("[name=date_joined_1]")).to_have_value("06:00:00")


def test_a_slug_is_proposed_and_parts_are_unfolded(desk: Page) -> None:
    desk.goto("/admin/catalog/languagemodel/add/")
    desk.locator("[name=name]").press_sequentially("Test 7B")
    expect(desk.locator("[name=slug]")).to_have_value("test-7b")
    desk.get_by_text("Beside the language model").click()
    expect(desk.locator("[name=tower_parameters]")).to_be_visible()
    desk.get_by_role("button", name="Toggle theme").first.click()


def test_a_record_is_found_while_typing_and_changed_in_a_window_of_its_own(desk: Page) -> None:
    desk.goto("/admin/catalog/artifact/add/")
    desk.locator(".field-quant .select2-selection").click()
    desk.locator(".select2-search__field").press_sequentially("Q4_K_M")
    desk.locator(".select2-results__option", has_text="Q4_K_M").first.click()
    with desk.expect_popup() as opened:
        desk.locator("#change_id_quant").click()
    popup = opened.value
    popup.locator("[name=quality]").fill("Small loss, as tested.")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".field-quant .select2-selection__rendered")).to_contain_text("Q4_K_M")


def test_effects_are_shown_and_what_was_typed_comes_back(desk: Page) -> None:
    desk.goto("/admin/catalog/gpu/?slug=l4")
    desk.locator("#result_list tbody th a").click()
    desk.locator("[name=bandwidth_gb_s]").fill("3")
    desk.get_by_role("button", name="Show effects").first.click()
    expect(desk.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(desk.get_by_role("heading", name="Verdicts that flip")).to_be_visible()
    desk.get_by_role("button", name="Back to the form").click()
    expect(desk.locator("[name=bandwidth_gb_s]")).to_have_value("3")


def test_all_pairs_are_counted_while_one_looks_on(desk: Page) -> None:
    desk.goto("/admin/effects/speed-class/")
    desk.get_by_label("Cards that now have the class").select_option("nvidia-hbm")
    desk.get_by_label("would have the class").select_option("nvidia-gddr")
    desk.get_by_role("button", name="Show effects").click()
    desk.get_by_role("button", name="Count all pairs").click(no_wait_after=True)
    expect(desk.locator(".effects-counted")).to_contain_text(re.compile("^All [0-9,]+ pairs"), timeout=120_000)
    expect(desk.locator(".effects-step").first).to_be_hidden()


def test_lists_are_filtered_searched_and_acted_on(desk: Page) -> None:
    desk.goto("/admin/catalog/gpu/")
    desk.locator("#changelist-filter summary").filter(has_text="By vendor").click()
    desk.locator("#changelist-filter").get_by_role("link", name="NVIDIA", exact=True).click()
    desk.locator("#searchbar").fill("rtx 4090")
    desk.locator("#searchbar").press("Enter")
    expect(desk).to_have_url(re.compile("q=rtx"))
    desk.locator("#action-toggle").check()
    desk.locator("[name=action]").first.select_option("publish")
    desk.get_by_role("button", name="Go").first.click()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("1 published.")
    desk.locator("#toggle-nav-sidebar").click()


def test_rights_are_moved_from_list_to_list(desk: Page) -> None:
    desk.goto("/admin/auth/group/add/")
    desk.locator("#id_permissions_from option").first.dblclick()
    expect(desk.locator("#id_permissions_to option")).to_have_count(1)
    desk.locator("#id_permissions_input").fill("gpu")
