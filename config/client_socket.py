"""A connection whose client may keep a thread waiting only so long.

Bytes that move earn time, so that a large form over a slow line arrives, and one byte a second does not.
"""

import errno
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
        return client

    def begin_request(self) -> None:
        """Wait for its bytes from now on, with new patience."""
        self.waited_s, self.moved_bytes = 0.0, 0
        self.settimeout(LONGEST_WAIT_S)

    def setblocking(self, flag: bool, /) -> None:
        """What waits for ever elsewhere waits for LONGEST_WAIT_S here; of a closed socket nothing is asked."""
        if self.fileno() != -1:
            self.settimeout(LONGEST_WAIT_S if flag else 0)

    def waiting_s(self) -> float:
        """Seconds for which threads have waited for this request, if one waits now; else 0. Asked by another thread."""
        waits = self._waits
        return self.waited_s + time.monotonic() - waits[0] if waits else 0.0

    def waits_for_client(self) -> bool:
        """Whether a thread could not go on now. One that waits for its turn on the processor could."""
        waits = self._waits
        return waits is not None and not self._is_ready(waits[1])

    def recv(self, *arguments: Any) -> bytes:
        with self._waiting(select.POLLIN):
            received = super().recv(*arguments)
        self.moved_bytes += len(received)
        return received

    def send(self, data: Any, *arguments: Any) -> int:
        with self._waiting(select.POLLOUT):
            sent = super().send(data, *arguments)
        self.moved_bytes += sent
        return sent

    def sendall(self, data: Any, *arguments: Any) -> None:
        with self._waiting(select.POLLOUT):
            super().sendall(data, *arguments)
        self.moved_bytes += len(data)

    def _is_ready(self, event: int) -> bool:
        poll = select.poll()
        try:
            poll.register(self, event)
            return bool(poll.poll(0))
        except (OSError, ValueError):
            # It was closed meanwhile.
            return True

    @contextmanager
    def _waiting(self, event: int) -> Iterator[None]:
        """Counts the time of the block; raises ConnectionResetError when nothing moves, or too little."""
        if self.waited_s > PATIENCE_S + self.moved_bytes / SLOWEST_BYTES_S:
            raise ConnectionResetError(errno.ECONNRESET, "The client is too slow.")
        start = time.monotonic()
        self._waits = start, event
        try:
            yield
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "The client moves nothing.") from error
        finally:
            self._waits = None
            self.waited_s += time.monotonic() - start
