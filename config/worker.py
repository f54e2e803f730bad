"""gunicorn's threaded worker, with room kept for those who ask: docs/decisions/room-for-others.md.

A connection takes a thread when its first bytes are there, not before. Where all threads are taken, the client that has
kept one waiting longest is let go; where no connection more may be open, the one that has been silent longest.
"""

import contextlib
import socket
import time
from collections import deque
from functools import partial
from itertools import islice
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from config.client_socket import ClientSocket

# Seconds until the first byte of a first request.
SILENCE_S = 10.0
# Connections accepted in one round of the loop.
AT_ONCE = 50
# Looking at all threads takes a fraction of a millisecond: often enough for nobody to notice, and no more.
LOOK_AGAIN_S = 0.02


class RoomyWorker(ThreadWorker):
    """A thread for a request while it is read, answered and sent; none for silence."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Those that were let go are not among them, even if their thread does not know yet.
        self.with_thread: set[TConn] = set()
        self.looked_at = 0.0

    def accept(self, listener: Any) -> None:
        """Those who have come, and not one a round of the loop: in a crowd others would wait for their turn there."""
        for _ in range(AT_ONCE):
            before = self.nr_conns
            super().accept(listener)
            if self.nr_conns <= before:
                return

    def enqueue_req(self, conn: TConn) -> None:
        """A request for the threads; a connection that was just opened waits for its first bytes without one."""
        if not isinstance(conn.sock, ClientSocket):
            conn.sock = ClientSocket.around(conn.sock)
            self._await_first_bytes(conn)
            return
        self.with_thread.add(conn)
        try:
            super().enqueue_req(conn)
        except RuntimeError:
            # The system starts no more threads: those that there are go on, without this client.
            self.with_thread.discard(conn)
            self.nr_conns -= 1
            conn.close()

    def finish_request(self, conn: TConn, fs: Any) -> None:
        self.with_thread.discard(conn)
        super().finish_request(conn, fs)

    def handle(self, conn: TConn) -> Any:
        """Answer a request. What follows the last one is read away here: the loop of all connections must not wait."""
        conn.sock.begin_request()
        goes_on = super().handle(conn)
        if not goes_on:
            conn.close(graceful=True)
        return goes_on

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """After what has come, and often while a request waits for a thread: see which only wait for their clients."""
        waits = len(self.with_thread) > self.cfg.threads
        super().wait_for_and_dispatch_events(min(timeout, LOOK_AGAIN_S) if waits else timeout)
        self._let_slowest_go()

    def _await_first_bytes(self, conn: TConn) -> None:
        if self.nr_conns >= self.worker_connections:
            self._let_silent_go()
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + SILENCE_S
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _let_silent_go(self) -> None:
        """Close the connection that has been without a request longest: an unused one, or one kept for the next."""
        waiting: deque[TConn] = self.pending_conns or self.keepalived_conns
        if waiting:
            conn = waiting.popleft()
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()

    def _let_slowest_go(self) -> None:
        """Of the threads that wait for their clients, end the longest waits: as many as requests wait for a thread."""
        too_many, now = len(self.with_thread) - self.cfg.threads, time.monotonic()
        if too_many <= 0 or now - self.looked_at < LOOK_AGAIN_S:
            return
        self.looked_at = now
        by_wait = sorted(self.with_thread, key=lambda conn: conn.sock.waiting_s(), reverse=True)
        for conn in islice((conn for conn in by_wait if conn.sock.waits_for_client()), too_many):
            # Its thread wakes up, finds the connection at its end, and takes the next request.
            self.with_thread.discard(conn)
            with contextlib.suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RDWR)
