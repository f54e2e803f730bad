"""How long whoever asks the database will wait for an answer, where a page has something else to say meanwhile.

Only a database on the other side of a connection can leave one waiting: `config.postgresql` keeps to it.
"""

from contextvars import ContextVar, Token

_seconds: ContextVar[float | None] = ContextVar("_seconds", default=None)


class within:
    """Every question in the block is answered within these seconds, or fails. A class, for every page enters one."""

    __slots__ = ("_outside", "_seconds")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._outside: Token[float | None] = _seconds.set(self._seconds)

    def __exit__(self, *_: object) -> None:
        _seconds.reset(self._outside)


def patience_s(otherwise: float) -> float:
    """How long to wait for one answer; `otherwise` where nobody said."""
    seconds = _seconds.get()
    return otherwise if seconds is None else seconds
