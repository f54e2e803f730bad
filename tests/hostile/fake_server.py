"""A server that does what it is told to, for tests of those who look for faults."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Reply = Callable[[bytes], bytes]


def page(body: str, status: str = "200 OK", content_type: str = "text/html", **headers: str) -> bytes:
    """An answer of HTTP/1.1."""
    content = body.encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(content)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


def always(reply: bytes) -> Reply:
    """The same answer to everything."""
    return lambda _: reply


@contextmanager
def answering(reply: Reply, pause_s: float = 0.0) -> Iterator[int]:
    """A server on the loopback that answers each connection by `reply`; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener, reply, pause_s), daemon=True).start()
        yield int(listener.getsockname()[1])
        listener.shutdown(socket.SHUT_RDWR)


def _serve(listener: socket.socket, reply: Reply, pause_s: float) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            request = connection.recv(65536)
            time.sleep(pause_s)
            connection.sendall(reply(request))
