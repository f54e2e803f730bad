"""Whose word counts for where a request came from."""

from collections.abc import Iterable
from typing import Any

import pytest

from config.checked_values import networks
from config.forwarded import BehindProxies

TRUSTED = networks("TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8,2001:db8::/32")
ANYBODY = "198.51.100.9"
CLAIMS = {
    "HTTP_X_FORWARDED_FOR": "192.0.2.7",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PORT": "8443",
    "HTTP_X_FORWARDED_PREFIX": "/evil",
    "HTTP_X_FORWARDED_SSL": "on",
    "HTTP_X_FORWARDED_PROTOCOL": "ssl",
    "HTTP_X_REAL_IP": "192.0.2.7",
    "HTTP_FORWARDED": "for=192.0.2.7;proto=https;host=evil.example",
}


def seen(peer: str, trusted: Any = TRUSTED, **claims: str) -> dict[str, Any]:
    """What the application sees of a request from this peer with these headers."""
    asked: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "REMOTE_PORT": "4711", "wsgi.url_scheme": "http", "HTTP_HOST": "example.org"}
    BehindProxies(application, trusted)({**environ, **claims}, None)  # type: ignore[arg-type]
    return asked


@pytest.mark.parametrize(("peer", "trusted"), [(ANYBODY, TRUSTED), (ANYBODY, ()), ("127.0.0.1", ()), ("", TRUSTED)])
def test_of_others_nothing_is_believed_and_nothing_is_left(peer: str, trusted: Any) -> None:
    assert seen(peer, trusted, **CLAIMS) == seen(peer, trusted)
    assert seen(peer, trusted)["REMOTE_PORT"] == "4711"


def test_a_trusted_proxy_says_the_scheme_and_the_visitor_and_nothing_else() -> None:
    proxied = seen("127.0.0.1", **CLAIMS)
    assert (proxied["wsgi.url_scheme"], proxied["REMOTE_ADDR"], proxied["HTTP_HOST"]) == (
        *("https", "192.0.2.7", "example.org"),
    )
    assert not set(CLAIMS).intersection(proxied)
    assert "REMOTE_PORT" not in proxied, "it is the proxy's"


@pytest.mark.parametrize(
    ("peer", "came_for", "visitor"),
    [
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:4860::8888", "2001:4860::8888"),
        # What stands to the left was there when the request came to the proxy: its sender wrote it.
        ("127.0.0.1", "1.1.1.1, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "1.1.1.1,192.0.2.7 , 10.0.0.1,10.0.0.2", "192.0.2.7"),
        ("127.0.0.1", "127.0.0.1, 192.0.2.7, 10.0.0.1", "192.0.2.7"),
        ("127.0.0.1", "::ffff:192.0.2.7", "192.0.2.7"),
        # All of them proxies of ours: one of them asked.
        ("127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1"),
        # Nobody says who it was, or in no form that is one: the last that is known.
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.7, <script>, 10.0.0.1", "10.0.0.1"),
        ("127.0.0.1", "192.0.2.7, ", "127.0.0.1"),
        ("127.0.0.1", "fe80::1%" + "x" * 5000, "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1, " + "10.0.0.1, " * 5000 + "10.0.0.2", "10.0.0.1"),
    ],
)
def test_the_visitor_is_the_nearest_who_is_no_trusted_proxy(peer: str, came_for: str, visitor: str) -> None:
    assert seen(peer, HTTP_X_FORWARDED_FOR=came_for)["REMOTE_ADDR"] == visitor


@pytest.mark.parametrize(
    ("came_by", "scheme"),
    [
        *(("https", "https"), ("HTTPS", "https"), ("http, https", "https"), ("https, http", "http")),
        *(("", "http"), ("http", "http"), ("on", "http"), ("https ;", "http")),
    ],
)
def test_the_scheme_is_what_the_nearest_proxy_wrote(came_by: str, scheme: str) -> None:
    assert seen("127.0.0.1", HTTP_X_FORWARDED_PROTO=came_by)["wsgi.url_scheme"] == scheme


def test_a_scheme_of_the_servers_own_is_left_to_others() -> None:
    """A server that ends HTTPS itself has no proxy to believe."""
    assert seen(ANYBODY, **{"wsgi.url_scheme": "https", "HTTP_X_FORWARDED_PROTO": "http"})["wsgi.url_scheme"] == "https"
