"""Small bodies are read before the site is asked, so that half a form costs it nothing."""

import errno
import io
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# The largest form of the desk has a few tens of kilobytes. What is larger is an upload, and read where it is used.
SMALL_BYTES = 128 * 1024


def with_whole_body(application: Application) -> Application:
    """The application, never asked with half a small body.

    Raises ConnectionResetError where the client is gone before it sent what it declared, which gunicorn takes quietly.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        size = _declared(environ.get("CONTENT_LENGTH", ""))
        if 0 < size <= SMALL_BYTES:
            environ["wsgi.input"] = _whole(environ["wsgi.input"], size)
        return application(environ, start_response)

    return answer


def _declared(length: str) -> int:
    """The bytes that are to come; 0 where that is not said, or no number: gunicorn refuses those."""
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 19 else 0


def _whole(source: Any, size: int) -> io.BytesIO:
    body = source.read(size)
    if len(body) < size:
        raise ConnectionResetError(errno.ECONNRESET, "The client is gone in the middle of a body.")
    return io.BytesIO(body)
