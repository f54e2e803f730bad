"""The log of who came in and who was refused: one line each, whatever a name holds."""

import logging

import pytest
from django.test import RequestFactory

from config.sign_in.journal import note, readable


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("editor", "'editor'"),
        ("a\r\nSigned in: 'root'", "\"a\\r\\nSigned in: 'root'\""),
        ("\x1b[2J\x00\u202e\u2028", "'\\x1b[2J\\x00\\u202e\\u2028'"),
        ("Jürgen", "'Jürgen'"),
        ("\ud800", "'\\ud800'"),
        ("x" * 10_000, f"'{'x' * 80}'"),
        (None, "'None'"),
    ],
)
def test_no_name_begins_a_line_or_hides_a_part_of_it(text: str | None, line: str) -> None:
    assert readable(text) == line


def test_a_line_has_the_name_and_the_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="sign_in")
    note(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"), "Signed in", "editor")
    assert caplog.messages == ["Signed in: 'editor' from '192.0.2.7'."]
