"""What is kept of the pages that were rendered, and what goes when there is too much."""

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
