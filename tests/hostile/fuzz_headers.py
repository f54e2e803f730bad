"""Headers that lie, and methods that no page knows."""

import random

from tests.hostile import odd
from tests.hostile.request import FOREIGN, TOKEN, Request, chance, family, raw
from tests.hostile.surface import Surface

MOMENTS = (
    *("Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 32 Foo 0000 99:99:99 GMT", "yesterday"),
    *("Thu, 01 Jan 99999 00:00:00 GMT", "0", "-1", "Thursday, 01-Jan-70 00:00:00 GMT", "Thu Jan  1 00:00:00 1970"),
    *("Mon, 29 Feb 2023 00:00:00 GMT", "Thu, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 0000 00:00:00 GMT", "9" * 400),
)
HOSTS = (
    *("", " ", FOREIGN, "localhost:99999", "localhost:abc", "[::1]", "[::1", "localhost@x", "a" * 300, "127.0.0.1:0"),
    *("localhost, localhost", "LOCALHOST", "localhost.", "xn--a", "é", "localhost/x", "..", "[::ffff:127.0.0.1]", "*"),
)
RANGES = (
    "bytes=0-",
    "bytes=-1",
    "bytes=9999999999-",
    "bytes=5-2",
    "bytes=" + "0-0," * 900 + "0-0",
    "lines=1-2",
    "bytes=a-b",
)
TAGS = ("*", '"', '""', 'W/"a"', "W/", '"a", "b", *', '"' + "a" * 7000 + '"', ",,,,", '"a\\"b"', "é")
CODINGS = (
    "gzip;q=0",
    "*;q=0",
    "identity;q=0",
    "gzip;q=abc",
    "br, gzip, deflate, zstd",
    ";" * 500,
    "gzip;q=1e999",
    "GZIP",
    "x" * 7000,
)
COOKIES = (
    *("=", ";" * 500, "sessionid=", "sessionid=" + "a" * 7000, "csrftoken=;sessionid=\x01", "a=b" * 2000, 'a="\\777"'),
    *(
        "sessionid=../../etc/passwd",
        "messages=W1sic3RyIl1d:1:x",
        "sessionid=%00",
        "csrftoken=" + TOKEN[:-1] + "é",
        "é=é",
    ),
    *("; ".join(f"a{number}=1" for number in range(900)), "$Version=1; a=b; $Path=/", "messages=" + "a" * 4000),
)
FORWARDED = (
    FOREIGN,
    "https",
    "http, https",
    "1.2.3.4, 5.6.7.8",
    "unknown",
    "::1",
    "a" * 7000,
    "é",
    "/prefix",
    "-1",
    "99999",
)
VALUES = {
    "Host": HOSTS,
    "Range": RANGES,
    "If-Range": (*MOMENTS, *TAGS),
    "If-Modified-Since": MOMENTS,
    "If-Unmodified-Since": MOMENTS,
    "If-None-Match": TAGS,
    "If-Match": TAGS,
    "Accept-Encoding": CODINGS,
    "Accept": (*CODINGS, "text/html;q=a", "*/*;" * 900),
    "Accept-Language": ("a" * 7000, "en-" + "x" * 300, "*;q=9", "de;q=0.5," * 700, "../..", "é"),
    "Cookie": COOKIES,
    "Authorization": ("Basic", "Basic !!!", "Bearer " + "a" * 7000, "Negotiate é"),
    "Content-Length": ("-1", "0", "+5", "abc", "9" * 30, "1, 1", "0x10", "1.5", ""),
    "Content-Type": ("multipart/form-data", "a" * 7000, "text/html; charset=\xff", "application/json; charset=utf-7"),
    "Expect": ("100-continue", "200-ok", ""),
    "Upgrade": ("h2c", "websocket", "TLS/1.0"),
    "Connection": ("close, keep-alive", "Host", "upgrade, HTTP2-Settings", ""),
    "Script-Name": ("/prefix", f"//{FOREIGN}", "/run", "/", "../.."),
    "SCRIPT_NAME": ("/prefix", f"//{FOREIGN}", "/run", "/"),
    "Path-Info": ("/admin/", "/other"),
    "X-HTTP-Method-Override": ("DELETE", "POST"),
    "TE": ("trailers", "chunked"),
    **{f"X-Forwarded-{name}": FORWARDED for name in ("For", "Host", "Proto", "Port", "Prefix", "Ssl", "Server")},
    "Forwarded": (f"host={FOREIGN};proto=https", "for=" + "a" * 7000, ";;;", 'for="_é"'),
}
METHODS = (
    *("HEAD", "OPTIONS", "TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "POST", "PROPFIND", "MKCOL", "LOCK", "PURGE"),
    *("get", "GeT", "G", "GETGETGETGETGETGETGETGET", "PRI", "M-SEARCH", "GET/", "BREW", "A" * 300, "GÉT", "__init__"),
)


def header(surface: Surface, name: str) -> Request:
    """An address with one to three headers that lie."""
    choice = chance(name)
    keys = choice.sample(tuple(VALUES), choice.randint(1, 3))
    headers = {_cased(choice, key): _value(choice, key) for key in keys}
    if choice.random() < 0.05:
        headers |= {f"X-{number}": "a" * 60 for number in range(choice.choice((90, 120, 900)))}
    asked = any(key in headers for key in ("Content-Length", "Connection", "Expect", "Upgrade"))
    path = choice.choice(surface.addresses)
    data = raw("GET", path, headers)
    return Request(name, f"header {family(path)}", data, complete=not asked, half_closed=asked)


def _cased(choice: random.Random, key: str) -> str:
    return choice.choice((key, key, key.replace("-", "_"))) if choice.random() < 0.1 else key


def _value(choice: random.Random, key: str) -> str:
    if choice.random() < 0.15 and key not in ("Content-Length", "Connection"):
        return odd.value(choice).replace("\r", "").replace("\n", "")[:8000]
    return choice.choice(VALUES[key])


def method(surface: Surface, name: str) -> Request:
    """An address asked for by a method that is not GET."""
    choice = chance(name)
    odd_one = choice.choice(METHODS)
    target = choice.choice(("*", "localhost:80", *surface.addresses))
    body = choice.choice((b"", b"a=b", b"<x>"))
    return Request(name, f"method {odd_one[:12]}", raw(odd_one, target, {}, body))
