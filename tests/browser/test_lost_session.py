"""A session that ended, or was renewed in another window, loses nothing that was typed; nothing is saved unasked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE_MS
from tests.editor import NAME, PASSWORD

NOTE = "You were signed out; nothing is saved yet."
WAITS = "You were signed out, and nothing is saved yet."
# Longer than what strangers may send: 45,000 characters, of which many take three bytes.
LONG = "A line about a card — typed for an hour.\n" * 400
SESSION = "sessionid"


@pytest.fixture
def editor(chromium: Browser, origin: str) -> Iterator[BrowserContext]:
    """A browser whose editor has signed in."""
    context = chromium.new_context(base_url=origin)
    context.set_default_timeout(PATIENCE_MS)
    sign_in(open_page(context, "/admin/login/?next=/admin/"))
    yield context
    context.close()


def open_page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def sign_in(page: Page) -> None:
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def card(context: BrowserContext, slug: str) -> Page:
    """The form of a card."""
    page = open_page(context, f"/admin/catalog/gpu/?slug={slug}")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_load_state()
    return page


def save(page: Page) -> None:
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state()


def notes(page: Page) -> str:
    return page.locator("[name=editor_notes]").input_value()


@pytest.mark.parametrize("text", ["short, with <b> & “quotes”\nin two lines", LONG.strip()], ids=["short", "long"])
def test_what_was_typed_is_in_the_form_after_signing_in(editor: BrowserContext, text: str) -> None:
    page = card(editor, "a10")
    address, before = page.url, notes(page)
    page.locator("[name=editor_notes]").fill(text)
    page.locator("[name=common]").set_checked(not page.locator("[name=common]").is_checked())
    common = page.locator("[name=common]").is_checked()
    editor.clear_cookies(name=SESSION)
    save(page)
    expect(page.get_by_text(WAITS)).to_be_visible()
    page.get_by_label("Password").fill("a wrong one, which loses nothing")
    page.get_by_label("Username").fill(NAME)
    page.get_by_role("button", name="Log in").click()
    sign_in(page)
    expect(page.get_by_text(NOTE)).to_be_visible()
    assert (page.url, notes(page)) == (address, text)
    assert page.locator("[name=common]").is_checked() is common
    assert notes(card(editor, "a10")) == before, "nothing is saved by itself"
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text(NOTE)).to_have_count(0)
    assert notes(page) == before


def test_a_new_record_and_its_references_are_kept_too(editor: BrowserContext) -> None:
    page = open_page(editor, "/admin/catalog/artifact/add/")
    page.locator("[name=label]").fill("Q4_K_M")
    page.locator(".field-quant .select2-selection").click()
    page.locator(".select2-search__field").press_sequentially("Q4_K_M")
    page.locator(".select2-results__option", has_text="Q4_K_M").first.click()
    editor.clear_cookies(name=SESSION)
    save(page)
    sign_in(page)
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.locator("[name=label]")).to_have_value("Q4_K_M")
    expect(page.locator(".field-quant .select2-selection__rendered")).to_contain_text("Q4_K_M")


def test_a_form_of_before_signing_in_elsewhere_is_not_lost_and_is_saved_when_it_is_sent_again(
    editor: BrowserContext,
) -> None:
    page = card(editor, "a10")
    before = notes(page)
    page.locator("[name=editor_notes]").fill("typed before")
    other = editor.new_page()
    editor.clear_cookies(name=SESSION)
    other.goto("/admin/login/?next=/admin/")
    sign_in(other)
    save(page)
    expect(page.get_by_text(NOTE)).to_be_visible()
    assert notes(page) == "typed before"
    assert notes(card(editor, "a10")) == before
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    again = card(editor, "a10")
    assert notes(again) == "typed before"
    expect(again.get_by_text(NOTE)).to_have_count(0)
    again.locator("[name=editor_notes]").fill(before)
    save(again)


def test_what_is_saved_or_refused_at_a_field_is_kept_nowhere(editor: BrowserContext) -> None:
    page = card(editor, "a10")
    page.locator("[name=memory_gb]").fill("0")
    save(page)
    expect(page.get_by_text("This must be above zero")).to_be_visible()
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('desk-form'))") == []


def test_another_account_in_the_same_window_is_shown_nothing_of_it(editor: BrowserContext) -> None:
    page = card(editor, "a10")
    address, before = page.url, notes(page)
    page.locator("[name=editor_notes]").fill("typed by the first")
    editor.clear_cookies(name=SESSION)
    save(page)
    page.evaluate(
        """for (const key of Object.keys(sessionStorage)) {
            const kept = JSON.parse(sessionStorage[key]); kept.user = "999"; sessionStorage[key] = JSON.stringify(kept);
        }"""
    )
    sign_in(page)
    expect(page).to_have_url(address)
    page.wait_for_function("sessionStorage.length === 0")
    assert notes(page) == before


def test_signing_out_forgets_and_passwords_are_never_kept(editor: BrowserContext) -> None:
    page = open_page(editor, "/admin/auth/user/add/")
    page.locator("[name=username]").fill("somebody")
    page.locator("[name=password1]").fill("a-secret-of-four-words")
    editor.clear_cookies(name=SESSION)
    save(page)
    expect(page.get_by_text(WAITS)).to_be_visible()
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    assert ("somebody" in kept, "a-secret-of-four-words" in kept, "csrfmiddlewaretoken" in kept) == (True, False, False)
    sign_in(page)
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(re.compile("/logout/$"))
    page.wait_for_function("sessionStorage.length === 0")


def test_cells_of_a_list_are_kept_where_its_rows_are_the_same(editor: BrowserContext) -> None:
    page = open_page(editor, "/admin/catalog/gpu/?q=a10")
    cell = page.locator("[name=form-0-launch_price_usd]")
    cell.fill("4321")
    editor.clear_cookies(name=SESSION)
    save(page)
    sign_in(page)
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(cell).to_have_value("4321")
    page.evaluate(
        """for (const key of Object.keys(sessionStorage)) {
            sessionStorage[key] = sessionStorage[key].replace(/("form-0-id","value":")\\d+/, "$10");
        }"""
    )
    page.reload()
    expect(page.get_by_text("the list has other rows now")).to_be_visible()
    expect(cell).not_to_have_value("4321")
