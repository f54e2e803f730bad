"""Sends bytes as they are over a connection of their own, and reads what comes back until the server closes it."""

import re
import socket
import time
from dataclasses import dataclass, field

LONGEST_S = 20.0
MOST_BYTES = 64 * 2**20


@dataclass
class Answer:
    """`status` is 0 where none came; `whole` is false of one cut short.

    `second` is the status of another answer that followed on the same connection, 0 where none did.
    """

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    second: int = 0
    whole: bool = True
    seconds: float = 0.0
    timed_out: bool = False

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def send(
    port: int, data: bytes, *, method: str = "GET", half_closed: bool = False, longest_s: float = LONGEST_S
) -> Answer:
    """What the server answers to these bytes."""
    start = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=longest_s) as connection:
        received, timed_out = _exchange(connection, data, half_closed, start + longest_s)
    answer = parse(received, method)
    answer.seconds, answer.timed_out = time.perf_counter() - start, timed_out
    return answer


def _exchange(connection: socket.socket, data: bytes, half_closed: bool, deadline: float) -> tuple[bytes, bool]:
    """All that was received, and whether the server was still holding the connection at the deadline."""
    try:
        connection.sendall(data)
        if half_closed:
            connection.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # refused before all of it was sent: the answer may be there all the same
    received = bytearray()
    while len(received) < MOST_BYTES:
        connection.settimeout(max(0.01, deadline - time.perf_counter()))
        try:
            piece = connection.recv(65536)
        except TimeoutError:
            return bytes(received), True
        except OSError:
            break
        if not piece:
            break
        received += piece
    return bytes(received), False


def parse(received: bytes, method: str) -> Answer:
    """The first answer of a stream, and what came after it."""
    first, rest = _one(received, method)
    while first.status and 100 <= first.status < 200 and rest:
        first, rest = _one(rest, method)
    if rest.startswith(b"HTTP/"):
        first.second = _one(rest, "GET")[0].status
    elif rest and method == "HEAD":
        first.body = rest
    elif rest:
        first.whole = False
    return first


def _one(received: bytes, method: str) -> tuple[Answer, bytes]:
    head, separator, rest = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    status = re.match(r"HTTP/1\.[01] (\d{3})\b", lines[0])
    if not separator or not status:
        return Answer(whole=not received), b""
    pairs = [line.split(":", 1) for line in lines[1:] if ":" in line]
    answer = Answer(status=int(status[1]), headers=[(name, value.strip()) for name, value in pairs])
    return answer, _take_body(answer, rest, method)


def _take_body(answer: Answer, rest: bytes, method: str) -> bytes:
    """Moves the body of an answer out of the stream; what is left of it."""
    if method == "HEAD" or answer.status in (204, 304) or 100 <= answer.status < 200:
        return rest
    if answer.header("Transfer-Encoding").lower() == "chunked":
        answer.body, rest, answer.whole = _chunks(rest)
        return rest
    length = answer.header("Content-Length")
    if not length.isdecimal():
        answer.body = rest
        return b""
    answer.body, answer.whole = rest[: int(length)], len(rest) >= int(length)
    return rest[int(length) :]


def _chunks(rest: bytes) -> tuple[bytes, bytes, bool]:
    body = bytearray()
    while True:
        size, separator, after = rest.partition(b"\r\n")
        if not separator or not re.fullmatch(rb"[0-9A-Fa-f]+", size):
            return bytes(body), b"", False
        length = int(size, 16)
        if length == 0:
            return bytes(body), after[2:], after.startswith(b"\r\n")
        body += after[:length]
        rest = after[length + 2 :]
