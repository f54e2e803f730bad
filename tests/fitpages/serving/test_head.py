"""Answers to HEAD lose their body and keep their headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from fitpages.serving.head import HeadMiddleware


def _answer(method: str, response: HttpResponseBase) -> HttpResponseBase:
    def answer(request: HttpRequest) -> HttpResponseBase:
        return response

    return HeadMiddleware(answer)(RequestFactory().generic(method, "/"))


def test_a_body_is_taken_off_and_its_length_stays() -> None:
    response = _answer("HEAD", HttpResponse(b"abc", headers={"Content-Length": "3"}))
    assert isinstance(response, HttpResponse)
    assert (response.content, response["Content-Length"]) == (b"", "3")


def test_a_stream_is_closed_without_being_read(db: None) -> None:
    steps = []

    def pieces() -> Iterator[bytes]:
        steps.append("read")
        yield b"abc"

    stream = pieces()
    response = _answer("HEAD", StreamingHttpResponse(stream))
    assert isinstance(response, StreamingHttpResponse)
    assert response.getvalue() == b""
    response.close()
    assert steps == []
    assert next(stream, None) is None, "it is closed"


def test_a_file_is_closed_and_not_handed_to_the_server(db: None, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    file = (tmp_path / "a").open("rb")
    response = _answer("HEAD", FileResponse(file))
    assert isinstance(response, FileResponse)
    assert (response.file_to_stream, response["Content-Length"]) == (None, "3")
    response.close()
    assert file.closed


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_another_method_keeps_its_body(method: str) -> None:
    response = _answer(method, HttpResponse(b"abc"))
    assert isinstance(response, HttpResponse)
    assert response.content == b"abc"


def test_it_sees_what_every_other_middleware_answers() -> None:
    assert settings.MIDDLEWARE[0] == "fitpages.serving.head.HeadMiddleware"
