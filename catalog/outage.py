"""Whether it is worth asking a database that failed a moment ago, and what the log says of it.

A database that hangs takes a whole time-out from each who asks. So after a failure that took long nobody asks for a
second; then one asks, and the others go on with what they have until there is an answer. One that refuses at once is
asked every time: that costs nothing, and the first answer is the end of the outage.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident

from catalog.database_faults import OUTAGES, in_words

logger = logging.getLogger(__name__)

# Between a failure that took long and the next who asks; the log has a line as often at most.
PAUSE_S = 1.0
LONG_S = 0.1
# Whoever waits longer than this makes the others go on without an answer.
SLOW_S = 1.0


class Outage:
    """Kept by a process; times are of a clock that nobody sets."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._since: float | None = None
        self._hangs = False
        self._asks_at = 0.0
        self._logged_at = float("-inf")
        # Since when each thread asks.
        self._asking: dict[int, float] = {}

    def is_worth_asking(self) -> bool:
        """Whether to ask now. While the database hangs, True for a single one each time."""
        if not self._hangs:
            return not self._asking or self._is_quick()
        now = time.monotonic()
        with self._lock:
            # Whoever asks says how it ended; the next is let through should they never come back.
            is_turn = now >= self._asks_at and not self._asking
            self._asks_at = now + PAUSE_S if is_turn else self._asks_at
        return is_turn

    def is_on(self) -> bool:
        """Whether the last who asked had no answer."""
        return self._since is not None

    def _is_quick(self) -> bool:
        too_long_ago = time.monotonic() - SLOW_S
        return all(began >= too_long_ago for began in tuple(self._asking.values()))

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around every question: notes whether it was answered."""
        began = self.begun()
        try:
            yield
        except OUTAGES:
            self.failed(began)
            raise
        finally:
            self.ended()
        self.answered()

    def begun(self) -> float:
        """This thread asks; when it began, for `failed`. Plain calls, for every page makes them."""
        began = self._asking[get_ident()] = time.monotonic()
        return began

    def ended(self) -> None:
        """This thread asks no more."""
        self._asking.pop(get_ident(), None)

    def answered(self) -> None:
        """It has its answer."""
        if self._since is not None:
            self._over()

    def failed(self, began: float) -> None:
        """It has none."""
        self.noted(time.monotonic() - began)

    def noted(self, took_s: float) -> None:
        """The database failed who reads the catalog, after so many seconds."""
        now = time.monotonic()
        with self._lock:
            self._since = now if self._since is None else self._since
            self._hangs = self._hangs or took_s >= LONG_S
            self._asks_at = now + PAUSE_S

    def log(self, error: BaseException, more: str = "") -> None:
        """A line of what failed, one a second at most: who is told of it are as many as there are visitors."""
        now = time.monotonic()
        with self._lock:
            is_due = now - self._logged_at >= PAUSE_S
            self._logged_at = now if is_due else self._logged_at
        if is_due:
            words = in_words(error).removesuffix(".")
            logger.error("%s%s. (%s)", words, more, " ".join(str(error).split())[:200])

    def _over(self) -> None:
        with self._lock:
            since, self._since, self._hangs = self._since, None, False
        if since is not None:
            logger.warning("The database answers again, after %.0f seconds.", time.monotonic() - since)
