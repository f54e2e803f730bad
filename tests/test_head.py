"""HEAD, as gunicorn answers it at every kind of address: the headers of GET, no body, and nothing to log."""

import http.client
import re
import socket
import sys
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser.pages import EXAMPLES
from tests.loaded_site import load_site
from tests.processes import environment, free_port, manage, running

OTHERS = (
    "/sitemap.xml",
    "/sitemaps/pairs-1.xml",
    "/sitemaps/nothing.xml",
    "/robots.txt",
    "/llms.txt",
    "/favicon.ico",
    "/healthz",
    "/security.txt",
    "/.well-known/security.txt",
    "/static/fitpages/site.css",
    "/admin/",
    "/admin/login/",
    "/nothing",
    "/run/qwen2-5-72b-on-l4",
    "/models/QWEN2-5-72b/",
)
ADDRESSES = [*(example.address for example in EXAMPLES), *OTHERS]
# Of every request, or chosen anew for each.
OF_ITS_OWN = {"date", "expires", "set-cookie"}
USUAL = re.compile(r"\[INFO\]|^(Not Found|Bad Request): ")


class Answer(NamedTuple):
    """What came back, without what is of this request alone."""

    status: int
    headers: dict[str, str]
    is_chunked: bool


class Server(NamedTuple):
    """A gunicorn, and the file with all that it and its workers write."""

    port: int
    log: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Python's development mode says which files were left open."""
    folder = tmp_path_factory.mktemp("head")
    environ = environment(folder / "catalog.sqlite3", SITE_CONTACT="errors@example.org", PYTHONDEVMODE="1")
    load_site(environ)
    manage(environ, "collectstatic", "--no-input")
    port, log = free_port(), folder / "log"
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    gunicorn += ["--error-logfile", str(log), "--capture-output", "config.wsgi"]
    with running(gunicorn, environ, f"http://127.0.0.1:{port}"):
        yield Server(port, log)


def _ask(port: int, method: str, address: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, address, headers={"Host": "localhost", **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return Answer(answer.status, _comparable(answer.headers), answer.headers["Transfer-Encoding"] is not None)


def _comparable(headers: Message) -> dict[str, str]:
    named = {name.lower(): value for name, value in headers.items()}
    return {name: value for name, value in named.items() if name not in OF_ITS_OWN | {"transfer-encoding"}}


def _bytes_after_headers(port: int, address: str) -> bytes:
    """All that comes until the server closes, less the headers: read from the socket, for a client would not."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(f"HEAD {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        pieces = b"".join(iter(lambda: connection.recv(65536), b""))
    return pieces.partition(b"\r\n\r\n")[2]


def test_head_is_get_without_a_body_and_is_not_logged(server: Server) -> None:
    for address in ADDRESSES:
        head, get = _ask(server.port, "HEAD", address), _ask(server.port, "GET", address)
        assert head[:2] == get[:2], address
        assert not head.is_chunked, address
        assert "content-length" in head.headers or get.is_chunked, address
        assert _bytes_after_headers(server.port, address) == b"", address
    assert _unusual(server.log) == []


def test_head_names_the_encoding_and_the_state_that_get_names(server: Server) -> None:
    """Not the length: the one who compresses adds a few bytes by chance, so that a length gives nothing away."""
    for address in ADDRESSES:
        head, get = (_ask(server.port, method, address, **{"Accept-Encoding": "gzip"}) for method in ("HEAD", "GET"))
        assert _but_length(head) == _but_length(get), address
    etag = _ask(server.port, "HEAD", "/about/").headers["etag"]
    assert _ask(server.port, "HEAD", "/about/", **{"If-None-Match": etag}).status == 304
    assert _unusual(server.log) == []


def _but_length(answer: Answer) -> tuple[int, dict[str, str]]:
    return answer.status, {name: value for name, value in answer.headers.items() if name != "content-length"}


def _unusual(log: Path) -> list[str]:
    return [line for line in log.read_text().splitlines() if not USUAL.search(line)]


@pytest.mark.parametrize(
    "line", ["WSGI app sent body bytes on a no-body response", "ResourceWarning: unclosed file", "[ERROR] Socket error"]
)
def test_what_is_loud_is_noticed(tmp_path: Path, line: str) -> None:
    (tmp_path / "log").write_text(f"[1] [INFO] Booting worker\nNot Found: /nothing\n{line}\n")
    assert _unusual(tmp_path / "log") == [line]
