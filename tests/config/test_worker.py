"""The server under clients that never finish: others are answered at once, and nobody holds what all need."""

import contextlib
import http.client
import re
import select
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.workers.gthread import TConn

from config.client_socket import LONGEST_WAIT_S, PATIENCE_S, SLOWEST_BYTES_S, ClientSocket
from config.worker import SILENCE_S, RoomyWorker
from tests.processes import ROOT, environment, free_port, running

THREADS, CONNECTIONS = 4, 20
HALF_HEADER = b"GET / HTTP/1.1\r\nHost: loc"
HALF_BODY = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nname=a"
LARGE = b"GET /large/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
LAST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server with few threads and few connections."""
    port = free_port()
    bounds = ["--threads", str(THREADS), "--worker-connections", str(CONNECTIONS), "--workers", "1"]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *bounds, "tests.slow_answers"]
    environ = environment(tmp_path_factory.mktemp("worker") / "none.sqlite3")
    with running(command, environ, f"http://127.0.0.1:{port}"):
        yield port


@contextlib.contextmanager
def clients(port: int, count: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """Connections over which some bytes were sent, and nothing is done any more."""
    with contextlib.ExitStack() as stack:
        opened = []
        for _ in range(count):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", port))
            client.sendall(sent)
            opened.append(client)
        yield opened


def seconds_of_a_page(port: int) -> float:
    """How long a page takes over a connection of its own."""
    start = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"0 bytes"
    return time.monotonic() - start


def ended(opened: list[socket.socket]) -> int:
    """How many the server has let go."""
    readable, _, _ = select.select(opened, [], [], 0)
    return sum(_is_at_its_end(client) for client in readable)


def _is_at_its_end(client: socket.socket) -> bool:
    try:
        return client.recv(1, socket.MSG_PEEK) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize(
    "sent", [b"", HALF_HEADER, HALF_BODY, LARGE, LAST], ids=["silent", "half header", "half body", "no reader", "last"]
)
def test_a_page_is_answered_while_more_clients_than_threads_never_finish(port: int, sent: bytes) -> None:
    """Well under the ten seconds for which each of them would be waited for alone; no measurement, only not stopped."""
    with clients(port, 3 * THREADS, sent):
        assert max(seconds_of_a_page(port) for _ in range(5)) < 3


def test_no_more_connections_are_open_than_allowed_and_the_oldest_silent_ones_go(port: int) -> None:
    with clients(port, 2 * CONNECTIONS, b"") as opened:
        assert seconds_of_a_page(port) < 3
        assert CONNECTIONS <= ended(opened) < 2 * CONNECTIONS
        assert ended(opened[-5:]) == 0


def test_connections_are_counted_right_after_many_that_ended(port: int) -> None:
    for _ in range(3 * CONNECTIONS):
        with clients(port, 1, LAST) as (client,):
            while client.recv(4096):
                pass
    with clients(port, 2 * CONNECTIONS, b"") as opened:
        assert seconds_of_a_page(port) < 3
        assert ended(opened) >= CONNECTIONS


def test_a_slow_client_is_waited_for_while_there_is_room(port: int) -> None:
    body = b"name=a&password=b"
    with clients(port, 1, b"POST / HTTP/1.1\r\nHost: local") as (client,):
        for piece in (b"host\r\nContent-Le", b"ngth: 17\r\n\r\n", body[:5], body[5:]):
            time.sleep(0.3)
            client.sendall(piece)
        client.settimeout(20)
        assert client.recv(4096).startswith(b"HTTP/1.1 200 OK")


def test_a_kept_connection_serves_request_after_request(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        for _ in range(5):
            connection.request("POST", "/", body=b"abc")
            assert connection.getresponse().read() == b"3 bytes"


class NoThreads(ThreadPoolExecutor):
    """Where the system starts no more of them."""

    def submit(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("can't start new thread")


def test_where_no_thread_can_be_started_that_client_is_let_go_and_counted() -> None:
    ours, theirs = socket.socketpair()
    worker = RoomyWorker.__new__(RoomyWorker)
    worker.with_thread, worker.nr_conns, worker.alive = set(), 1, True
    with NoThreads() as worker.tpool, theirs:
        worker.enqueue_req(TConn(Config(), ClientSocket.around(ours), ("127.0.0.1", 1), ("127.0.0.1", 2)))
        assert theirs.recv(1) == b""
    assert (worker.nr_conns, worker.with_thread) == (0, set())


def test_the_decision_says_the_bounds_of_the_code() -> None:
    decision = " ".join((ROOT / "docs/decisions/room-for-others.md").read_text().split())
    threads = re.search(r"threads = min\((\d+),", (ROOT / "gunicorn.conf.py").read_text())
    assert threads
    assert f"takes one of {threads[1]} threads" in decision
    assert f"ends after {SILENCE_S:.0f} seconds" in decision
    bounds = f"{LONGEST_WAIT_S:.0f} in which nothing moves, {PATIENCE_S:.0f} in all"
    assert f"{bounds}, and one more for each {SLOWEST_BYTES_S // 1024} KiB" in decision
