"""What a request says of where it came from, through gunicorn and all of the site."""

import http.client
from collections.abc import Iterator

import pytest
from django.test import Client

from catalog.interchange.files import DATA_DIRECTORY
from tests.processes import environment, manage, serving

HOST = "example.org"
FORGED = {
    "Script-Name": "/evil",
    "SCRIPT_NAME": "/about",
    "PATH_INFO": "/evil/",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Ssl": "on",
    "X-Forwarded-Port": "8443",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/evil/",
    "X-Rewrite-URL": "/evil/",
    "Script-Url": "/evil/about/",
    "Redirect-Url": "/evil/about/",
    "Forwarded": "for=192.0.2.7;proto=https;host=evil.example",
}
CASES = [*({name: value} for name, value in FORGED.items()), FORGED]
NAMES = [*FORGED, "all"]
HTTPS = {"X-Forwarded-Proto": "https"}
# Pages, the redirects of Django and of the site, the admin's way to signing in, errors.
ADDRESSES = (
    "/about/",
    "/about",
    "/",
    "/search/?q=l4",
    "/admin/catalog/gpu/",
    "/nowhere/",
    "/sitemap.xml",
    "/robots.txt",
)
TOLD = ("Location", "Content-Type", "Strict-Transport-Security")

Answers = dict[str, tuple[int, list[str | None], str]]


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A site of HTTPS with a few records."""
    folder = tmp_path_factory.mktemp("site")
    for path in DATA_DIRECTORY.glob("*.jsonl"):
        records = path.read_text().splitlines(keepends=True)
        kept = {"quants.jsonl": len(records), "models.jsonl": 5, "gpus.jsonl": 5}.get(path.name, 0)
        (folder / path.name).write_text("".join(records[:kept]))
    environ = environment(folder / "db.sqlite3", SITE_URL=f"https://{HOST}")
    manage(environ, "migrate")
    manage(environ, "load_catalog", str(folder))
    return environ


@pytest.fixture(scope="module")
def alone(environ: dict[str, str]) -> Iterator[str]:
    """The site with no proxy in front, asked on this machine, whose word gunicorn takes unless it is told not to."""
    with serving(environ) as origin:
        yield origin.removeprefix("http://")


@pytest.fixture(scope="module")
def proxied(environ: dict[str, str]) -> Iterator[str]:
    """The site behind a proxy on this machine."""
    with serving({**environ, "TRUSTED_PROXIES": "127.0.0.1"}) as origin:
        yield origin.removeprefix("http://")


@pytest.fixture(scope="module")
def to_others(alone: str) -> Answers:
    """What the site without a proxy answers to a plain request."""
    return ask_all(alone)


@pytest.fixture(scope="module")
def to_proxy(proxied: str) -> Answers:
    """What the site behind a proxy answers to what came over HTTPS."""
    return ask_all(proxied, **HTTPS)


def ask_all(site: str, **headers: str) -> Answers:
    """The answer of each address."""
    return {path: ask(site, path, **headers) for path in ADDRESSES}


def ask(site: str, path: str, **headers: str) -> tuple[int, list[str | None], str]:
    """Status, the headers that lead somewhere, and the page."""
    connection = http.client.HTTPConnection(site, timeout=10)
    connection.request("GET", path, headers={"Host": HOST, **headers})
    answer = connection.getresponse()
    return answer.status, [answer.headers[name] for name in TOLD], answer.read().decode()


@pytest.mark.django_db
@pytest.mark.parametrize("variable", ["SCRIPT_NAME", "SCRIPT_URL", "REDIRECT_URL"])
def test_no_server_moves_the_site_by_the_name_of_a_script(client: Client, variable: str) -> None:
    """As a server would that is told of one by a header; Django reads all three."""
    for path in ("/about", "/admin/catalog/gpu/"):
        moved = client.get(path, **{variable: "/evil" + path})  # type: ignore[arg-type]
        assert (moved["Location"], moved.wsgi_request.path) == (client.get(path)["Location"], path)


@pytest.mark.parametrize("forged", CASES, ids=NAMES)
def test_without_a_proxy_no_header_moves_the_site(alone: str, to_others: Answers, forged: dict[str, str]) -> None:
    assert ask_all(alone, **forged) == to_others


@pytest.mark.parametrize("forged", CASES, ids=NAMES)
def test_a_proxy_says_the_scheme_and_nothing_else(proxied: str, to_proxy: Answers, forged: dict[str, str]) -> None:
    assert ask_all(proxied, **{**forged, **HTTPS}) == to_proxy


def test_without_a_proxy_everything_is_redirected_to_https(to_others: Answers) -> None:
    for path, (status, (location, _, hsts), _) in to_others.items():
        assert (status, location, hsts) == (301, f"https://{HOST}{path}", None)


def test_what_a_proxy_brings_over_https_is_answered(to_proxy: Answers) -> None:
    statuses = {path: status for path, (status, _, _) in to_proxy.items()}
    assert list(statuses.values()) == [200, 301, 200, 200, 302, 404, 200, 200], statuses
    assert {hsts for _, (_, _, hsts), _ in to_proxy.values()} == {"max-age=31536000"}
    assert f'<link rel="canonical" href="https://{HOST}/about/">' in to_proxy["/about/"][2]
    assert to_proxy["/about"][1][0] == "/about/"
    assert to_proxy["/admin/catalog/gpu/"][1][0] == "/admin/login/?next=/admin/catalog/gpu/"


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-Proto": "http"}, {"X-Forwarded-Ssl": "on"}], ids=str)
def test_what_a_proxy_brings_over_http_is_redirected(proxied: str, headers: dict[str, str]) -> None:
    status, (location, _, hsts), _ = ask(proxied, "/about/", **headers)
    assert (status, location, hsts) == (301, f"https://{HOST}/about/", None)
