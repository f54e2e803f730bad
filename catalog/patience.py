"""How long whoever asks the database will wait for an answer, where a page has something else to say meanwhile.

Only a database on the other side of a connection can leave one waiting: `config.postgresql` keeps to it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_seconds: ContextVar[float | None] = ContextVar("_seconds", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Every question in the block is answered within these seconds, or fails."""
    outside = _seconds.set(seconds)
    try:
        yield
    finally:
        _seconds.reset(outside)


def patience_s(otherwise: float) -> float:
    """How long to wait for one answer; `otherwise` where nobody said."""
    seconds = _seconds.get()
    return otherwise if seconds is None else seconds
