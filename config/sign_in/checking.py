"""One password is checked at a time in a process: a check takes a processor for a third of a second.

Why nobody waits in line: docs/decisions/wrong-tries.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.http import HttpResponse

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


def busy() -> HttpResponse:
    """503 in plain words, for who comes while another password is checked."""
    return refused("Try again in a moment", BUSY, status=503, retry_after_s=RETRY_AFTER_S)
