"""A source is an address to follow, or the name of a publication."""

import pytest

from fitpages.pages.common.sources import Source, as_sources


@pytest.mark.parametrize(
    ("source", "text", "address"),
    [
        ("https://example.org", "example.org", "https://example.org"),
        ("https://www.example.org/", "example.org", "https://www.example.org/"),
        ("http://example.org/a page 2", "example.org/a page 2", "http://example.org/a"),
        (
            "https://github.com/a/b docs/results.json (2026-05-18)",
            "github.com/a/b docs/results.json (2026-05-18)",
            "https://github.com/a/b/blob/HEAD/docs/results.json",
        ),
        ("https://github.com/a/b README.md", "github.com/a/b README.md", "https://github.com/a/b/blob/HEAD/README.md"),
        (
            "https://github.com/a/b README community table",
            "github.com/a/b README community table",
            "https://github.com/a/b",
        ),
        ("https://github.com/a/b/pull/1 a.md", "github.com/a/b/pull/1 a.md", "https://github.com/a/b/pull/1"),
        ("https://github.com/a/b ../../x.md", "github.com/a/b ../../x.md", "https://github.com/a/b"),
        ("A printed manual, https://example.org", "A printed manual, https://example.org", ""),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("ftp://example.org", "ftp://example.org", ""),
    ],
)
def test_only_web_addresses_can_be_followed(source: str, text: str, address: str) -> None:
    assert as_sources((source,)) == (Source(text, address),)


def test_sources_stay_in_their_order() -> None:
    assert [source.text for source in as_sources(("B", "A"))] == ["B", "A"]
    assert as_sources(()) == ()
