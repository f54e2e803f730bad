"""The fuzzer: the same name makes the same request, what is slow is told from what is noise, the log is read."""

from pathlib import Path

import pytest

from tests.hostile import fuzz, report
from tests.hostile.client import Answer
from tests.hostile.fake_server import always, answering, page
from tests.hostile.fuzz import KINDS, Asked, Outcome, judged, log_faults, made, shares, slow
from tests.hostile.html import Form
from tests.hostile.request import SESSION, Request, raw
from tests.hostile.site import Site
from tests.hostile.surface import TABLES, Surface

TRACEBACK = """Internal Server Error: /x
Traceback (most recent call last):
  File "a.py", line 1, in f
ValueError: no such number
[2026-01-01 00:00:00 +0000] [7] [INFO] something else
"""
CHAIN = """Internal Server Error: /y
Traceback (most recent call last):
  File "a.py", line 1, in f
KeyError: 'a'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "a.py", line 3, in f
    ^^^
app.errors.Later: and more
"""


@pytest.fixture
def surface(tmp_path: Path) -> Surface:
    """A site of one row a table that nobody serves."""
    made_up = Surface(Site(port=0, arbiter=0, log=tmp_path / "log", environ={}))
    form = {"name": "A", "slug": "a", "notes": "some", "sources": "https://example.org", "size": "7"}
    document = '{"vocab_size": 5, "blocks": [{"n": 1, "mixers": [{"heads": 2}]}]}'
    rows = {table: [f"/admin/catalog/{table}/1/change/"] for table in TABLES}
    vars(made_up).update(
        calculator=Form(
            choices={name: ["", "a"] for name in ("model", "gpu", "quant", "cache", "split", "offload", "ram")}
        ),
        models=["model-a"],
        gpus=["card-a"],
        classes=["/accuracy/ada/"],
        sitemaps=["/sitemaps/models.xml"],
        queries={"/run/": {"sort": ["name"], "page": ["2"]}},
        rows=rows,
        filters={"/admin/catalog/gpu/": {"status__exact": ["draft"]}},
        texts={row: {"name": 80, "notes": 10_000, "sources": 10_000} for own in rows.values() for row in own},
        forms={row: {**form, "architecture": document} for own in rows.values() for row in own},
    )
    return made_up


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_makes_the_same_request_and_another_makes_another(surface: Surface, kind: str) -> None:
    requests = [made(surface, f"{kind}:1:{number}") for number in range(40)]
    assert requests == [made(surface, f"{kind}:1:{number}") for number in range(40)]
    assert {request.kind for request in requests} == {kind}
    assert len({request.data for request in requests}) > 12
    assert [request.data for request in requests] != [made(surface, f"{kind}:2:{n}").data for n in range(40)]


def test_the_requests_of_all_kinds_are_as_many_as_asked_for() -> None:
    assert sum(share for share, _ in KINDS.values()) == 100
    for requests in (100, 1000, 6667, 20_000):
        assert sum(shares(requests).values()) == requests
    assert min(shares(20).values()) == 1


def test_what_takes_ten_times_as_long_as_its_like_is_slow() -> None:
    first, other = (Request(name, name[0], raw("GET", "/")) for name in ("a:1:0", "b:1:0"))
    asked = [*[Asked(first, 200, 0.02)] * 9, Asked(first, 200, 0.25), Asked(first, 200, 0.19)]
    asked += [Asked(first, 404, 0.25), Asked(other, 200, 0.25)]
    assert [(each, round(bound, 3)) for each, bound in slow(asked)] == [(asked[9], 0.2)]


def test_a_few_milliseconds_are_never_slow() -> None:
    request = Request("a:1:0", "a", raw("GET", "/"))
    assert slow([*[Asked(request, 200, 0.001)] * 9, Asked(request, 200, 0.09)]) == []


