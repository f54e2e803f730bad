"""A bare application for tests of the server in front of it: it reads what it is sent, and says how much that was."""

from collections.abc import Callable, Iterable
from typing import Any

LARGE = 8_000_000


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """`/large/` has more bytes than sockets hold; a body is read to its end."""
    body = b"x" * LARGE if environ["PATH_INFO"] == "/large/" else b"%d bytes" % len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
