"""An entry names a record, what became of it, where it is found and what followed."""

import pytest

from catalog.recent_changes import Deed, FieldApart, LoadCount, PublicChange
from catalog.snapshot import Snapshot
from fitpages.pages.changes.entries import address, deed, entry, load_entry, load_summary
from fitpages.pages.changes.fields import FieldShown
from fitpages.pages.common.sources import as_sources
from fitpages.site import Link
from tests.fitpages.changes import SOURCES, load, of_file, of_measurement, public_change


def test_an_entry_has_the_record_the_fields_the_pages_and_the_sources(small: Snapshot) -> None:
    told = entry(small, public_change())
    assert told.record == Link("RTX 24", "/gpus/rtx-24/")
    assert told.what == "GPU, changed"
    assert told.fields == (FieldShown("Power", "450 W", "350 W"),)
    assert told.followed == "Pages that followed: its page."
    assert told.sources == as_sources(SOURCES)


@pytest.mark.parametrize("gone", [Deed.TAKEN_OFF, Deed.DELETED])
def test_pages_of_what_is_gone_are_gone_with_it(small: Snapshot, gone: Deed) -> None:
    told = entry(small, public_change(slug="rtx-99", name="RTX 99", deed=gone, fields=()))
    assert told.record == Link("RTX 99", "")
    assert told.followed == "Gone with it: its page and 4 pairs."
    assert entry(small, of_file(deed=gone)).followed.startswith("Pages that followed: ")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (public_change(deed=Deed.ADDED), "added"),
        (public_change(deed=Deed.BACK, fields=(FieldApart("name", "a", "b"),)), "back on the site"),
        (public_change(deed=Deed.TAKEN_OFF), "taken off the site"),
        (public_change(fields=(FieldApart("name", "a", "b"),)), "renamed"),
        (public_change(fields=(FieldApart("slug", "a", "b"), FieldApart("power_w", 1, 2))), "renamed"),
        (public_change(), "changed"),
    ],
)
def test_what_became_of_a_record_is_said_in_words(change: PublicChange, words: str) -> None:
    assert deed(change) == words


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (public_change(slug="rtx-24-gb"), "/gpus/rtx-24/"),
        (public_change(kind="languagemodel", slug="small-8"), "/models/small-8b/"),
        (public_change(kind="languagemodel", slug="none"), ""),
        (public_change(kind="quant", slug="q4-k-m"), "/guides/quantization/"),
        (public_change(kind="quant", slug="none"), ""),
        (of_file(), "/models/small-8b/"),
        (of_file(model=""), ""),
        (of_measurement(), "/run/small-8b-on-rtx-24/"),
        (of_measurement(model=""), "/gpus/rtx-24/"),
        (of_measurement(gpu=""), "/models/small-8b/"),
    ],
)
def test_a_record_is_linked_where_it_is_found_today(small: Snapshot, change: PublicChange, place: str) -> None:
    assert address(small, change) == place


@pytest.mark.parametrize(
    ("counts", "summary"),
    [
        ([LoadCount("gpu", 0, 12), LoadCount("languagemodel", 0, 3)], "12 GPUs and 3 models came with new data."),
        ([LoadCount("gpu", 1, 0)], "1 GPU was added."),
        ([LoadCount("gpu", 2, 1)], "2 GPUs were added; 1 GPU came with new data."),
        ([LoadCount("gpu", 1, 0), LoadCount("artifact", 1_200, 0)], "1 GPU and 1,200 files were added."),
    ],
)
def test_a_load_is_summed_up(counts: list[LoadCount], summary: str) -> None:
    assert load_summary(counts) == summary


def test_a_load_has_its_summary_and_its_changes(small: Snapshot) -> None:
    told = load_entry(small, load(LoadCount("gpu", 0, 1)), [public_change()])
    assert told.summary == "1 GPU came with new data."
    assert [each.record.text for each in told.entries] == ["RTX 24"]