@pytest.mark.parametrize(("pauses", "each_time"), [((0.3, 0.3, 0.3), True), ((0.3, 0.0, 0.3), False)])
def test_what_is_slow_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: tuple[float, ...], each_time: bool
) -> None:
    site, remaining = _logging(tmp_path, 0), list(pauses)
    monkeypatch.setattr(fuzz, "ask", lambda *_: Answer(status=200, seconds=remaining.pop()))
    request, outcome = Request("a:1:0", "a", raw("GET", "/")), Outcome("a")
    fuzz._ask_slow_again(site, [*[Asked(request, 200, 0.01)] * 9, Asked(request, 200, remaining.pop())], outcome)
    assert (len(outcome.slow), len(outcome.slow_once)) == ((1, 0) if each_time else (0, 1))


def test_a_traceback_in_the_log_is_seen_by_its_last_line() -> None:
    assert log_faults(TRACEBACK) == ["the log has a traceback: ValueError"]
    assert log_faults(CHAIN + TRACEBACK) == [
        "the log has a traceback: app.errors.Later",
        "the log has a traceback: ValueError",
    ]
    assert log_faults("[CRITICAL] WORKER TIMEOUT (pid:7)") == ["a worker was ended"]
    assert log_faults("Not Found: /x\n[WARNING] Invalid request from ip=127.0.0.1: x") == []


def test_a_failure_is_told_with_its_traceback() -> None:
    request, answer = Request("a:1:0", "a", raw("GET", "/")), Answer(status=500)
    assert judged(request, answer, TRACEBACK) == ["the server answered 500, ValueError"]
    assert judged(request, Answer(status=400), TRACEBACK) == ["the log has a traceback: ValueError"]


def test_fields_with_markup_count_when_the_form_is_taken(tmp_path: Path, surface: Surface) -> None:
    for status, marked in (("302 Found", {"gpu.name"}), ("200 OK", set())):
        with answering(always(page("", status))) as port:
            surface.site = _logging(tmp_path, port)
            outcome = Outcome("stored")
            fuzz._send_all(surface, ["stored:1:0"], outcome)
        assert outcome.marked == marked


def test_a_request_is_blamed_for_what_the_log_has_after_it(tmp_path: Path, surface: Surface) -> None:
    def reply(request: bytes) -> bytes:
        with surface.site.log.open("a") as log:
            log.write(TRACEBACK if b"smuggled" not in request else "")
        return page("<p>well")

    with answering(reply) as port:
        surface.site = _logging(tmp_path, port)
        outcome = Outcome("address")
        fuzz._send_all(surface, ["address:1:0", "address:1:1"], outcome)
    assert [fault for fault, _ in outcome.faults] == ["the log has a traceback: ValueError"] * 2
    assert outcome.statuses == {"2xx": 2}


def test_an_editor_who_was_put_out_signs_in_and_asks_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sign_in(site: Site) -> None:
        site.session = "new"

    def reply(request: bytes) -> bytes:
        return page("well") if b"sessionid=new" in request else page("", "403 Forbidden")

    monkeypatch.setattr(Site, "sign_in", sign_in)
    with answering(reply) as port:
        site = _logging(tmp_path, port)
        asked = Request("place:1:0", "admin", raw("GET", "/admin/", {"Cookie": f"sessionid={SESSION}"}))
        assert fuzz.ask(site, asked).status == 200
        assert fuzz.ask(site, Request("address:1:0", "address", raw("GET", "/"))).status == 403


def test_a_fault_is_printed_with_the_request_that_had_it() -> None:
    request = Request("query:1:57", "query /run/", raw("GET", "/run/?page=x"))
    outcome = Outcome("query", faults=[("the server answered 500", request)] * 4, asked=[Asked(request, 500, 0.1)] * 5)
    printed = list(report.faults([outcome]))
    assert printed[0].splitlines()[:2] == [
        "    4 x query /run/: the server answered 500",
        "    query:1:57  'GET /run/?page=x HTTP/1.1'",
    ]
    assert report.of_fuzz([outcome]).splitlines()[1].split()[-1] == "4"


def _logging(folder: Path, port: int) -> Site:
    log = folder / "server.log"
    log.touch()
    return Site(port=port, arbiter=0, log=log, environ={})
