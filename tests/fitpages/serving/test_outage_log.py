"""What the log leaves out of an outage."""

import logging

import pytest
from django.db import OperationalError

from fitpages.serving.outage_log import NoOutage


def record(status: int, error: Exception | None = None) -> logging.LogRecord:
    caught = (type(error), error, None) if error else None
    line = logging.LogRecord("django.request", logging.ERROR, "", 0, "words", (), caught)
    line.status_code = status
    return line


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        (record(503), False),
        (record(507), False),
        (record(500, OperationalError("away")), False),
        (record(500, ZeroDivisionError()), True),
        (record(404), True),
        (record(500), True),
    ],
)
def test_the_log_leaves_out_who_was_told_of_an_outage_and_nothing_else(line: logging.LogRecord, is_kept: bool) -> None:
    assert NoOutage().filter(line) is is_kept
