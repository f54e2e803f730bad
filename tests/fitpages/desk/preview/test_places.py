"""A public address within the preview: pages go in with their drafts, everything else stays where it is."""

import pytest

from catalog.drafts import NO_DRAFTS, named
from fitpages.desk.preview.places import inside

DRAFTS = named(["languagemodel:b", "gpu:a"])


@pytest.mark.parametrize(
    ("address", "within"),
    [
        ("/", "/admin/preview/?with=gpu:a,languagemodel:b"),
        ("/gpus/a/", "/admin/preview/gpus/a/?with=gpu:a,languagemodel:b"),
        ("/gpus/?q=a+b&page=2#list", "/admin/preview/gpus/?q=a+b&page=2&with=gpu:a,languagemodel:b#list"),
        ("/gpus/?with=gpu:x", "/admin/preview/gpus/?with=gpu:a,languagemodel:b"),
        ("?vendor=AMD&memory=", "?vendor=AMD&memory=&with=gpu:a,languagemodel:b"),
        ("#content", "#content"),
        ("", ""),
        ("https://example.org/gpus/", "https://example.org/gpus/"),
        ("//example.org/gpus/", "//example.org/gpus/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("/static/fitpages/site.css", "/static/fitpages/site.css"),
        ("/admin/", "/admin/"),
        ("/favicon.ico", "/favicon.ico"),
        ("/feed.xml", "/feed.xml"),
    ],
)
def test_where_a_link_leads_in_the_preview(address: str, within: str) -> None:
    assert inside(address, DRAFTS) == within


def test_without_drafts_nothing_is_added() -> None:
    assert inside("/gpus/?q=a", NO_DRAFTS) == "/admin/preview/gpus/?q=a"
