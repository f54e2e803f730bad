"""Connections that end a wait, on a real server."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from catalog.patience import within
from config.postgresql.connections import BoundedConnection, Connections
from tests import postgres

pytestmark = pytest.mark.skipif(
    not postgres.is_here(), reason="PostgreSQL is not here; `make test-postgres` installs it."
)


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with postgres.server() as running:
        yield running


@pytest.fixture
def parameters(server: postgres.Server) -> dict[str, Any]:
    return {"host": "127.0.0.1", "port": server.port, "user": "site", "dbname": "postgres", "autocommit": True}


def test_a_connection_that_is_given_back_is_taken_again(parameters: dict[str, Any]) -> None:
    connections = Connections()
    first = connections.take(parameters)
    connections.give_back(first, parameters, sound=True)
    assert connections.take(parameters) is first
    connections.give_back(first, parameters, sound=True)
    connections.close_kept()
    assert first.closed


def test_one_to_another_database_is_not_taken(parameters: dict[str, Any]) -> None:
    connections = Connections()
    first = connections.take(parameters)
    connections.give_back(first, parameters, sound=True)
    other = connections.take({**parameters, "dbname": "template1"})
    assert (other.info.dbname, first.closed) == ("template1", True)
    other.close()


def test_one_in_the_middle_of_a_transaction_is_closed(parameters: dict[str, Any]) -> None:
    connections = Connections()
    first = connections.take({**parameters, "autocommit": False})
    first.execute("SELECT 1")
    connections.give_back(first, parameters, sound=True)
    assert first.closed


def test_where_one_is_lost_those_from_before_are_closed_too(parameters: dict[str, Any]) -> None:
    connections = Connections()
    first, second = connections.take(parameters), connections.take(parameters)
    connections.give_back(first, parameters, sound=True)
    connections.give_back(second, parameters, sound=False)
    assert (first.closed, second.closed) == (True, True)


def test_there_are_no_more_than_that_and_waiting_for_one_ends(parameters: dict[str, Any]) -> None:
    connections = Connections(most=2)
    first, second = connections.take(parameters), connections.take(parameters)
    with pytest.raises(psycopg.OperationalError, match="All 2 connections to the database are in use"), within(0.1):
        connections.take(parameters)
    threading.Timer(0.2, connections.give_back, [first, parameters], {"sound": True}).start()
    assert connections.take(parameters) is first
    first.close()
    second.close()


def test_a_refused_connection_takes_no_place(parameters: dict[str, Any]) -> None:
    connections = Connections(most=1)
    for _ in range(2):
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            connections.take({**parameters, "dbname": "no-such"})


def test_a_server_that_hangs_is_waited_for_no_longer_than_patience(
    server: postgres.Server, parameters: dict[str, Any]
) -> None:
    connection = BoundedConnection.connect(**parameters)
    server.signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError, match="did not answer within 1 seconds"), within(1):
            connection.execute("SELECT 1")
        assert time.monotonic() - began < 5
        assert connection.closed, "what comes later would be taken for the answer to the next question"
    finally:
        server.signal(signal.SIGCONT)


def test_a_fault_of_the_question_is_said_as_it_is(parameters: dict[str, Any]) -> None:
    connection = BoundedConnection.connect(**parameters)
    with pytest.raises(psycopg.OperationalError, match="terminating connection"), within(5):
        connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def test_it_runs_as_a_user_without_rights(server: postgres.Server) -> None:
    assert server.process is not None
    owner = os.stat(f"/proc/{server.process.pid}").st_uid
    assert owner != 0
