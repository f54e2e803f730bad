"""One password is checked at a time in a process: a check takes a processor for a third of a second."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from django.http import HttpRequest, HttpResponse

from config.sign_in.pages import refused

RETRY_AFTER_S = 2
BUSY = (
    "Another password is being checked, and the site checks one at a time so that its pages stay fast.",
    "Nothing was checked. Try again in a few seconds.",
)
_only = Lock()


class Busy(Exception):
    """Another password is being checked."""


@contextmanager
def the_only_check() -> Iterator[None]:
    """Nobody waits: who waits holds one of the threads that pages are served by."""
    if not _only.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _only.release()


class BusyMiddleware:
    """Says 503 in plain words to who comes while another password is checked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Busy):
            return None
        return refused("Try again in a moment", BUSY, status=503, retry_after_s=RETRY_AFTER_S)
