"""How many pages a change is on follows from what the record is."""

import pytest

from catalog.recent_changes import PublicChange
from catalog.snapshot import Snapshot
from fitpages.pages.changes.follow import pages
from tests.fitpages.changes import of_file, of_measurement, of_price, public_change
from tests.small_catalog import four_models, snapshot_of


@pytest.mark.parametrize(
    ("change", "followed"),
    [
        (public_change(), "its page and 4 pairs"),
        (public_change(kind="languagemodel", slug="small-8b"), "its page and 5 pairs"),
        (public_change(kind="quant", slug="q4-k-m"), "all 20 pairs"),
        (of_file(), "the page of its model and 5 pairs"),
        (of_file(kind="repository"), "the page of its model and 5 pairs"),
        (of_file(model=""), "none that is there today"),
        (of_file(kind="popularity"), "the page of its model, and lists"),
        (of_file(kind="boardscore"), "the page of its model, and lists"),
        (of_file(kind="pick"), "the page of its model, and lists"),
        (of_file(kind="pick", model=""), "none that is there today"),
        (of_price(), "the page of its GPU, and lists"),
        (of_price(gpu="gone"), "none that is there today"),
        (of_measurement(), "the page of its pair and those about accuracy"),
        (of_measurement(gpu=""), "those about accuracy"),
    ],
)
def test_pages_are_counted_in_today_s_catalog(small: Snapshot, change: PublicChange, followed: str) -> None:
    assert pages(small, change) == followed


def test_of_a_single_pair_it_says_so() -> None:
    assert pages(snapshot_of(models=four_models()[:1]), public_change()) == "its page and 1 pair"
