"""EMAIL_URL names the server that mail is sent by, and what cannot be one is refused with what to write."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.mail import mail, sender


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("smtp://localhost", {"EMAIL_HOST": "localhost", "EMAIL_PORT": 25, "EMAIL_HOST_USER": ""}),
        ("smtp+tls://mail.example.org", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True}),
        ("smtp+ssl://mail.example.org:1465", {"EMAIL_PORT": 1465, "EMAIL_USE_SSL": True}),
        ("smtp+tls://a%40b:p%2Fw@mail.example.org", {"EMAIL_HOST_USER": "a@b", "EMAIL_HOST_PASSWORD": "p/w"}),
        ("smtp://user:secret@127.0.0.1", {"EMAIL_HOST_PASSWORD": "secret"}),
    ],
)
def test_a_server_is_read(text: str, read: dict[str, Any]) -> None:
    assert read.items() <= mail("EMAIL_URL", text).items()


def test_without_one_nothing_is_set() -> None:
    assert mail("EMAIL_URL", "") == {}


@pytest.mark.parametrize(
    "text",
    [
        "mail.example.org",
        "https://mail.example.org",
        "smtp://",
        "smtp+tls://mail.example.org:0",
        "smtp+tls://mail.example.org:port",
        "smtp+tls://mail.example.org/path",
        "smtp+tls://mail.example.org?ssl=1",
        "smtp+tls://-mail.example.org",
        "smtp+tls://mail.example.org\n",
        "consolemail://",
    ],
)
def test_what_is_none_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must be the address of a mail server, such as smtp"):
        mail("EMAIL_URL", text)


def test_a_password_is_not_sent_in_the_clear() -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL would send its password in the clear") as refusal:
        mail("EMAIL_URL", "smtp://user:secret@mail.example.org")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("errors@example.org", "errors@example.org"),
        ("https://example.org/@us", "desk@host.test"),
        ("", "desk@host.test"),
    ],
)
def test_mail_is_from_the_contact_where_that_is_one(contact: str, address: str) -> None:
    assert sender(contact, "host.test") == address
