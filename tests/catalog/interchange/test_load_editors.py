"""What an editor did here is the editor's, whatever a data file says, unless the load is told to overwrite."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.interchange.export import export_catalog
from catalog.interchange.load import LoadReport, load_catalog
from catalog.models import Benchmark, Gpu, LanguageModel, Price, Quant
from tests.catalog.data_files import ALL, GPUS, PRICES, DataFiles
from tests.catalog.rows import change, gpu

pytestmark = pytest.mark.django_db

UNCHANGED = LoadReport(unchanged=ALL)


KEPT = LoadReport(unchanged=ALL - 1, kept=1, kept_fields=1)


def kept(files: DataFiles, remark: str, fields: int = 1) -> LoadReport:
    """The report of a load that kept the L4 as an editor left it."""
    return LoadReport(unchanged=ALL - 1, kept=1, kept_fields=fields, remarks=[f"{files.place(GPUS, 'l4')}: {remark}"])


def l4_bandwidth() -> float:
    return float(Gpu.objects.get(slug="l4").bandwidth_gb_s)


def test_an_editors_change_is_kept(files: DataFiles) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    assert files.load() == KEPT
    assert l4_bandwidth() == 290


def test_an_editors_change_is_kept_when_the_file_changes_too(files: DataFiles) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    files.change(GPUS, "l4", bandwidth_gb_s=345)
    words = "kept as edited here; bandwidth_gb_s was 300, is 290 here, the file now has 345."
    assert files.load() == kept(files, words)
    assert l4_bandwidth() == 290


def test_every_field_that_both_changed_is_reported_missing_facts_as_empty(files: DataFiles) -> None:
    change(Gpu, "l4", power_w=None, notes="New.", status="draft")
    files.change(GPUS, "l4", power_w=70, notes="Newer", nvlink=True)
    report = files.load()
    differences = report.remarks[0].split("kept as edited here; ")[1].rstrip(".").split("; ")
    assert sorted(differences) == [
        "notes was empty, is New. here, the file now has Newer",
        "power_w was 72, is empty here, the file now has 70",
    ]
    assert (report.updated, report.kept_fields) == (1, 3)


def test_long_values_are_reported_where_they_differ(files: DataFiles) -> None:
    change(Gpu, "l4", notes="n" * 300 + "here")
    files.change(GPUS, "l4", notes="n" * 300 + "there")
    assert f"is ...{'n' * 20}here here, the file now has ...{'n' * 20}there." in files.load().remarks[0]


@pytest.mark.parametrize(
    "edit",
    [
        lambda: Gpu.objects.filter(slug="l4").update(nvlink=True),
        lambda: change(LanguageModel, "qwen2-5-72b", architecture=None),
        lambda: change(Quant, "q6-k", quality="Fine."),
    ],
)
def test_changes_of_any_kind_and_in_bulk_are_kept(files: DataFiles, edit: Callable[[], object]) -> None:
    edit()
    assert files.load() == KEPT


def test_overwrite_replaces_an_editors_change_and_the_row_is_untouched_again(files: DataFiles) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    remark = f"{files.place(GPUS, 'l4')}: edits given up; bandwidth_gb_s was 290 here, is 300."
    assert files.load(overwrite=True) == LoadReport(updated=1, unchanged=ALL - 1, remarks=[remark])
    assert l4_bandwidth() == 300
    files.change(GPUS, "l4", bandwidth_gb_s=345)
    assert files.load() == LoadReport(updated=1, unchanged=ALL - 1)


def test_an_editors_change_taken_back_leaves_the_row_untouched(files: DataFiles) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    change(Gpu, "l4", bandwidth_gb_s=300)
    files.change(GPUS, "l4", bandwidth_gb_s=345)
    assert files.load() == LoadReport(updated=1, unchanged=ALL - 1)
    assert l4_bandwidth() == 345


def test_an_editors_change_is_still_one_after_an_export_and_a_load_of_it(files: DataFiles, tmp_path: Path) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    export_catalog(tmp_path / "export")
    assert load_catalog(tmp_path / "export") == UNCHANGED
    assert files.load() == KEPT
    assert l4_bandwidth() == 290


def test_an_editors_deletion_is_not_undone(files: DataFiles) -> None:
    Price.objects.filter(gpu__slug="l4")._raw_delete("default")
    Gpu.objects.get(slug="l4").delete()
    prices = [record for line in files.lines(PRICES) if (record := json.loads(line))["gpu"] == "l4"]
    report = files.load()
    assert (report.created, report.updated, report.kept) == (0, 0, 1 + len(prices))
    assert report.remarks[0] == f"{files.place(GPUS, 'l4')}: kept as it is here, deleted."
    assert {remark.partition(": ")[2] for remark in report.remarks[1:]} == {
        "left out, for its gpu l4 was deleted here."
    }
    assert not Gpu.objects.filter(slug="l4").exists()


def test_overwrite_undoes_an_editors_deletion(files: DataFiles) -> None:
    measured = Benchmark.objects.filter(gpu__slug="l4").count()
    gone = 1 + Price.objects.filter(gpu__slug="l4").count()
    Gpu.objects.get(slug="l4").delete()
    report = files.load(overwrite=True)
    assert (report.created, report.updated, report.unchanged) == (gone, measured, ALL - gone - measured)
    assert {remark.partition(": ")[2] for remark in report.remarks} == {"edits given up; gpu was empty here, is l4."}
    assert l4_bandwidth() == 300
    assert files.load() == UNCHANGED


def test_an_editors_rename_is_kept(files: DataFiles) -> None:
    change(Gpu, "l4", slug="l4-24gb")
    assert files.load() == KEPT
    assert not Gpu.objects.filter(slug="l4").exists()
    assert Gpu.objects.get(slug="l4-24gb").name == "NVIDIA L4"


def test_overwrite_undoes_an_editors_rename(files: DataFiles) -> None:
    change(Gpu, "l4", slug="l4-24gb")
    files.load(overwrite=True)
    assert Gpu.objects.filter(name="NVIDIA L4").values_list("slug", flat=True).get() == "l4"
    assert files.load() == UNCHANGED


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_record_that_an_editor_made_is_kept(files: DataFiles, overwrite: bool) -> None:
    gpu(notes="By hand.").save()
    assert files.load(overwrite=overwrite) == UNCHANGED
    assert Gpu.objects.get(slug="test-card").notes == "By hand."


def test_a_record_that_an_editor_made_is_kept_when_a_file_comes_to_have_one_of_its_slug(files: DataFiles) -> None:
    gpu(notes="By hand.").save()
    files.copy(GPUS, "l4", slug="test-card", name="Test Card")
    report = files.load()
    assert (report.created, report.updated, report.unchanged, report.kept) == (0, 0, ALL, 1)
    assert "notes is By hand., the file has empty" in report.remarks[0]
    assert Gpu.objects.get(slug="test-card").notes == "By hand."


def test_overwrite_replaces_a_record_that_an_editor_made_by_one_of_its_slug(files: DataFiles) -> None:
    gpu(notes="By hand.").save()
    files.copy(GPUS, "l4", slug="test-card", name="Test Card")
    report = files.load(overwrite=True)
    assert (report.updated, report.unchanged, report.kept) == (1, ALL, 0)
    assert "notes was By hand. here, is empty" in report.remarks[0]
    assert Gpu.objects.get(slug="test-card").notes == ""
