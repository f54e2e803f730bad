"""An immutable picture of what is published, built once per revision in each process.

A request costs the revision look-up, one query, however large the catalog. An edit saved by any process is in the
next request served by every process. Without a database, the last picture goes on being served.
"""

import threading
import time

from django.db import OperationalError, connection

from catalog.database_faults import OUTAGES
from catalog.models import (
    CatalogRevision,
)
from catalog.outage import SLOW_S, Outage
from catalog.patience import within
from catalog.picture import EMPTY_SNAPSHOT, Snapshot
from catalog.published import PublishedGpu, PublishedModel, PublishedQuant
from catalog.published_files import PublishedFile, PublishedRepository
from catalog.published_markets import PublishedPick, PublishedPopularity, PublishedPrice, PublishedScore
from catalog.published_measurements import PublishedBenchmark
from catalog.reading import build

__all__ = [
    "EMPTY_SNAPSHOT",
    "PublishedBenchmark",
    "PublishedFile",
    "PublishedGpu",
    "PublishedModel",
    "PublishedPick",
    "PublishedPopularity",
    "PublishedPrice",
    "PublishedQuant",
    "PublishedRepository",
    "PublishedScore",
    "Snapshot",
    "build",
    "current",
]

_lock = threading.Lock()
_last: Snapshot | None = None
OUTAGE = Outage()
# For each answer of the database, and for another thread that reads the catalog.
ANSWER_S, READING_S = 3.0, 10.0


def current() -> Snapshot:
    """The picture of now, at the cost of one query; the last one while the database cannot be reached.

    Raises DatabaseError or InterfaceError when it cannot be reached and this process has no picture yet.
    """
    is_worth_asking = OUTAGE.is_worth_asking()
    if not is_worth_asking and (_last is not None or OUTAGE.is_on()):
        return _last_or(OperationalError("The database did not answer a moment ago."))
    try:
        with within(ANSWER_S):
            return _of_token(_token())
    except OUTAGES as error:
        connection.close()
        OUTAGE.log(error, f"; serving the catalog of {_last.revision.changed_at}" if _last else "")
        return _last_or(error)


def at_hand() -> Snapshot | None:
    """The picture that this process has, whatever the database has."""
    return _last


def _last_or(error: Exception) -> Snapshot:
    if _last is None:
        raise error
    return _last


def _token() -> str:
    """The revision's token, and whether there was one noted."""
    began = OUTAGE.begun()
    try:
        token = _token_or_again(began)
    except OUTAGES:
        OUTAGE.failed(began)
        raise
    finally:
        OUTAGE.ended()
    OUTAGE.answered()
    return token


def _token_or_again(began: float) -> str:
    """Asked once more over a new connection: the old one may be from before a restart."""
    try:
        return CatalogRevision.current_token()
    except OUTAGES:
        # Who waited long already would wait as long again.
        if connection.in_atomic_block or time.monotonic() - began > SLOW_S:
            raise
        connection.close()
        return CatalogRevision.current_token()


def _of_token(token: str) -> Snapshot:
    last = _last
    if last is not None and last.revision.token == token:
        return last
    if not _lock.acquire(timeout=READING_S):
        return _last_or(OperationalError("The catalog is still being read."))
    try:
        # Whoever read it while this one waited may have had no answer: each would wait for none in turn.
        if OUTAGE.is_on():
            return _last_or(OperationalError("The database stopped answering."))
        return _renewed(token)
    finally:
        _lock.release()


def _renewed(token: str) -> Snapshot:
    global _last
    if _last is None or _last.revision.token != token:
        began = time.monotonic()
        try:
            _last = build(_last or EMPTY_SNAPSHOT)
        except OUTAGES:
            OUTAGE.noted(time.monotonic() - began)
            raise
    return _last
