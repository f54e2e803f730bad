"""Which pages are rendered, and which are answered with bytes that were rendered before."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from catalog.models.revision import Revision
from catalog.snapshot import Snapshot
from fitpages.serving import responses


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    caches["pages"].clear()
    responses._asked.clear()
    yield
    caches["pages"].clear()
    responses._asked.clear()


def counting() -> tuple[Callable[[], bytes], list[bytes]]:
    rendered: list[bytes] = []

    def body() -> bytes:
        rendered.append(f"page {len(rendered)}".encode())
        return rendered[-1]

    return body, rendered


def ask(snapshot: Snapshot, body: Callable[[], bytes], address: str = "/models/") -> bytes:
    response = responses.respond(RequestFactory().get(address), snapshot, body)
    assert response.status_code == 200
    return response.content


def test_a_page_is_kept_from_the_second_time_on(snapshot: Snapshot) -> None:
    body, rendered = counting()
    assert [ask(snapshot, body) for _ in range(4)] == [b"page 0", b"page 1", b"page 1", b"page 1"]
    assert len(rendered) == 2


def test_pages_asked_for_once_push_out_none_that_is_kept(snapshot: Snapshot) -> None:
    body, _ = counting()
    kept = [ask(snapshot, body) for _ in range(2)][1]
    for number in range(5000):
        ask(snapshot, body, f"/models/{number}/")
    assert ask(snapshot, body) == kept


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


def test_what_was_asked_is_forgotten_when_it_is_too_much(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "ASKED_REMEMBERED", 2)
    body, _ = counting()
    for address in ("/a/", "/b/", "/c/"):
        ask(snapshot, body, address)
    assert len(responses._asked) == 1


def test_any_address_is_a_good_key(snapshot: Snapshot) -> None:
    body, rendered = counting()
    for _ in range(3):
        ask(snapshot, body, "/search/" + "ä " * 200)
    assert len(rendered) == 2
