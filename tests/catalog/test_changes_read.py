"""The latest changes: a bounded part of history, the newest first, loads of many records in one entry."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from catalog import changes_read
from catalog.history import BEGUN, LOADED
from catalog.interchange.load import load_catalog
from catalog.models import RECORD_MODELS, BoardScore, CatalogRevision, Gpu, Quant
from catalog.recent_changes import Deed, Load, LoadCount, PublicChange, RecentChanges
from catalog.snapshot import build
from tests.catalog.data_files import GPUS, DataFiles
from tests.catalog.rows import change, gpu

pytestmark = pytest.mark.django_db


def latest() -> RecentChanges:
    return changes_read.read()


def records() -> list[PublicChange]:
    """The entries that are no loads."""
    return [entry for entry in latest().entries if isinstance(entry, PublicChange)]


def loads() -> list[Load]:
    return [entry for entry in latest().entries if isinstance(entry, Load)]


def test_the_load_of_a_whole_catalog_is_one_entry_that_counts_it() -> None:
    (first,) = latest().entries
    assert isinstance(first, Load)
    counts = {count.kind: count for count in first.counts}
    assert counts.keys() == {kind.kind() for kind in RECORD_MODELS if kind.objects.published().exists()}
    assert counts["boardscore"].added == BoardScore.objects.published().filter(shown=True).count()
    assert counts["gpu"] == LoadCount("gpu", Gpu.objects.published().count(), 0)
    assert first.changes == ()
    assert latest().is_whole


def test_edits_are_told_one_by_one_the_newest_first() -> None:
    change(Gpu, "l4", power_w=73)
    change(Quant, "q4-k-m", quality="Good.")
    change(Gpu, "l4", power_w=74)
    assert [(entry.kind, entry.slug) for entry in records()] == [("gpu", "l4"), ("quant", "q4-k-m"), ("gpu", "l4")]
    assert isinstance(latest().entries[-1], Load)


def test_many_edits_that_are_one_change_are_told_each() -> None:
    with CatalogRevision.as_one_change():
        for slug in ("l4", "t4", "rtx-4090"):
            change(Gpu, slug, power_w=71)
    assert {entry.slug for entry in records()} == {"l4", "t4", "rtx-4090"}


def test_a_load_of_few_records_tells_of_each(files: DataFiles) -> None:
    files.change(GPUS, "l4", power_w=73)
    files.change(GPUS, "t4", editor_notes="Looked at again.")
    files.load()
    newest, _ = loads()
    assert newest.counts == (LoadCount("gpu", 0, 1),)
    assert [(entry.slug, entry.deed) for entry in newest.changes] == [("l4", Deed.CHANGED)]


def test_a_load_that_changes_nothing_is_no_entry() -> None:
    load_catalog()
    assert len(latest().entries) == 1


def test_a_load_of_many_is_counted_and_not_read(files: DataFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes_read, "LISTED", 1)
    files.change(GPUS, "l4", power_w=73)
    files.change(GPUS, "t4", power_w=73)
    files.load()
    newest, _ = loads()
    assert (newest.counts, newest.changes) == ((LoadCount("gpu", 0, 2),), ())


def test_rows_of_before_there_was_history_are_no_news() -> None:
    Gpu.history.filter(slug="l4").update(history_change_reason=BEGUN)
    change(Gpu, "l4", power_w=73)
    assert [entry.deed for entry in records()] == [Deed.CHANGED]


def test_only_the_latest_are_kept_and_no_load_of_before_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes_read, "MOST", 2)
    for power_w in (73, 74, 75):
        change(Gpu, "l4", power_w=power_w)
    assert [entry.fields[0].after for entry in records()] == [75, 74]
    assert loads() == []
    assert not latest().is_whole


def test_only_the_latest_states_of_a_kind_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes_read, "LOOKED_AT", 2)
    for power_w in (73, 74, 75):
        change(Gpu, "l4", power_w=power_w)
    assert [entry.fields[0].after for entry in records()] == [75, 74]
    assert not latest().is_whole


def test_a_load_that_the_window_cuts_is_not_counted_by_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes_read, "LOOKED_AT", 10)
    assert "gpu" not in {count.kind for load in loads() for count in load.counts}


def test_states_of_one_time_are_one_load_and_others_another() -> None:
    states, row = Gpu.history.model, Gpu.objects.get(slug="l4")
    values = {column.attname: getattr(row, column.attname) for column in states.tracked_fields}
    noon = timezone.now() + datetime.timedelta(days=1)
    for at in (noon, noon + datetime.timedelta(seconds=1)):
        values["power_w"] += 1
        states.objects.create(**values, history_date=at, history_type="~", history_change_reason=LOADED)
    assert [load.at for load in loads()][:2] == [noon + datetime.timedelta(seconds=1), noon]


def test_what_the_last_snapshot_told_is_not_read_again(django_assert_max_num_queries: Any) -> None:
    for power_w in (73, 74, 75):
        change(Gpu, "l4", power_w=power_w)
    first = build()
    with django_assert_max_num_queries(3 * len(RECORD_MODELS)):
        again = changes_read.read(first.changes)
    assert again.entries[:3] == first.changes.entries[:3]
    change(Gpu, "t4", power_w=71)
    newest, *others = build(first).changes.entries
    assert isinstance(newest, PublicChange)
    assert newest.slug == "t4"
    assert others[:3] == list(first.changes.entries[:3])


def test_history_may_be_empty_and_a_first_record_is_added() -> None:
    for kind in RECORD_MODELS:
        kind.history.all().delete()
    assert latest().entries == ()
    gpu(slug="first", name="First").save()
    assert [(entry.slug, entry.deed) for entry in records()] == [("first", Deed.ADDED)]
