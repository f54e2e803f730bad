"""A running site, Chromium, and the checkers. What is missing fails with the command that installs it.

Everything here ends with the last test of this folder: while Playwright runs, Django's ORM refuses to work.
"""

import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium as system_chromium
from tests.browser.catalog_says import CatalogSays
from tests.editor import make_account
from tests.loaded_site import load_site
from tests.processes import ROOT, environment, manage, serving

PATIENCE_MS = 10_000
NODE_PACKAGES = ROOT / "node_modules"

Visit = Callable[..., Page]
Fetch = Callable[[str], tuple[int, str]]


@pytest.fixture(scope="package")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a site with its starting catalog, with a database and static files of its own."""
    folder = tmp_path_factory.mktemp("site")
    environ = environment(
        folder / "catalog.sqlite3",
        DJANGO_SETTINGS_MODULE="tests.browser.settings",
        STATIC_ROOT_OF_TESTS=str(folder / "static"),
    )
    load_site(environ)
    manage(environ, "collectstatic", "--no-input")
    make_account(environ)
    return environ


@pytest.fixture(scope="package")
def origin(environ: dict[str, str]) -> Iterator[str]:
    """The site, running."""
    with serving(environ) as address:
        yield address


@pytest.fixture(scope="package")
def catalog_says(environ: dict[str, str]) -> CatalogSays:
    """Asks the catalog of the site what its pages should say."""
    return CatalogSays(environ)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    if system_chromium.executable() is None:
        _missing("Chromium", "apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with system_chromium.browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def axe() -> str:
    """The source of axe-core, a script to run in a page."""
    path = NODE_PACKAGES / "axe-core" / "axe.min.js"
    if not path.exists():
        _missing("axe-core", "npm ci")
    return path.read_text()


@pytest.fixture(scope="package")
def nu_html_checker() -> list[str]:
    """The command that checks the HTML files named after it."""
    if not shutil.which("java"):
        _missing("Java", "apt-get install default-jre-headless")
    jar = NODE_PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        _missing("The Nu HTML checker", "npm ci")
    return ["java", "-jar", str(jar)]


@pytest.fixture
def visit(chromium: Browser, origin: str) -> Iterator[Visit]:
    """Opens an address as a new visitor would. No page may have raised an error in its scripts, or left the site."""
    with visiting(chromium, origin) as open_page:
        yield open_page


@contextmanager
def visiting(chromium: Browser, origin: str) -> Iterator[Visit]:
    """What `visit` is, for as long as the block lasts."""
    failures: list[str] = []

    def open_page(address: str, *, width: int = 1280, scheme: str = "light", javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=origin,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]  # light or dark
            java_script_enabled=javascript,
        )
        contexts.callback(context.close)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(f"{address}: {error}"))
        page.on("request", lambda request: _note_foreign(request.url, origin, failures))
        page.goto(address)
        return page

    with ExitStack() as contexts:
        yield open_page
    assert not failures, "\n".join(failures)


@pytest.fixture(scope="package")
def fetch(origin: str) -> Fetch:
    """The status and HTML of an address, without a browser."""

    def get(address: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(origin + address, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    return get


def _note_foreign(address: str, origin: str, failures: list[str]) -> None:
    if not address.startswith((f"{origin}/", "data:", "blob:")):
        failures.append(f"asked for {address}")


def _missing(what: str, command: str) -> None:
    pytest.fail(f"{what} is missing, and the browser tests need it. Install it: {command}", pytrace=False)
