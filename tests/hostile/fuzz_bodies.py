"""Bodies that are not what they say, and the door of the admin tried with odd names."""

import random

from tests.hostile import odd
from tests.hostile.request import ANONYMOUS, PAYLOADS, TOKEN, Request, chance, form, raw
from tests.hostile.surface import TABLES, Surface

LOGIN = "/admin/login/"
URLENCODED = "application/x-www-form-urlencoded"
TYPES = (
    *(URLENCODED, "multipart/form-data; boundary=b", "multipart/form-data", "multipart/form-data; boundary=", "a/b"),
    *("multipart/form-data; boundary=" + "b" * 300, "application/json", "text/plain; charset=\x80", "multipart/mixed"),
    *(
        f"{URLENCODED}; charset=utf-16",
        f"{URLENCODED}; charset=no-such",
        "multipart/form-data; boundary=b; charset=utf-7",
    ),
)
PARTS = (
    b'--b\r\nContent-Disposition: form-data; name="username"\r\n\r\nx\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="f"; filename="../../x"\r\n\r\n' + b"x" * 9000 + b"\r\n--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="f"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--\r\n',
    b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
    b"--b\r\n" + b"X: y\r\n" * 3000 + b"\r\nx\r\n--b--\r\n",
    b"--b\r\nContent-Disposition: form-data; name*=utf-16''%ff; filename*=x''y\r\n\r\nx\r\n--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"',
    b"".join(b'--b\r\nContent-Disposition: form-data; name="f%d"; filename="x"\r\n\r\n\r\n' % n for n in range(300)),
    b"--b--\r\n",
    b"--b" * 5000,
    b"\r\n" * 5000,
)
FIELDS = (
    b"a=1&" * 2000,
    b"&" * 5000,
    b"=" * 5000,
    b"username=%ff%fe&password=%00",
    b"username=" + b"a" * 60_000,
    b"username=" + b"a" * 3_000_000,
    b"csrfmiddlewaretoken=" + b"a" * 9000,
    b"\x00\xff\xfe" * 900,
    b'{"username": ' + b"[" * 9000,
)
TARGETS = (
    LOGIN,
    LOGIN,
    LOGIN,
    "/admin/",
    "/admin/logout/",
    "/",
    "/calculator/",
    "/search/",
    "/healthz",
    "/static/x",
    "/i18n/",
)


def body(surface: Surface, name: str) -> Request:
    """A body at a public address or at the door of the admin; whole, short of what was announced, or in chunks."""
    choice = chance(name)
    kind, content = choice.choice(TYPES), choice.choice((*PARTS, *FIELDS, b"", _noise(choice)))
    headers = {**ANONYMOUS, "Content-Type": kind, "X-CSRFToken": TOKEN}
    target, framing = choice.choice(TARGETS), choice.random()
    if framing < 0.6:
        return Request(name, f"body {target}", raw("POST", target, headers, content))
    if framing < 0.8:
        headers["Content-Length"] = choice.choice((str(len(content) + 10), "99999999999", "9" * 25, str(2**63)))
        return Request(name, "body cut short", raw("POST", target, headers, content), complete=False, half_closed=True)
    headers["Transfer-Encoding"] = "chunked"
    data = raw("POST", target, headers, _chunked(choice, content))
    return Request(name, "body in chunks", data, complete=False, half_closed=True)


def _noise(choice: random.Random) -> bytes:
    return choice.randbytes(choice.choice((1, 100, 20_000)))


def _chunked(choice: random.Random, content: bytes) -> bytes:
    """Chunks, most of them with something wrong about a size."""
    good = b"%x\r\n%b\r\n0\r\n\r\n" % (len(content), content) if content else b"0\r\n\r\n"
    sizes = (
        b"-1",
        b"zz",
        b"",
        b"ffffffffffffffffffff",
        b"0x5",
        b"5 ;a",
        b"5;" + b"a" * 9000,
        b"+5",
        b"5\n",
        b"00000000005",
    )
    return choice.choice((good, good, *(size + b"\r\nhello\r\n0\r\n\r\n" for size in sizes), b"5\r\nhelloXX0\r\n\r\n"))


def login(surface: Surface, name: str) -> Request:
    """What one who is not signed in sends to the admin."""
    choice = chance(name)
    if choice.random() < 0.5:
        return Request(name, "admin, not signed in", raw("GET", _door(choice)))
    user = choice.choice((odd.value(choice), "a" * 10_000, choice.choice(PAYLOADS), "nobody"))
    password = choice.choice((odd.value(choice), "b" * 10_000, choice.choice(PAYLOADS), ""))
    target = f"{LOGIN}?next={odd.in_address(choice)}"
    fields = {"username": user, "password": password, "next": choice.choice(("/admin/", odd.value(choice)))}
    return Request(name, "login", form(target, fields))


def _door(choice: random.Random) -> str:
    table = choice.choice((*TABLES, "user", odd.in_address(choice)))
    inner = choice.choice(("", "add/", "1/change/", "1/delete/", f"{odd.in_address(choice)}/change/", "1/history/"))
    query = choice.choice(
        ("", f"?{odd.in_address(choice)}={odd.in_address(choice)}", f"?next={odd.in_address(choice)}")
    )
    return f"/admin/{choice.choice(('catalog', 'auth', 'axes', 'sessions'))}/{table}/{inner}{query}"[:8000]
