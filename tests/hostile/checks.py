"""What is wrong with an answer: each fault a sentence, none where all is as it must be."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

from tests.hostile.client import Answer
from tests.hostile.request import MARK, Request

OWN_HOSTS = {"localhost", "127.0.0.1", "::1"}
ADDRESSES = ("href", "src", "action", "formaction", "srcset", "data", "xlink:href", "poster")
MARK_AS_TAG = re.compile(f"<[/!]?{MARK}|{MARK}<{MARK}", re.IGNORECASE)


def faults(request: Request, answer: Answer) -> list[str]:
    """All that is wrong with an answer."""
    return [*_of_the_server(request, answer), *_of_the_connection(request, answer), *_of_the_content(answer)]


def _of_the_server(request: Request, answer: Answer) -> Iterator[str]:
    if answer.status >= 500 and not (answer.status == 501 and b"Transfer-Encoding" in request.data):
        # 501 is what RFC 9112 has for a transfer coding that a server does not know.
        yield f"the server answered {answer.status}"
    if b"Traceback (most recent call last)" in answer.body:
        yield "a traceback was shown"
    if b"DEBUG = True" in answer.body:
        yield "a page for debugging was shown"


def _of_the_connection(request: Request, answer: Answer) -> Iterator[str]:
    if answer.timed_out:
        yield "the connection was held until the client gave up"
    elif not answer.status and request.complete:
        yield "the connection was closed without an answer"
    elif not answer.whole:
        yield "the answer was cut short, or had more than it promised"
    if answer.second and answer.second != 400:
        yield f"a second request was served, with {answer.second}"
    if request.method == "HEAD" and answer.body and request.complete:
        yield "HEAD was answered with a body"


def _of_the_content(answer: Answer) -> Iterator[str]:
    away = leads_away(answer.header("Location"))
    if away:
        yield f"it leads away: {away[:80]}"
    if any(MARK in name.lower() for name, _ in answer.headers):
        yield "a header was made of what was sent"
    text = answer.body.decode("utf-8", "replace")
    kind = answer.header("Content-Type").split(";")[0]
    if MARK in text.lower() and not kind.startswith(("text/plain", "application/json")):
        yield from _of_xml(text) if kind.endswith("xml") else _of_html(text)


def leads_away(location: str) -> str:
    """The address of a redirect, if a browser would leave the site by it."""
    plain = re.sub(r"[\t\r\n]", "", location).replace("\\", "/").strip()
    if not plain:
        return ""
    try:
        parts = urlsplit(plain)
        has_host = parts.scheme in ("http", "https") or plain.startswith("//")
        is_own = parts.hostname in OWN_HOSTS if has_host else not parts.scheme
    except ValueError:
        return location
    return "" if is_own else location


def _of_xml(text: str) -> Iterator[str]:
    if MARK_AS_TAG.search(text):
        yield "markup came back in XML"
    try:
        ElementTree.fromstring(text)
    except ElementTree.ParseError:
        yield "XML was broken by what was sent"


def _of_html(text: str) -> Iterator[str]:
    match = MARK_AS_TAG.search(text)
    if match:
        yield f"markup came back: {text[max(0, match.start() - 40) : match.end() + 20]!r}"
    parser = _Marked()
    parser.feed(text)
    parser.close()
    yield from sorted(set(parser.faults))


class _Marked(HTMLParser):
    """Where the mark got out of the text or the value that it belongs in."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip().lower() for name, value in attrs}
        if MARK in tag or any(MARK in name for name in given):
            self.faults.append(f"markup came back in <{tag[:20]}>")
        if any(given.get(name, "").startswith(f"javascript:{MARK}") for name in ADDRESSES):
            self.faults.append("a script came back as an address")
        if any(name.startswith("on") and MARK in value for name, value in given.items()):
            self.faults.append("what was sent came back in a handler")
        self.script = given.get("type", "text/javascript") if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        self.script = ""

    def handle_data(self, data: str) -> None:
        if self.script and MARK in data.lower():
            self.faults += _of_script(self.script, data)


def _of_script(kind: str, text: str) -> list[str]:
    if not kind.endswith("json"):
        return ["what was sent came back in a script"]
    try:
        json.loads(text)
    except ValueError:
        return ["JSON was broken by what was sent"]
    return ["markup came back in JSON"] if MARK_AS_TAG.search(text) else []
