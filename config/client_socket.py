"""A connection whose client may keep a thread waiting only so long.

Bytes that move earn time, so that a large form over a slow line arrives, and one byte a second does not.
"""

import errno
import select
import socket
import struct
import time
from typing import Any, Self

# Seconds in which nothing at all moves, and seconds of waiting in all for a request to come and its answer to go.
LONGEST_WAIT_S = 10.0
PATIENCE_S = 15.0
# Whoever moves this many bytes a second is waited for as long as it takes.
SLOWEST_BYTES_S = 16_384
# What the system keeps of an answer that nobody reads: more than a page, less than the megabytes that it would keep.
UNREAD_BYTES = 131_072


class ClientSocket(socket.socket):
    """A socket that counts the seconds in which a thread waits for its client; too many end it as a reset would."""

    waited_s = 0.0
    moved_bytes = 0
    # Since when a thread waits, and for what.
    _waits: tuple[float, int] | None = None

    @classmethod
    def around(cls, accepted: socket.socket) -> Self:
        """Take over a socket that was accepted; `accepted` is no longer of use."""
        client = cls(accepted.family, accepted.type, accepted.proto, fileno=accepted.detach())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNREAD_BYTES)
        # The system counts this time, not Python, which would ask it twice for each piece.
        wait = struct.pack("ll", int(LONGEST_WAIT_S), int(LONGEST_WAIT_S % 1 * 1_000_000))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, wait)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, wait)
        return client

    def begin_request(self) -> None:
        """Wait for its bytes from now on, with new patience."""
        self.waited_s, self.moved_bytes = 0.0, 0

    def setblocking(self, flag: bool, /) -> None:
        """Of a closed socket nothing is asked."""
        if self.fileno() != -1:
            super().setblocking(flag)

    def waiting_s(self) -> float:
        """Seconds for which threads have waited for this request, if one waits now; else 0. Asked by another thread."""
        waits = self._waits
        return self.waited_s + time.monotonic() - waits[0] if waits else 0.0

    def waits_for_client(self) -> bool:
        """Whether a thread could not go on now. One that waits for its turn on the processor could."""
        waits = self._waits
        return waits is not None and not self._is_ready(waits[1])

    def recv(self, *arguments: Any) -> bytes:
        start = self._begin_to_wait(select.POLLIN)
        try:
            received = super().recv(*arguments)
        except BlockingIOError as error:
            raise _moves_nothing() from error
        finally:
            self._end_to_wait(start)
        self.moved_bytes += len(received)
        return received

    def send(self, data: Any, *arguments: Any) -> int:
        start = self._begin_to_wait(select.POLLOUT)
        try:
            sent = super().send(data, *arguments)
        except BlockingIOError as error:
            raise _moves_nothing() from error
        finally:
            self._end_to_wait(start)
        self.moved_bytes += sent
        return sent

    def sendall(self, data: Any, *arguments: Any) -> None:
        """Piece by piece, as the client takes them: whoever takes too little is noticed between two of them."""
        unsent = memoryview(data)
        while unsent:
            unsent = unsent[self.send(unsent, *arguments) :]

    def _begin_to_wait(self, event: int) -> float:
        """When the wait began; raises ConnectionResetError where the client had its time."""
        if self.waited_s > PATIENCE_S + self.moved_bytes / SLOWEST_BYTES_S:
            raise ConnectionResetError(errno.ECONNRESET, "The client is too slow.")
        start = time.monotonic()
        self._waits = start, event
        return start

    def _end_to_wait(self, start: float) -> None:
        self._waits = None
        self.waited_s += time.monotonic() - start

    def _is_ready(self, event: int) -> bool:
        poll = select.poll()
        try:
            poll.register(self, event)
            return bool(poll.poll(0))
        except (OSError, ValueError):
            # It was closed meanwhile.
            return True


def _moves_nothing() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, "The client moves nothing.")
