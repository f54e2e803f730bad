"""Mail is sent beside requests, one after the other, and never more than a few wait."""

import logging
from threading import Event

import pytest

from config.sign_in import mails


def carried_out() -> None:
    """Wait until what was given so far is done."""
    mails._sender.submit(lambda: None).result(timeout=10)


def test_whoever_asks_does_not_wait() -> None:
    begun, may_end = Event(), Event()
    mails.beside(lambda: bool(begun.set() or may_end.wait(10)) and None)
    assert begun.wait(10)
    may_end.set()
    carried_out()


def test_a_failure_is_a_line_without_what_the_server_said(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise OSError("the mail with its link")

    mails.beside(fail)
    carried_out()
    assert [record.getMessage() for record in caplog.records] == ["A mail could not be sent: OSError."]


def test_more_than_there_is_room_for_are_not_sent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    may_end, sent = Event(), []
    mails.beside(lambda: bool(may_end.wait(10)) and None)
    for number in range(mails.MOST_WAITING):
        mails.beside(lambda number=number: sent.append(number))
    may_end.set()
    carried_out()
    assert sent == list(range(mails.MOST_WAITING - 1))
    assert "No mail was sent: 20 wait to be." in caplog.text
