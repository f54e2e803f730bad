"""What an editor changed stays, what nobody touched follows the file, and both in one row."""

from typing import Any

import pytest

from catalog.interchange.load import LoadReport
from catalog.interchange.records import digest
from catalog.models import Gpu, LanguageModel
from tests.catalog.data_files import GPUS, MODELS
from tests.catalog.rows import ARCHITECTURE, change, everything, gpu
from tests.catalog.small_files import SmallFiles, bandwidth

pytestmark = pytest.mark.django_db


def remark(files: SmallFiles, words: str, slug: str = "c-1", name: str = GPUS) -> str:
    return f"{files.place(name, slug)}: {words}."


def test_a_field_that_nobody_touched_follows_the_file_beside_one_that_stays(small_files: SmallFiles) -> None:
    change(Gpu, "c-1", bandwidth_gb_s=1010)
    small_files.change(GPUS, "c-1", power_w=360)
    assert small_files.load() == small_files.unchanged(updated=1, kept_fields=1)
    assert Gpu.objects.values_list("bandwidth_gb_s", "power_w").get(slug="c-1") == (1010, 360)
    assert small_files.load() == small_files.unchanged(kept=1, kept_fields=1)


def test_an_edit_that_the_file_does_not_touch_is_kept_without_a_word(small_files: SmallFiles) -> None:
    change(Gpu, "c-1", bandwidth_gb_s=1010)
    assert small_files.load() == small_files.unchanged(kept=1, kept_fields=1)
    assert bandwidth("c-1") == 1010


def test_an_edit_of_a_field_that_the_file_changed_is_a_conflict_once(small_files: SmallFiles) -> None:
    change(Gpu, "c-1", bandwidth_gb_s=1010)
    small_files.change(GPUS, "c-1", bandwidth_gb_s=1012)
    words = "kept as edited here; bandwidth_gb_s was 1,008, is 1,010 here, the file now has 1,012"
    kept: dict[str, Any] = {"kept": 1, "kept_fields": 1}
    assert small_files.load() == small_files.unchanged(**kept, remarks=[remark(small_files, words)])
    assert small_files.load() == small_files.unchanged(**kept)
    small_files.change(GPUS, "c-1", bandwidth_gb_s=1014)
    assert "was 1,012, is 1,010 here, the file now has 1,014" in small_files.load().remarks[0]


def test_what_both_changed_alike_is_no_conflict_and_follows_the_file_from_then_on(small_files: SmallFiles) -> None:
    change(Gpu, "c-1", bandwidth_gb_s=1012)
    small_files.change(GPUS, "c-1", bandwidth_gb_s=1012)
    assert small_files.load() == small_files.unchanged()
    small_files.change(GPUS, "c-1", bandwidth_gb_s=1014)
    assert small_files.load() == small_files.unchanged(updated=1)
    assert bandwidth("c-1") == 1014


def test_of_a_long_document_the_places_are_said(small_files: SmallFiles) -> None:
    change(LanguageModel, "m-1", architecture={**ARCHITECTURE, "vocab_size": 1001})
    small_files.change(MODELS, "m-1", architecture={**ARCHITECTURE, "vocab_size": 1002})
    words = "kept as edited here; architecture is vocab_size: 1,001 here, the file now has vocab_size: 1,002"
    assert small_files.load().remarks == [remark(small_files, words, "m-1", MODELS)]


def test_an_overwrite_says_each_edit_that_it_gives_up(small_files: SmallFiles) -> None:
    change(Gpu, "c-1", bandwidth_gb_s=1010, notes="By hand.")
    small_files.change(GPUS, "c-1", power_w=360)
    report = small_files.load(overwrite=True)
    assert report.remarks[0].startswith(f"{small_files.place(GPUS, 'c-1')}: edits given up; ")
    parts = report.remarks[0].rstrip(".").split("; ")[1:]
    assert sorted(parts) == ["bandwidth_gb_s was 1,010 here, is 1,008", "notes was By hand. here, is empty"]
    assert (report.updated, report.kept_fields, bandwidth("c-1")) == (1, 0, 1008)


def test_a_rename_is_an_edit_of_the_address_and_the_rest_follows(small_files: SmallFiles) -> None:
    change(Gpu, "c-1", slug="c-one")
    small_files.change(GPUS, "c-1", bandwidth_gb_s=1012)
    assert small_files.load() == small_files.unchanged(updated=1, kept_fields=1)
    assert bandwidth("c-one") == 1012
    assert small_files.load() == small_files.unchanged(kept=1, kept_fields=1)


def test_only_what_changed_has_another_time_and_state_and_the_catalog_another_revision(
    small_files: SmallFiles,
) -> None:
    change(Gpu, "c-1", bandwidth_gb_s=1010)
    small_files.change(GPUS, "c-1", bandwidth_gb_s=1012)
    before, states = times(), Gpu.history.count()
    small_files.load()
    assert (times(), Gpu.history.count()) == (before, states)
    small_files.change(GPUS, "c-1", power_w=360)
    small_files.load()
    assert [slug for slug, at in times().items() if at != before[slug]] == ["c-1"]
    assert Gpu.history.count() == states + 1


def times() -> dict[str, object]:
    return dict(Gpu.objects.values_list("slug", "updated_at"))


def test_a_row_of_which_a_digest_is_known_gets_its_record_and_no_new_revision(small_files: SmallFiles) -> None:
    row = Gpu.objects.get(slug="c-1")
    Gpu._base_manager.filter(pk=row.pk).update(loaded_record=None, loaded_digest=digest(row.loaded_record))
    before = everything()
    assert small_files.load() == small_files.unchanged()
    after = everything()
    record = row.loaded_record
    assert [r for r in after if r not in before] == [
        {**r, "loaded_record": record, "loaded_digest": ""} for r in before if r not in after
    ]


def test_a_row_of_unknown_origin_is_kept_whole_and_named_each_time(small_files: SmallFiles) -> None:
    gpu(slug="c-9", name="By hand", power_w=99).save()
    small_files.copy(GPUS, "c-1", slug="c-9", name="C-9")
    reports = [small_files.load() for _ in range(2)]
    assert reports[0] == reports[1]
    assert (reports[0].kept, reports[0].created) == (1, 0)
    assert "name is By hand, the file has C-9" in reports[0].remarks[0]
    assert Gpu.objects.get(slug="c-9").power_w == 99


def test_a_field_that_came_with_this_version_is_not_taken_for_an_edit(small_files: SmallFiles) -> None:
    row = Gpu.objects.get(slug="c-1")
    older = {name: value for name, value in row.loaded_record.items() if name != "common"}
    Gpu._base_manager.filter(pk=row.pk).update(loaded_record=older)
    small_files.change(GPUS, "c-1", common=True)
    assert small_files.load() == LoadReport(updated=1, unchanged=small_files.records - 1)
