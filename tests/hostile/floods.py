"""Connections that take a place and give nothing: so many of a kind, opened again when the server ends them."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.hostile.request import ANONYMOUS

EACH = 100
HEAD = b"Host: localhost\r\n"
POST = b"POST /admin/login/ HTTP/1.1\r\n" + HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"
POST += f"Cookie: {ANONYMOUS['Cookie']}\r\nContent-Length: 1000\r\n\r\n".encode()
ESTABLISHED = "01"


@dataclass(frozen=True)
class Flood:
    """`first` is sent at once, `drip` every second after it; what is answered is never read."""

    name: str
    first: bytes = b""
    drip: bytes = b""
    small_buffer: bool = False


FLOODS = (
    Flood("half a header", b"GET / HTTP/1.1\r\n" + HEAD),
    Flood("silent"),
    Flood("half a body", POST + b"username=a"),
    Flood("slow header", b"GET / HTTP/1.1\r\n" + HEAD + b"X-Slow: ", drip=b"a"),
    Flood("slow body", POST, drip=b"a"),
    Flood("slow reader", b"GET /sitemaps/pairs-1.xml HTTP/1.1\r\n" + HEAD + b"\r\n", small_buffer=True),
    Flood("idle after a page", b"GET /about/ HTTP/1.1\r\n" + HEAD + b"\r\n"),
)


@dataclass
class Flooding:
    """A flood at work. `held` is how long each connection that the server ended was held, seconds."""

    port: int
    flood: Flood
    count: int = EACH
    held: list[float] = field(default_factory=list)
    _open: dict[int, tuple[socket.socket, float]] = field(default_factory=dict)
    _again: bool = True
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._tend, daemon=True)
        self._thread.start()

    def open_no_more(self) -> None:
        """What is ended from now on stays closed."""
        self._again = False

    @property
    def still_held(self) -> int:
        return len(self._open)

    @property
    def longest_held(self) -> float:
        """Of all connections, those that are still held with their age."""
        now = time.perf_counter()
        return max([*self.held, *(now - since for _, since in list(self._open.values()))], default=0.0)

    def end(self) -> None:
        self._ended.set()
        if self._thread:
            self._thread.join()
        for connection, _ in self._open.values():
            connection.close()

    def _tend(self) -> None:
        dripped = 0.0
        while not self._ended.wait(0.2):
            self._drop_ended()
            while self._again and len(self._open) < self.count and self._connect():
                pass
            if self.flood.drip and time.perf_counter() - dripped >= 1:
                dripped = time.perf_counter()
                self._drip()

    def _connect(self) -> bool:
        connection = socket.socket()
        connection.settimeout(1)
        if self.flood.small_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        try:
            connection.connect(("127.0.0.1", self.port))
            connection.sendall(self.flood.first)
        except OSError:
            connection.close()
            return False
        self._open[connection.getsockname()[1]] = (connection, time.perf_counter())
        return True

    def _drip(self) -> None:
        for connection, _ in self._open.values():
            with contextlib.suppress(OSError):
                connection.sendall(self.flood.drip)

    def _drop_ended(self) -> None:
        alive = held_by_server(self.port)
        for own_port in [port for port in self._open if port not in alive]:
            connection, since = self._open.pop(own_port)
            self.held.append(time.perf_counter() - since)
            connection.close()


def held_by_server(port: int) -> set[int]:
    """The clients' ports of connections that the server at `port` has not closed, as the kernel lists them."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {_port(line[2]) for line in lines if _port(line[1]) == port and line[3] == ESTABLISHED}


def _port(address: str) -> int:
    return int(address.rpartition(":")[2], 16)
