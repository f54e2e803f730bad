"""A hostile request: the bytes that are sent, made from a name such as "query:1:57", so that it can be sent again."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

# What must never come back as markup begins with this; it occurs on no page of the site.
MARK = "zqx"
MARKUP = f"{MARK}\"{MARK}'{MARK}<{MARK}>{MARK}"
PAYLOADS = (
    MARKUP,
    f'"><{MARK}>',
    f"'><{MARK} {MARK}=1>",
    f'" {MARK}="1',
    f"' {MARK}='1",
    f"</script><{MARK}>",
    f"</title><{MARK}>",
    f"</textarea><{MARK}>",
    f"--><{MARK}>",
    f"]]><{MARK}>",
    f"javascript:{MARK}",
    f"<svg/onload={MARK}><{MARK}>",
    f"[{MARKUP}](javascript:{MARK})",
    f"{{{{{MARK}}}}}<{MARK}>",
    f"\\u003c{MARK}\\u003e<{MARK}>",
)
# Stands in the bytes for what is known only when they are sent: the session of the one who signed in.
SESSION = "0123456789session0123456789"
# Any 32 letters are a token against forgery, as long as the cookie and the form have the same.
TOKEN = "hostile0hostile0hostile0hostile0"
FOREIGN = "away.example"


@dataclass(frozen=True)
class Request:
    """`page` is what its time is compared with; `complete` whether the protocol promises it an answer.

    `marked` is the field that markup is saved in, if the form is taken.
    """

    name: str
    page: str
    data: bytes
    complete: bool = True
    half_closed: bool = False
    marked: str = ""

    @property
    def kind(self) -> str:
        return self.name.split(":")[0]

    @property
    def method(self) -> str:
        return self.data.split(b" ", 1)[0].decode("latin-1").upper()

    @property
    def target(self) -> str:
        """The address as it is sent, at most 160 characters of it."""
        return self.data.split(b"\r\n", 1)[0].decode("latin-1")[:160]


def family(path: str) -> str:
    """What an address is an example of: "/run/…/"; pages of a family take about as long as each other."""
    plain = path.split("?")[0]
    if plain.startswith("/sitemaps/pairs"):
        return "/sitemaps/pairs-…"
    return re.sub(r"^(/(?:run|models|gpus|accuracy)/)[^/]+/", r"\1…/", plain)[:40]


def chance(name: str) -> random.Random:
    """The randomness of the request of this name."""
    return random.Random(f"hostile {name}")


def raw(method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    """An HTTP/1.1 request that asks for the connection to be closed; `headers` replace what it would have."""
    given = {"Host": "localhost", "Connection": "close", **(headers or {})}
    if (body or method == "POST") and "Content-Length" not in given and "Transfer-Encoding" not in given:
        given["Content-Length"] = str(len(body))
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body


def form(target: str, fields: Mapping[str, str], *, signed_in: bool = False, **headers: str) -> bytes:
    """A form sent by POST, with a token that passes."""
    body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}, errors="surrogatepass").encode()
    plain = {"Content-Type": "application/x-www-form-urlencoded"}
    return raw("POST", target, {**plain, **(SIGNED_IN if signed_in else ANONYMOUS), **headers}, body)


ANONYMOUS = {"Cookie": f"csrftoken={TOKEN}"}
SIGNED_IN = {"Cookie": f"csrftoken={TOKEN}; sessionid={SESSION}"}
