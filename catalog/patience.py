"""How long whoever asks the database will wait for all it asks, where a page has something else to say meanwhile.

Only a database on the other side of a connection can leave one waiting: `config.postgresql` keeps to it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ends_at: ContextVar[float | None] = ContextVar("_ends_at", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All that is asked in the block is answered within these seconds, together, or fails."""
    outside = _ends_at.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _ends_at.reset(outside)


def seconds_left(otherwise: float) -> float:
    """Until patience ends; `otherwise` where nobody said how long."""
    ends_at = _ends_at.get()
    return otherwise if ends_at is None else max(0.0, ends_at - time.monotonic())
