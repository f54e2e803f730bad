"""Which pages are rendered, and which are answered with bytes that were rendered before."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpResponse
from django.test import RequestFactory

from catalog.models.revision import Revision
from catalog.snapshot import Snapshot
from fitpages.serving.responses import RENDERED, respond


def counting() -> tuple[Callable[[], bytes], list[bytes]]:
    rendered: list[bytes] = []

    def body() -> bytes:
        rendered.append(f"page {len(rendered)}".encode())
        return rendered[-1]

    return body, rendered


def ask(snapshot: Snapshot, body: Callable[[], bytes], address: str = "/models/") -> bytes:
    response = respond(RequestFactory().get(address), snapshot, body)
    assert isinstance(response, HttpResponse)
    assert response.status_code == 200
    return response.content


def test_a_page_is_kept_from_the_second_time_on(snapshot: Snapshot) -> None:
    body, rendered = counting()
    assert [ask(snapshot, body) for _ in range(4)] == [b"page 0", b"page 1", b"page 1", b"page 1"]
    assert len(rendered) == 2
    assert list(RENDERED.pages) == ["/models/"]


def test_an_edit_is_in_the_next_answer(snapshot: Snapshot) -> None:
    body, _ = counting()
    for _ in range(3):
        ask(snapshot, body)
    edited = replace(snapshot, revision=Revision("edited", snapshot.revision.changed_at))
    assert ask(edited, body) == b"page 2"


def test_query_strings_are_never_kept(snapshot: Snapshot) -> None:
    body, rendered = counting()
    for _ in range(3):
        ask(snapshot, body, "/models/?sort=size")
    assert len(rendered) == 3


def test_any_address_is_kept(snapshot: Snapshot) -> None:
    body, rendered = counting()
    for _ in range(3):
        ask(snapshot, body, "/search/" + "ä " * 200)
    assert len(rendered) == 2
