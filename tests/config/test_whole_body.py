"""Half a form never reaches the site; anything else does, as it came."""

import io
from collections.abc import Iterable
from typing import Any

import pytest

from config.whole_body import SMALL_BYTES, with_whole_body


def _echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return [environ["wsgi.input"].read()]


def _answer(body: bytes, **environ: str) -> bytes:
    return b"".join(with_whole_body(_echo)({"wsgi.input": io.BytesIO(body), **environ}, None))


def test_a_whole_form_reaches_the_site() -> None:
    assert _answer(b"name=a", CONTENT_LENGTH="6") == b"name=a"


def test_the_next_request_on_the_connection_is_not_taken_for_the_body() -> None:
    assert _answer(b"name=aGET / HTTP/1.1", CONTENT_LENGTH="6") == b"name=a"


@pytest.mark.parametrize("size", [7, 1000, SMALL_BYTES])
def test_half_a_form_is_the_end_of_the_connection(size: int) -> None:
    with pytest.raises(ConnectionResetError, match="in the middle of a body"):
        _answer(b"name=a", CONTENT_LENGTH=str(size))


@pytest.mark.parametrize("length", ["", "0", "-1", "x", "٣", "9" * 5000, str(SMALL_BYTES + 1)])
def test_what_is_no_small_body_is_left_to_the_site(length: str) -> None:
    assert _answer(b"name=a", CONTENT_LENGTH=length) == b"name=a"
    assert _answer(b"name=a") == b"name=a"
