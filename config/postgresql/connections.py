"""Connections that end a wait, and the few of them that a process has.

A server that hangs, its host alive, still acknowledges what it is sent: no time-out of the network ends that wait, and
the server's own time-outs hang with it. So the client counts the seconds.
"""

import threading
import time
from collections.abc import Mapping
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

from catalog.patience import patience_s

Value = TypeVar("Value")

# Longer than the server's own time-outs (config.databases), which say better what took so long.
ANSWER_S = 25.0
# A server of PostgreSQL's default settings takes 100 connections, of all processes together.
MOST = 10
# How long to wait for one of them to be free.
FREE_S = 3.0
# Firewalls forget connections on which nothing is said.
IDLE_S = 60.0


class BoundedConnection(psycopg.Connection[Any]):
    """A connection whose every wait ends: with the answer, or as a connection that is lost."""

    def wait(self, gen: PQGen[Value], interval: float = 0.1, timeout: float | None = None) -> Value:
        """As psycopg's, in `catalog.patience`."""
        seconds = patience_s(ANSWER_S) if timeout is None else timeout
        ends_at = time.monotonic() + seconds
        try:
            return super().wait(gen, interval, seconds)
        except psycopg.OperationalError as error:
            if time.monotonic() < ends_at or self.closed:
                raise
            # Whatever comes later is the answer to a question that nobody asks any more.
            self.pgconn.finish()
            raise psycopg.OperationalError(f"The database did not answer within {seconds:.0f} seconds.") from error


class Connections:
    """At most `most` connections at a time; those that nobody uses are kept for the next who asks."""

    def __init__(self, most: int = MOST) -> None:
        self._room = threading.BoundedSemaphore(most)
        self._most = most
        self._idle: list[tuple[float, str, BoundedConnection]] = []

    def take(self, parameters: Mapping[str, Any]) -> BoundedConnection:
        """A connection that was given back, or a new one; OperationalError where all are in use."""
        if not self._room.acquire(timeout=patience_s(FREE_S)):
            raise psycopg.OperationalError(f"All {self._most} connections to the database are in use.")
        try:
            return self._kept(_address(parameters)) or BoundedConnection.connect(**parameters)
        except BaseException:
            self._room.release()
            raise

    def give_back(self, connection: BoundedConnection, parameters: Mapping[str, Any], *, sound: bool) -> None:
        """Keep it; close it, and all that were made before like it, where it did not turn out sound."""
        try:
            if not sound:
                self.close_kept()
            if sound and connection.info.transaction_status == TransactionStatus.IDLE:
                self._idle.append((time.monotonic(), _address(parameters), connection))
            else:
                connection.close()
        finally:
            self._room.release()

    def close_kept(self) -> None:
        """Close those that nobody uses."""
        while (kept := self._pop()) is not None:
            kept[2].close()

    def _kept(self, address: str) -> BoundedConnection | None:
        while (kept := self._pop()) is not None:
            since, leads_to, connection = kept
            if leads_to == address and time.monotonic() - since < IDLE_S and not connection.closed:
                return connection
            connection.close()
        return None

    def _pop(self) -> tuple[float, str, BoundedConnection] | None:
        """The one given back last; other threads may take it between a look and a grasp."""
        try:
            return self._idle.pop()
        except IndexError:
            return None


def _address(parameters: Mapping[str, Any]) -> str:
    return repr([parameters.get(name) for name in ("host", "port", "dbname", "user")])
