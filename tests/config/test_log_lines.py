"""A refused request is a line in the log."""

import io
import logging

import pytest
from django.conf import settings
from django.test import Client

from config.log_lines import MOST_CHARACTERS, OneLine, bounded


@pytest.fixture
def log() -> io.StringIO:
    """What the console shows, through the handler of the settings."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    assert settings.LOGGING["handlers"]["console"]["filters"][0] == "one_line"
    handler.addFilter(OneLine())
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("host", ["evil.example", "e" * 5000 + ".example", "evil.example/\t<script>"])
def test_a_host_that_is_not_ours_is_a_400_and_a_line(log: io.StringIO, host: str) -> None:
    answer = Client().get("/about/", headers={"Host": host})
    assert answer.status_code == 400
    assert "This cannot be answered" in answer.content.decode()
    [line] = log.getvalue().splitlines()
    assert line.startswith("WARNING django.security.DisallowedHost Invalid HTTP_HOST header: 'e")
    assert len(line) < MOST_CHARACTERS + 60


def test_an_answer_of_400_is_a_line_whatever_was_raised(log: io.StringIO) -> None:
    try:
        raise ValueError("theirs")
    except ValueError:
        logging.getLogger("django.request").exception("Bad Request: %s", "/a\nb", extra={"status_code": 400})
    assert log.getvalue() == "WARNING django.request Bad Request: /a b\n"


def test_a_fault_of_ours_keeps_its_traceback(log: io.StringIO) -> None:
    try:
        raise ValueError("ours")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/about/")
    assert "Traceback" in log.getvalue()
    assert "ERROR django.request Internal Server Error: /about/" in log.getvalue()


def test_a_line_is_one_line_and_bounded() -> None:
    assert bounded("a\nb\r\n c") == "a b c"
    assert bounded("x" * 201) == "x" * 200 + "…"
