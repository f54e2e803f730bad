"""`.env.example`, copied as it stands and filled in where it says so, serves its own host."""

import http.client
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.processes import ROOT, free_port, running
from tests.test_settings import LISTED

FILLED_IN = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "SITE_URL": "https://example.org",
    "SITE_CONTACT": "errors@example.org",
    "TRUSTED_PROXIES": "127.0.0.1",
}
HTTPS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The host and port of gunicorn in a folder of the site that has a filled in .env; no variable is set but there."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("catalog", "fit", "fitpages", "templates", "gunicorn.conf.py", "manage.py"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "config", folder / "config", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".env").write_text(filled_in((ROOT / ".env.example").read_text()))
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "--bind", address, "--workers", "1", "config.wsgi"]
    with running(command, {"PATH": "/usr/bin:/bin", "HOME": str(folder)}, f"http://{address}", cwd=folder):
        yield address


def filled_in(example: str) -> str:
    """The example with a value in the place of each of these, which are empty in it."""
    for name, value in FILLED_IN.items():
        assert re.search(rf"^{name}=$", example, re.MULTILINE), f"{name} is not there to be filled in"
        example = example.replace(f"\n{name}=\n", f"\n{name}={value}\n")
    return example


def ask(site: str, path: str, host: str, **headers: str) -> http.client.HTTPResponse:
    """The answer to a request for a host that need not be the one that is connected to."""
    connection = http.client.HTTPConnection(site, timeout=10)
    connection.request("GET", path, headers={"Host": host, **headers})
    return connection.getresponse()


def test_what_is_to_be_filled_in_is_named_at_the_top() -> None:
    top = (ROOT / ".env.example").read_text().partition("\n\n")[0]
    assert [name for name in LISTED if name in top] == list(FILLED_IN) == [name for name in LISTED if name in FILLED_IN]


def test_the_site_is_served_under_its_own_address(site: str) -> None:
    answer = ask(site, "/robots.txt", "example.org", **HTTPS)
    assert (answer.status, "Sitemap: https://example.org/sitemap.xml" in answer.read().decode()) == (200, True)


def test_it_is_redirected_to_where_it_came_without_https(site: str) -> None:
    answer = ask(site, "/about/", "example.org")
    assert (answer.status, urlsplit(answer.headers["Location"]).geturl()) == (301, "https://example.org/about/")


def test_another_host_is_refused_with_a_plain_page(site: str) -> None:
    answer = ask(site, "/robots.txt", "evil.example", **HTTPS)
    page = answer.read().decode()
    assert (answer.status, "evil" in page) == (400, False)
    assert "This cannot be answered" in page
