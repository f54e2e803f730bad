"""A fault of the database by its name, from either driver."""

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError

from catalog.database_faults import AWAY, BUSY, FULL, NO_TABLES, READ_ONLY, SLOW, in_words


class Coded(Exception):
    """As psycopg's errors are."""

    def __init__(self, code: str) -> None:
        super().__init__("words of the server, perhaps in another language")
        self.sqlstate = code


def wrapped(code: str) -> OperationalError:
    error = OperationalError("words")
    error.__cause__ = Coded(code)
    return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OperationalError("database or disk is full"), FULL),
        (wrapped("53100"), FULL),
        (OperationalError("attempt to write a readonly database"), READ_ONLY),
        (wrapped("25006"), READ_ONLY),
        (OperationalError("database is locked"), BUSY),
        (OperationalError("database table is locked: catalog_gpu"), BUSY),
        (wrapped("55P03"), BUSY),
        (wrapped("40P01"), BUSY),
        (OperationalError("no such table: catalog_gpu"), NO_TABLES),
        (wrapped("42P01"), NO_TABLES),
        (wrapped("57014"), SLOW),
        (wrapped("57P01"), AWAY),
        (InterfaceError("connection already closed"), AWAY),
        (ProgrammingError("no column"), AWAY),
    ],
)
def test_each_fault_has_its_sentence(error: Exception, sentence: str) -> None:
    assert in_words(error) == sentence
