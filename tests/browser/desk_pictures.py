"""`python -m tests.browser.desk_pictures`: the pictures of the help for editors, of the starting catalog."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from catalog.help import PICTURES
from tests.browser.chromium import browser
from tests.editor import NAME, PASSWORD, make_account
from tests.loaded_site import load_site
from tests.processes import ROOT, environment, manage, serving

WIDTH, HEIGHT = 800, 450
CARD = "RTX 4090"
DRAFT = "GH200 144GB"


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environ = environment(Path(folder) / "catalog.sqlite3")
        load_site(environ)
        manage(environ, "collectstatic", "--no-input")
        make_account(environ)
        with serving(environ) as origin, _desk(origin) as page:
            for name, arrange in ARRANGED.items():
                arrange(page)
                page.evaluate("document.querySelector('#toggle-nav-sidebar')?.remove()")
                file = PICTURES / f"{name}.png"
                page.screenshot(path=file)
                print(file.relative_to(ROOT))


@contextmanager
def _desk(origin: str) -> Iterator[Page]:
    """A window where an editor is signed in, without the list of tables at its side."""
    with browser() as chromium:
        context = chromium.new_context(base_url=origin, viewport={"width": WIDTH, "height": HEIGHT})
        page = context.new_page()
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(NAME)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.evaluate("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
        yield page
        context.close()


def first_page(page: Page) -> None:
    page.goto("/admin/")
    _to(page, "#content")


def a_list(page: Page) -> None:
    page.goto("/admin/catalog/gpu/?q=rtx4090")
    _to(page, "#content")


def asked(page: Page) -> None:
    """A bandwidth with a digit too many."""
    _open(page, CARD)
    page.locator("[name=bandwidth_gb_s]").fill("10080")
    page.get_by_role("button", name="Save", exact=True).first.click()
    _to(page, ".doubts")


def effects(page: Page) -> None:
    """A laptop's card with less bandwidth than it has."""
    _open(page, CARD)
    page.locator("[name=bandwidth_gb_s]").fill("900")
    page.get_by_role("button", name="Show effects").first.click()
    page.locator(".effects-report, .effects-kinds").first.wait_for(timeout=60_000)
    _to(page, ".effects-sums, .effects-report")


def draft(page: Page) -> None:
    _open(page, DRAFT)
    _to(page, "#content")


def history(page: Page) -> None:
    """A price that was changed."""
    _open(page, CARD)
    page.locator("[name=launch_price_usd]").fill("1649")
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.get_by_role("link", name="History").click()
    _to(page, "#content")


def _open(page: Page, name: str) -> None:
    page.goto(f"/admin/catalog/gpu/?name={name}")
    page.locator("#result_list tbody th a").first.click()
    page.locator("[name=name]").wait_for()


def _to(page: Page, place: str) -> None:
    """Move the page until a place is at its top."""
    page.locator(place).first.evaluate("element => scrollBy(0, element.getBoundingClientRect().top)")


ARRANGED: dict[str, Callable[[Page], None]] = {
    "first-page": first_page,
    "list": a_list,
    "asked": asked,
    "effects": effects,
    "draft": draft,
    "history": history,
}

if __name__ == "__main__":
    main()
