"""Those who look for faults see each of them in a server that has it, and none in one that has none."""

import pytest

from tests.hostile.checks import faults, leads_away
from tests.hostile.client import LONGEST_S, send
from tests.hostile.fake_server import answering, page
from tests.hostile.request import MARK, MARKUP, Request, raw

ESCAPED = MARKUP.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#39;")
CHUNKS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
SENT = Request("query:1:0", "query /", raw("GET", "/"))


def _seen(reply: bytes, request: Request = SENT, longest_s: float = LONGEST_S) -> list[str]:
    with answering(lambda _: reply) as port:
        return faults(request, send(port, request.data, method=request.method, longest_s=longest_s))


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (page("", "500 Internal Server Error"), "the server answered 500"),
        (page("", "503 Service Unavailable"), "the server answered 503"),
        (page("", "501 Not Implemented"), "the server answered 501"),
        (page("Traceback (most recent call last): …"), "a traceback was shown"),
        (page("because DEBUG = True in your settings"), "a page for debugging was shown"),
        (b"", "the connection was closed without an answer"),
        (b"HTTP/1.1 200 OK\r\n", "the connection was closed without an answer"),
        (page("cut short")[:-3], "the answer was cut short"),
        (page("") + b"more", "the answer was cut short"),
        (CHUNKS + b"5\r\nhel", "the answer was cut short"),
        (CHUNKS + b"zz\r\nhello\r\n0\r\n\r\n", "the answer was cut short"),
        (page("") + page("", "404 Not Found"), "a second request was served, with 404"),
        (page("", "302 Found", Location="https://away.example/"), "it leads away: https://away.example/"),
        (page("", **{MARK: "1"}), "a header was made of what was sent"),
        (page(f"<p>{MARKUP}</p>"), "markup came back"),
        (page(f"<p><{MARK}></p>"), "markup came back"),
        (page(f"<p></{MARK}></p>"), "markup came back"),
        (page(f'<input value="" {MARK}="1">'), "markup came back in <input>"),
        (page(f"<input value='' {MARK}=1>"), "markup came back in <input>"),
        (page(f'<a href="javascript:{MARK}">'), "a script came back as an address"),
        (page(f'<a onclick="f(&quot;{MARK}&quot;)">'), "what was sent came back in a handler"),
        (page(f"<script>var a = '{MARK}'</script>"), "what was sent came back in a script"),
        (page(f'<script type="application/ld+json">{{"a": "{MARK}"{MARK}"}}</script>'), "JSON was broken"),
        (page(f'<script type="application/ld+json">{{"a": "{MARK}<{MARK}"}}</script>'), "markup came back"),
        (page(f"<a>{MARK}<{MARK}></a>", content_type="application/xml"), "markup came back in XML"),
        (page(f"<a>{MARK} & b</a>", content_type="application/xml"), "XML was broken"),
    ],
)
def test_each_fault_is_seen(reply: bytes, sentence: str) -> None:
    assert any(fault.startswith(sentence) for fault in _seen(reply))


@pytest.mark.parametrize(
    "reply",
    [
        page("as it must be"),
        page("", "404 Not Found"),
        page(f"<title>{ESCAPED}</title><input value='{ESCAPED}'><p>{ESCAPED}"),
        page(f'<script type="application/ld+json">{{"a": "\\u003c{MARK}\\u003e \\"{MARK}"}}</script>'),
        page(f"<a>{ESCAPED.replace('&#39;', '&apos;')}</a>", content_type="application/xml"),
        page(MARKUP, content_type="text/plain; charset=utf-8"),
        page("", "301 Moved Permanently", Location="/run/a-on-b/"),
        page("", "302 Found", Location="http://localhost:8000/admin/"),
        page("") + page("", "400 Bad Request"),
        CHUNKS + b"5\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + page("after that"),
    ],
)
def test_what_is_right_is_not_called_a_fault(reply: bytes) -> None:
    assert _seen(reply) == []


def test_a_server_that_holds_the_connection_is_seen() -> None:
    with answering(lambda _: page("late"), pause_s=1) as port:
        assert faults(SENT, send(port, SENT.data, longest_s=0.2)) == [
            "the connection was held until the client gave up"
        ]


def test_a_body_to_head_is_seen() -> None:
    head = Request("method:1:0", "method", raw("HEAD", "/"))
    assert _seen(page("a body"), head) == ["HEAD was answered with a body"]
    assert _seen(page("a body")[: -len("a body")], head) == []


def test_no_answer_is_right_where_the_request_was_cut_short() -> None:
    assert _seen(b"", Request("body:1:0", "body", raw("POST", "/"), complete=False)) == []


def test_501_is_right_for_an_unknown_transfer_coding() -> None:
    coded = Request("smuggled:1:0", "smuggled", raw("POST", "/", {"Transfer-Encoding": "x"}))
    assert _seen(page("", "501 Not Implemented"), coded) == []


@pytest.mark.parametrize(
    "location",
    ["//away.example", "/\\away.example", "\\\\away.example", "https:away.example", "http://localhost@away.example/",
     "javascript:1", "/\t/away.example", "http://[::1", " //away.example", "data:text/html,x"],
)  # fmt: skip
def test_an_address_away_is_seen(location: str) -> None:
    assert leads_away(location) == location


@pytest.mark.parametrize("location", ["", "/", "/run/", "?page=2", "/a//b", "/away.example", "http://127.0.0.1:80/x"])
def test_an_address_of_the_site_is_not(location: str) -> None:
    assert leads_away(location) == ""
