"""A week at the desk: an editor adds a card with a slip, a publisher publishes it, and everything can be taken back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE_MS
from tests.loaded_site import load_site
from tests.processes import environment, manage, serving

PASSWORD = "a-long-password-for-tests"
EDITOR, PUBLISHER = "erin", "pat"
ACCOUNTS = f"""
from django.contrib.auth.models import Group, User
for name, group in (("{EDITOR}", "Editors"), ("{PUBLISHER}", "Publishers")):
    user = User.objects.create_user(name, password="{PASSWORD}", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
"""
CARD = {
    "name": "RTX 7090",
    "full_name": "NVIDIA GeForce RTX 7090",
    "sources": "https://example.org/rtx-7090",
    "memory_gb": "32",
    "bus_bits": "512",
    "memory_rate_gbps": "28",
    "bandwidth_gb_s": "17920",
    "power_w": "575",
}
SIGNED_OUT = "You were signed out; nothing is saved yet."
TAKEN_OUT = "was taken out of the catalog"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of a site of its own, with an editor and a publisher."""
    folder = tmp_path_factory.mktemp("desk")
    environ = environment(
        folder / "catalog.sqlite3",
        DJANGO_SETTINGS_MODULE="tests.browser.settings",
        STATIC_ROOT_OF_TESTS=str(folder / "static"),
    )
    load_site(environ)
    for command in (["collectstatic", "--no-input"], ["shell", "-c", ACCOUNTS]):
        manage(environ, *command)
    with serving(environ) as origin:
        yield origin


class Colleague:
    """Somebody of the staff with a browser of their own."""

    def __init__(self, context: BrowserContext, name: str) -> None:
        self.context, self.name, self.page = context, name, context.new_page()
        self.page.goto("/admin/login/?next=/admin/")
        self.sign_in()

    def sign_in(self) -> None:
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()

    def open(self, slug: str) -> Page:
        """The form of a card."""
        self.page.goto(f"/admin/catalog/gpu/?slug={slug}")
        self.page.locator("#result_list tbody th a").first.click()
        self.page.wait_for_load_state()
        return self.page

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def shows(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def status(self, address: str) -> int:
        """What a visitor is answered."""
        answer = self.context.request.get(address, max_redirects=0)
        return answer.status


@pytest.fixture
def at_desk(chromium: Browser, desk: str) -> Iterator[tuple[Colleague, Colleague]]:
    with colleague(chromium, desk, EDITOR) as editor, colleague(chromium, desk, PUBLISHER) as publisher:
        yield editor, publisher


@contextmanager
def colleague(chromium: Browser, desk: str, name: str) -> Iterator[Colleague]:
    context = chromium.new_context(base_url=desk, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    yield Colleague(context, name)
    context.close()


def test_a_week_at_the_desk(at_desk: tuple[Colleague, Colleague]) -> None:
    editor, publisher = at_desk
    add_a_card_with_a_slip(editor)
    look_at_its_pages(editor)
    look_at_the_effects(editor)
    publish(publisher)
    rename_and_follow(publisher)
    take_back(publisher)
    two_on_one_row(publisher, editor)
    lose_the_session(publisher)
    delete(publisher)


def add_a_card_with_a_slip(editor: Colleague) -> None:
    page = editor.page
    page.goto("/admin/catalog/gpu/add/")
    page.locator("[name=vendor]").select_option("NVIDIA")
    page.locator("[name=segment]").select_option("consumer")
    editor.fill(**CARD)
    editor.press("Save and continue editing")
    expect(page.locator(".field-bandwidth_gb_s .errorlist")).to_contain_text("17,920")
    expect(page.locator("[name=bandwidth_gb_s]")).to_have_value("17920")
    editor.fill(bandwidth_gb_s="1792")
    editor.press("Save and continue editing")
    editor.shows("was added successfully")
    expect(page.locator("[name=slug]")).to_have_value("rtx-7090")


def look_at_its_pages(editor: Colleague) -> None:
    page = editor.page
    assert editor.status("/gpus/rtx-7090/") == 404
    page.get_by_role("link", name="Preview", exact=True).click()
    expect(page).to_have_url(re.compile("/admin/preview/gpus/rtx-7090/"))
    expect(page.get_by_role("heading", name="RTX 7090").first).to_be_visible()
    editor.shows("not public")
    page.locator("main a[href*='-on-rtx-7090/']").first.click()
    expect(page).to_have_url(re.compile("/admin/preview/run/.*-on-rtx-7090/"))
    assert editor.status("/run/qwen2-5-72b-on-rtx-7090/") == 404


def look_at_the_effects(editor: Colleague) -> None:
    page = editor.open("rtx-7090")
    editor.fill(memory_gb="48")
    editor.press("Show effects")
    editor.shows("as a draft")
    editor.press("Back to the form")
    expect(page.locator("[name=memory_gb]")).to_have_value("48")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    assert page.locator(".field-status .readonly").first.text_content() == "Draft"


def publish(publisher: Colleague) -> None:
    publisher.open("rtx-7090")
    publisher.press("Publish")
    assert publisher.status("/gpus/rtx-7090/") == 200
    publisher.page.goto("/run/qwen2-5-72b-on-rtx-7090/")
    publisher.shows("1,792 GB/s")
    publisher.page.goto("/changes/")
    publisher.shows("RTX 7090")


def rename_and_follow(publisher: Colleague) -> None:
    publisher.open("rtx-7090")
    publisher.fill(slug="geforce-rtx-7090")
    publisher.press("Save")
    publisher.page.goto("/run/qwen2-5-72b-on-rtx-7090/")
    expect(publisher.page).to_have_url(re.compile("/run/qwen2-5-72b-on-geforce-rtx-7090/$"))


def take_back(publisher: Colleague) -> None:
    page = publisher.open("geforce-rtx-7090")
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="Take this change back").first.click()
    publisher.press("Take back the ticked fields")
    assert publisher.status("/gpus/rtx-7090/") == 200
    assert publisher.status("/gpus/geforce-rtx-7090/") == 301


def two_on_one_row(first: Colleague, second: Colleague) -> None:
    """The second is an editor, so both work at a draft."""
    first.open("rtx-7090")
    first.press("Take off the site")
    second.open("rtx-7090")
    first.open("rtx-7090")
    first.fill(notes="what the first wrote", power_w="570")
    first.press("Save")
    second.fill(editor_notes="what the second wrote", power_w="560")
    second.press("Save")
    second.shows("Somebody changed this record")
    expect(second.page.locator("[name=editor_notes]")).to_have_value("what the second wrote")
    second.press("Save mine over theirs for the fields I changed")
    page = second.open("rtx-7090")
    expect(page.locator("[name=notes]")).to_have_value("what the first wrote")
    expect(page.locator("[name=editor_notes]")).to_have_value("what the second wrote")
    expect(page.locator("[name=power_w]")).to_have_value("560")


def lose_the_session(publisher: Colleague) -> None:
    page = publisher.open("rtx-7090")
    publisher.fill(editor_notes="typed for an hour")
    publisher.context.clear_cookies(name="sessionid")
    publisher.press("Save")
    publisher.sign_in()
    publisher.shows(SIGNED_OUT)
    expect(page.locator("[name=editor_notes]")).to_have_value("typed for an hour")
    publisher.press("Publish")
    assert publisher.status("/gpus/rtx-7090/") == 200


def delete(publisher: Colleague) -> None:
    page = publisher.open("rtx-7090")
    page.get_by_role("link", name="Delete").first.click()
    publisher.shows("410")
    publisher.press("Yes, delete it")
    assert publisher.status("/gpus/rtx-7090/") == 410
    assert publisher.status("/run/qwen2-5-72b-on-rtx-7090/") == 410
    page.goto("/gpus/rtx-7090/")
    publisher.shows(TAKEN_OUT)
