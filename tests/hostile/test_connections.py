"""What watches connections and logins sees a server that holds them, loses pages, or lets everybody try."""

import socket
import time
from collections.abc import Callable

import pytest

from tests.editor import PASSWORD
from tests.hostile import connections, logins, visitors
from tests.hostile.client import Answer
from tests.hostile.fake_server import always, answering, page
from tests.hostile.floods import Flood, Flooding, held_by_server
from tests.hostile.site import Site
from tests.hostile.visitors import visit

HALF = Flood("half a header", b"GET / HTTP/1.1\r\n")
SIGNED_IN = page("", "302 Found", Location="/admin/", Set_Cookie="sessionid=a; Path=/")


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Goals that a busy machine keeps, so that only what a test makes late is late."""
    monkeypatch.setattr(visitors, "MEDIAN_S", 0.5)
    monkeypatch.setattr(visitors, "LONGEST_S", 0.5)


@pytest.mark.parametrize(
    ("reply", "pause_s", "missed"),
    [
        (page("well"), 0.0, []),
        (page("well"), 0.6, ["median over 500 ms", "longest over 500 ms"]),
        (page("", "500 Internal Server Error"), 0.0, ["3 lost", "median over 500 ms", "longest over 500 ms"]),
        (b"", 0.0, ["3 lost", "median over 500 ms", "longest over 500 ms"]),
        (page("cut short")[:-2], 0.0, ["3 lost", "median over 500 ms", "longest over 500 ms"]),
    ],
)
def test_pages_that_are_late_or_lost_miss_the_goals(reply: bytes, pause_s: float, missed: list[str]) -> None:
    with answering(lambda _: reply, pause_s) as port:
        assert visit(port, 0.3).misses() == missed


def test_one_late_page_is_not_hidden_by_those_in_time() -> None:
    pauses = iter([0.0, 0.0, 0.0, 0.0, 0.6])

    def reply(_: bytes) -> bytes:
        time.sleep(next(pauses))
        return page("well")

    with answering(reply) as port:
        assert visit(port, 0.5).misses() == ["longest over 500 ms"]


def test_connections_that_a_server_holds_are_counted_with_their_age() -> None:
    with answering(lambda _: b"", pause_s=30) as port:
        flooding = _flooded(port, Flood("silent"))
        assert (flooding.still_held, flooding.held) == (3, [])
        assert 0.3 < flooding.longest_held < 5
        flooding.end()


def test_connections_that_a_server_ends_are_opened_again_until_they_are_not() -> None:
    with answering(lambda _: b"") as port:
        flooding = _flooded(port, HALF)
        assert _in_time(lambda: len(flooding.held) > flooding.count)
        flooding.open_no_more()
        assert _in_time(lambda: not flooding.still_held)
        ended = len(flooding.held)
        time.sleep(0.5)
        assert (len(flooding.held), flooding.still_held) == (ended, 0)
        flooding.end()
    assert max(flooding.held) == flooding.longest_held < 2


def test_a_flood_drips_a_byte_a_second() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        flooding = Flooding(listener.getsockname()[1], Flood("slow", b"first", drip=b"a"), count=1)
        flooding.start()
        with listener.accept()[0] as connection:
            time.sleep(2.5)
            received = connection.recv(100)
        flooding.end()
    assert received.rstrip(b"a") == b"first"
    assert 1 <= received.count(b"a") <= 3


def test_the_kernel_lists_who_is_connected() -> None:
    with answering(lambda _: b"", pause_s=30) as port:
        assert held_by_server(port) == set()
        flooding = _flooded(port, Flood("silent"))
        assert len(held_by_server(port)) == 3
        flooding.end()


def test_a_slow_but_honest_reader_is_served_or_lost() -> None:
    for reply, outcome in ((page("again"), "served, 200"), (page("", "408 Request Timeout"), "refused, 408")):
        with answering(always(reply)) as port:
            assert connections._slow_but_honest(_at(port), seconds=0.01, pieces=1) == outcome
    assert connections._slow_but_honest(_at(1)).startswith("lost")


@pytest.mark.parametrize(
    ("allowed", "wrong"), [(5, 0), (4, 0), (3, 1), (6, 1), (100, 2)], ids=["five", "four", "three", "six", "any"]
)
def test_a_door_that_lets_more_or_fewer_than_five_try_is_seen(allowed: int, wrong: int) -> None:
    tried = []

    def reply(request: bytes) -> bytes:
        tried.append(request)
        if len(tried) > allowed:
            return page("", "429 Too Many Requests")
        is_right = f"password={PASSWORD}&".encode() in request
        return SIGNED_IN if is_right else page("again")

    with answering(reply) as port:
        assert logins._tried(_at(port)) == wrong


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(status=200), "wrong, may try again"),
        (Answer(status=403), "refused"),
        (Answer(status=429), "refused"),
        (Answer(status=302, headers=[("Set-Cookie", "sessionid=a")]), "signed in"),
        (Answer(status=302, headers=[("Location", "/locked/")]), "led elsewhere"),
        (Answer(status=500), "an error"),
        (Answer(), "no answer"),
    ],
)
def test_what_one_who_tried_is_told(answer: Answer, outcome: str) -> None:
    assert logins.outcome_of(answer) == outcome


def _flooded(port: int, flood: Flood) -> Flooding:
    """A flood of three connections, half a second old."""
    flooding = Flooding(port, flood, count=3)
    flooding.start()
    time.sleep(0.9)
    return flooding


def _in_time(condition: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def _at(port: int) -> Site:
    return Site(port=port, arbiter=0, log=None, environ={})  # type: ignore[arg-type]  # nobody reads its log here
