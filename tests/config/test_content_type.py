"""Whatever characters a request says it is written in, the site answers."""

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from config.content_type import with_our_characters

FORM = "application/x-www-form-urlencoded"
ODD = ["hex", "idna", "punycode", "base64", "rot13", "utf-16", "utf-7", "undefined", "nonsense", '"', "", "utf-8x"]


def kind(given: str, length: str = "3") -> str:
    """The type that the application is told."""
    told: list[str] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        told.append(environ["CONTENT_TYPE"])
        return []

    with_our_characters(application)({"CONTENT_TYPE": given, "CONTENT_LENGTH": length}, None)
    return told[0]


@pytest.mark.parametrize(
    "given", [FORM, f"{FORM}; charset=UTF-8", f'{FORM};charset="utf8"', "multipart/form-data; boundary=x"]
)
def test_what_is_ours_is_left_as_it_is(given: str) -> None:
    assert kind(given) == given


@pytest.mark.parametrize("charset", ODD)
def test_any_other_set_becomes_one_that_is_refused(charset: str) -> None:
    assert kind(f"{FORM}; Charset={charset}") == f"{FORM}; charset=iso-8859-1"


@pytest.mark.parametrize("length", ["", "0"])
def test_without_a_body_there_is_no_type(length: str) -> None:
    assert kind(f"{FORM}; charset=hex", length) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ODD)
@pytest.mark.parametrize(("method", "length"), [("GET", ""), ("GET", "3"), ("POST", "3")])
def test_the_site_answers_whatever_is_said(charset: str, method: str, length: str) -> None:
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/search/",
        "QUERY_STRING": "q=a",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(b"a=b"),
        "wsgi.url_scheme": "http",
        "CONTENT_TYPE": f"{FORM}; charset={charset}",
        "CONTENT_LENGTH": length,
    }
    statuses: list[str] = []
    with_our_characters(WSGIHandler())(environ, lambda status, *_: statuses.append(status))
    assert statuses[0][:3] == ("200" if method == "GET" else "405")
