"""An address without a page offers the nearest of its own kind, and stays out of search engines."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.answers import answer
from fitpages.pages import not_found
from fitpages.pages.common.answer_words import short_line
from fitpages.site import Link


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/models/small-8/", Link("Small 8B", "/models/small-8b/")),
        ("/gpus/RTX-25/", Link("RTX 24", "/gpus/rtx-24/")),
        ("/run/small-8b-on-rtx-25/", Link("Small 8B on RTX 24", "/run/small-8b-on-rtx-24/")),
        ("/small-8b-on-rtx-24", Link("Small 8B on RTX 24", "/run/small-8b-on-rtx-24/")),
    ],
)
def test_the_nearest_is_of_the_kind_that_was_asked_for(small: Snapshot, path: str, nearest: Link) -> None:
    offered = not_found.build(small, path).nearest
    assert nearest in [link._replace(note="") for link in offered]
    assert {link.address.split("/")[1] for link in offered} == {nearest.address.split("/")[1]}


def test_a_pair_is_offered_with_its_answer(small: Snapshot) -> None:
    links = {link.address: link.note for link in not_found.build(small, "/run/small-8b-on-rtx-25/").nearest}
    said = answer(small, small.models["small-8b"], small.gpus["rtx-24"])
    assert links["/run/small-8b-on-rtx-24/"] == short_line(said)
    assert short_line(said).startswith("Q6_K, 32K · ")


@pytest.mark.parametrize("path", ["/", "", "/models/zzzzzz/", "/gpus/zzzzzz/", "/zzzzzz/"])
def test_nothing_like_it_offers_nothing(small: Snapshot, path: str) -> None:
    assert not_found.build(small, path).nearest == ()


def test_without_the_catalog_nothing_is_offered() -> None:
    assert not_found.build(None, "/models/small-8/").nearest == ()


def test_it_has_no_address_and_is_not_indexed(small: Snapshot) -> None:
    page = not_found.build(small, "/models/small-8/")
    assert (page.indexable, page.canonical, page.structured_data, page.breadcrumbs) == (False, "", "", ())
