"""How long a thread waits for a client, with clocks of milliseconds."""

import contextlib
import select
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from config import client_socket
from config.client_socket import ClientSocket


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ClientSocket, socket.socket]]:
    """The server's end and the client's; the server waits for 0.2 seconds, and for 0.3 in all."""
    monkeypatch.setattr(client_socket, "LONGEST_WAIT_S", 0.2)
    monkeypatch.setattr(client_socket, "PATIENCE_S", 0.3)
    ours, theirs = socket.socketpair()
    with ClientSocket.around(ours) as server, theirs:
        server.begin_request()
        yield server, theirs


def _drip(client: socket.socket, size: int) -> None:
    """Send so many bytes every twentieth of a second for a second, or until the other end is gone."""
    for _ in range(20):
        time.sleep(0.05)
        try:
            client.sendall(b"x" * size)
        except OSError:
            return


def _read_drips(pair: tuple[ClientSocket, socket.socket], size: int) -> int:
    server, client = pair
    dripping = threading.Thread(target=_drip, args=(client, size))
    dripping.start()
    pieces = 0
    try:
        while pieces < 15 and server.recv(1_000_000):
            pieces += 1
    finally:
        server.close()
        dripping.join()
    return pieces


def test_nothing_at_all_ends_like_a_reset(pair: tuple[ClientSocket, socket.socket]) -> None:
    with pytest.raises(ConnectionResetError, match="moves nothing"):
        pair[0].recv(10)


def test_a_byte_now_and_then_is_too_slow(pair: tuple[ClientSocket, socket.socket]) -> None:
    with pytest.raises(ConnectionResetError, match="too slow"):
        _read_drips(pair, 1)


def test_whoever_moves_enough_is_waited_for(pair: tuple[ClientSocket, socket.socket]) -> None:
    assert _read_drips(pair, 4096) == 15


def test_what_nobody_reads_is_given_up(pair: tuple[ClientSocket, socket.socket]) -> None:
    with pytest.raises(ConnectionResetError):
        pair[0].sendall(b"x" * 50_000_000)


def test_who_takes_a_byte_now_and_then_is_too_slow(pair: tuple[ClientSocket, socket.socket]) -> None:
    server, client = pair

    def sip() -> None:
        for _ in range(100):
            time.sleep(0.02)
            with contextlib.suppress(OSError):
                client.recv(200)

    sipping = threading.Thread(target=sip, daemon=True)
    sipping.start()
    with pytest.raises(ConnectionResetError):
        server.sendall(b"x" * 50_000_000)
    server.close()
    assert sipping.is_alive()


def test_the_system_keeps_no_more_than_a_page_of_what_nobody_reads(pair: tuple[ClientSocket, socket.socket]) -> None:
    """Linux counts twice what is asked for, for what it notes about each piece."""
    assert pair[0].getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 2 * client_socket.UNREAD_BYTES


def test_patience_is_new_for_each_request(pair: tuple[ClientSocket, socket.socket]) -> None:
    server, client = pair
    server.waited_s = 1.0
    with pytest.raises(ConnectionResetError, match="too slow"):
        server.recv(1)
    server.begin_request()
    client.sendall(b"x")
    assert server.recv(1) == b"x"


def test_only_a_thread_that_its_client_keeps_waiting_is_said_to_wait(pair: tuple[ClientSocket, socket.socket]) -> None:
    server, client = pair
    assert (server.waiting_s(), server.waits_for_client()) == (0, False)
    reader = threading.Thread(target=server.recv, args=(1,))
    reader.start()
    time.sleep(0.05)
    assert server.waiting_s() > 0
    assert server.waits_for_client()
    client.sendall(b"x")
    reader.join()
    assert (server.waiting_s(), server.waits_for_client()) == (0, False)


def test_a_thread_that_could_go_on_does_not_wait_for_its_client(pair: tuple[ClientSocket, socket.socket]) -> None:
    server, client = pair
    client.sendall(b"xy")
    server._begin_to_wait(select.POLLIN)
    time.sleep(0.01)
    assert server.waiting_s() > 0
    assert not server.waits_for_client()


def test_a_closed_socket_can_be_closed_as_gunicorn_closes_it(pair: tuple[ClientSocket, socket.socket]) -> None:
    pair[0].close()
    pair[0].setblocking(True)
