"""The programs of a pair: tabs and a button to copy with JavaScript, one under the other without."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit

PAIR = "/run/gpt-oss-20b-on-rtx-4090/"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


def test_without_javascript_every_command_can_be_read(visit: Visit) -> None:
    page = visit(PAIR, javascript=False)
    programs = page.locator(".programs > div")
    assert programs.count() > 1
    for program in programs.all():
        expect(program.get_by_role("heading", level=3)).to_be_visible()
        expect(program.locator("pre")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


def test_tabs_show_one_command_and_follow_the_arrows(visit: Visit) -> None:
    page = visit(PAIR)
    tabs, commands = page.get_by_role("tab"), page.locator("pre")
    tabs.first.focus()
    for key, shown in (("ArrowRight", 1), ("ArrowLeft", 0), ("ArrowLeft", tabs.count() - 1), ("Home", 0)):
        page.keyboard.press(key)
        expect(tabs.nth(shown)).to_be_focused()
        expect(tabs.nth(shown)).to_have_attribute("aria-selected", "true")
        assert [command.is_visible() for command in commands.all()].index(True) == shown
        expect(page.get_by_role("tabpanel")).to_have_count(1)


def test_a_command_is_copied_with_the_keyboard(visit: Visit) -> None:
    page = visit(PAIR)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("tab").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tabpanel").get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("pre").first.text_content()


def test_a_command_is_copied_where_there_is_no_clipboard_to_write_to(visit: Visit) -> None:
    page = visit(PAIR)
    page.evaluate(NO_CLIPBOARD)
    page.get_by_role("tabpanel").get_by_role("button", name="Copy").click()
    expect(page.get_by_role("tabpanel").get_by_role("status")).to_have_text("Copied")


def test_a_command_is_selected_as_it_is_typed(visit: Visit) -> None:
    page = visit(PAIR, width=320, javascript=False)
    commands = page.locator("pre code")
    assert any("\n" in command for command in commands.all_text_contents())
    for command in commands.all():
        selected = command.evaluate(
            "code => { getSelection().selectAllChildren(code); return getSelection().toString(); }"
        )
        assert selected == command.text_content()


def test_a_command_of_two_lines_is_shown_in_two(visit: Visit) -> None:
    (command,) = [code for code in visit(PAIR, javascript=False).locator("pre code").all() if "\n" in code.inner_text()]
    tops = [box["y"] for part in command.locator("span").all() if (box := part.bounding_box())]
    before = command.evaluate("code => [...code.childNodes].findIndex(node => node.nodeType === Node.TEXT_NODE)")
    assert tops[before] > tops[before - 1]
