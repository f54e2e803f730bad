"""What is kept of the pages that were rendered, and what goes when there is too much."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from fitpages.serving.rendered_pages import RenderedPages


def ask(pages: RenderedPages, address: str, page: bytes = b"page", state: str = "one") -> bytes:
    return pages.get(address, state, lambda: page)


def few() -> RenderedPages:
    return RenderedPages(most_pages=2, most_addresses=3)


def test_what_was_asked_for_once_pushes_out_nothing_that_is_kept() -> None:
    pages = few()
    ask(pages, "/kept/")
    ask(pages, "/kept/", b"kept")
    for number in range(100):
        ask(pages, f"/{number}/")
    assert ask(pages, "/kept/", b"another") == b"kept"


def test_the_page_asked_for_longest_ago_goes_first() -> None:
    pages = few()
    for address in ("/a/", "/a/", "/b/", "/b/", "/a/", "/c/", "/c/"):
        ask(pages, address)
    assert list(pages.pages) == ["/a/", "/c/"]


def test_the_list_of_addresses_begins_anew_when_it_is_full() -> None:
    pages = few()
    for address in ("/a/", "/b/", "/c/", "/d/"):
        ask(pages, address)
    assert pages.seen_once == {"/d/"}


def test_another_state_is_another_catalog() -> None:
    pages = few()
    for page in (b"old", b"old"):
        ask(pages, "/a/", page)
    assert ask(pages, "/a/", b"new", state="two") == b"new"
    assert (pages.state, dict(pages.pages)) == ("two", {})


def test_a_page_made_while_the_catalog_changed_is_not_kept() -> None:
    pages = few()
    ask(pages, "/a/")

    def slow() -> bytes:
        ask(pages, "/b/", state="two")
        return b"old"

    assert pages.get("/a/", "one", slow) == b"old"
    assert pages.pages == {}


def test_reset_forgets_everything() -> None:
    pages = few()
    for _ in range(2):
        ask(pages, "/a/")
    pages.reset()
    assert (pages.state, pages.seen_once, dict(pages.pages)) == ("", set(), {})


def at_once(pages: RenderedPages, body: Callable[[], bytes], count: int = 20) -> list[bytes]:
    """What so many threads get that ask for one page at the same time."""
    together = threading.Barrier(count)

    def get() -> bytes:
        together.wait()
        return pages.get("/a/", "one", body)

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(get) for _ in range(count)]]


def test_a_page_that_many_ask_for_at_once_is_made_once() -> None:
    made = []

    def slow() -> bytes:
        made.append(1)
        time.sleep(0.3)
        return b"page"

    assert at_once(few(), slow) == [b"page"] * 20
    assert len(made) == 1


def test_where_making_it_fails_each_who_waits_tries_for_himself() -> None:
    tries = []

    def failing_once() -> bytes:
        tries.append(1)
        if len(tries) == 1:
            time.sleep(0.3)
            raise ValueError("It could not be made.")
        return b"page"

    pages = few()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(pages.get, "/a/", "one", failing_once)
        time.sleep(0.1)
        second = pool.submit(pages.get, "/a/", "one", failing_once)
        with pytest.raises(ValueError, match="could not be made"):
            first.result()
        assert second.result() == b"page"
    assert ask(pages, "/a/") == b"page"


def test_who_asks_after_a_change_does_not_wait_for_a_page_from_before() -> None:
    pages = few()

    def old() -> bytes:
        assert ask(pages, "/a/", b"new", state="two") == b"new"
        return b"old"

    assert pages.get("/a/", "one", old) == b"old"
    assert ask(pages, "/a/", b"new", state="two") == b"new"
