"""Bytes that are hardly HTTP: broken request lines and headers, and attempts to smuggle a second request in."""

from tests.hostile.request import Request, chance
from tests.hostile.surface import Surface

SECOND = b"GET /about/?smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
HOST = b"Host: localhost\r\n"
LINES = (
    *(b"GET /", b"GET", b"", b" ", b"GET / HTTP/1.1 x", b"GET  /  HTTP/1.1", b"GET\t/\tHTTP/1.1", b"GET / HTTP/9.9"),
    *(
        b"GET / HTTP/0.9",
        b"GET / HTTP/1.10",
        b"GET / http/1.1",
        b"GET / HTTP/1.1\r",
        b"\r\n\r\nGET / HTTP/1.1",
        b"\x00",
    ),
    *(b"GET /" + b"a" * 9000 + b" HTTP/1.1", b"GET http:// HTTP/1.1", b"GET http://[::1 HTTP/1.1", b"GET ? HTTP/1.1"),
    *(
        b"GET # HTTP/1.1",
        b"GET http://localhost:x/ HTTP/1.1",
        b"GET //[ HTTP/1.1",
        b"GET /\x00 HTTP/1.1",
        b"GET /\xff HTTP/1.1",
    ),
    *(b"GET http://a@b:c@d/ HTTP/1.1", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0", b"HELO x"),
    *(
        b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1",
        b"\x0d\x0a\x0d\x0a\x00\x0d\x0a\x51\x55\x49\x54\x0a",
        b"GET *",
    ),
    *(
        b"GET / HTTP/1.0",
        b"HEAD / HTTP/1.0",
        b"GET \\ HTTP/1.1",
        b"GET /;/..;/admin/ HTTP/1.1",
        b"GET https://away.example/ HTTP/1.1",
    ),
)
FIELDS = (
    *(
        b"X",
        b": x",
        b"X : y",
        b"X\x00: y",
        b"X: \x00",
        b" X: y",
        b"X: a\r\n b",
        b"X: a\r\n\tb",
        b"X:\xff\xfe",
        b"(): x",
    ),
    *(
        b"X: " + b"a" * 9000,
        b"X" * 9000 + b": a",
        b"X: a\nY: b",
        b"X: a\rY: b",
        b"Host: a",
        b"\r",
        b"X: a\r\n" * 300,
        b"X\r\n:Y",
    ),
    *(
        b"Content-Length: 0\r\nContent-Length: 5",
        b"Content-Length: 5, 5",
        b"Content-Length: -0",
        b"Content-Length:  5 ",
    ),
)
# Each announces a body in two ways, or in one that RFC 9112 has refused.
FRAMINGS = (
    *(b"Content-Length: 6\r\nTransfer-Encoding: chunked", b"Transfer-Encoding: chunked\r\nContent-Length: 6"),
    *(b"Transfer-Encoding: xchunked", b"Transfer-Encoding : chunked", b"Transfer-Encoding: chunked, identity"),
    *(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x",),
    *(
        b"Transfer-Encoding: \x0bchunked",
        b"Transfer-Encoding\n: chunked",
        b" Transfer-Encoding: chunked",
        b"X: y\nTransfer-Encoding: chunked",
    ),
    *(b"Transfer_Encoding: chunked", b"Content-Length: 6\r\nContent-Length: 0", b"Content-Length: 6 6"),
    *(
        b"Content-Length: +6",
        b"Content-Length: 6,0",
        b"Content-Length: 6\r\n 0",
        b"Content-Length: 0x6",
        b"Content_Length: 6",
    ),
    *(
        b"Transfer-Encoding: CHUNKED\r\nContent-Length: 6",
        b"Transfer-Encoding: \xc0chunked",
        b"Transfer-Encoding: chunked;x",
    ),
)
BODIES = (
    b"0\r\n\r\n" + SECOND,
    b"0\r\n\r\nX" + SECOND,
    b"0\n\n" + SECOND,
    b"0;\n\r\n" + SECOND,
    b"0\r\nHost: x\r\n" + SECOND,
    b"6\r\n" + SECOND[:6] + b"\r\n0\r\n\r\n",
    b"0000000000000000000000000\r\n\r\n" + SECOND,
)
TARGETS = (b"/", b"/admin/login/", b"/healthz", b"/static/x", b"/calculator/")


def line(surface: Surface, name: str) -> Request:
    """A request line or a header that is not one."""
    choice = chance(name)
    first, fields = b"GET / HTTP/1.1", HOST + b"Connection: close\r\n"
    if choice.random() < 0.5:
        first = choice.choice(LINES)
    else:
        fields += choice.choice(FIELDS) + b"\r\n"
    end = choice.choice((b"\r\n", b"\r\n", b"\r\n", b"\n"))
    data = (first + b"\r\n" + fields + b"\r\n").replace(b"\r\n", end)
    return Request(name, "broken line or header", data, complete=False, half_closed=True)


def smuggled(surface: Surface, name: str) -> Request:
    """One request with a body that another server might take for two; one answer, or a refusal, is right."""
    choice = chance(name)
    method = choice.choice((b"POST", b"GET", b"HEAD", b"PUT"))
    head = method + b" " + choice.choice(TARGETS) + b" HTTP/1." + choice.choice((b"1", b"1", b"0")) + b"\r\n" + HOST
    data = head + choice.choice(FRAMINGS) + b"\r\n\r\n" + choice.choice(BODIES)
    return Request(name, "smuggled", data, complete=False, half_closed=True)
