"""Loads and exports: repeatable, exact, and never at an editor's cost unless told."""

import json
from pathlib import Path
from typing import Any

import pytest

from catalog.interchange.export import export_catalog
from catalog.interchange.files import DATA_DIRECTORY
from catalog.interchange.load import InterchangeError, LoadReport, load_catalog
from catalog.interchange.records import to_line
from catalog.models import CatalogRecord, Gpu, LanguageModel, Quant
from tests.catalog.data_files import ALL, GPUS, MODELS, NAMES, QUANTS, DataFiles, contents
from tests.catalog.rows import change, everything, gpu

pytestmark = pytest.mark.django_db

UNCHANGED = LoadReport(unchanged=ALL)
EDITED = "kept as edited here; bandwidth_gb_s is 290, the file has 300."


def l4() -> Gpu:
    return Gpu.objects.get(slug="l4")


def test_the_shipped_data_can_be_loaded_again_and_changes_nothing() -> None:
    before = everything()
    assert load_catalog() == UNCHANGED
    assert everything() == before


def test_an_export_of_the_loaded_catalog_is_the_shipped_files_byte_for_byte(tmp_path: Path) -> None:
    assert export_catalog(tmp_path / "new" / "export") == ALL
    assert contents(tmp_path / "new" / "export") == contents(DATA_DIRECTORY)


def test_an_export_can_be_loaded_and_changes_nothing(tmp_path: Path) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290, notes="Two\nlines, “quoted”, and 東京.")
    export_catalog(tmp_path)
    before = everything()
    assert load_catalog(tmp_path) == UNCHANGED
    assert everything() == before


def test_an_export_has_the_slug_first_figures_as_short_numbers_and_no_missing_facts(tmp_path: Path) -> None:
    gpu(status="draft", sources="", bandwidth_gb_s="1008.50", release_date="2024-02-29").save()
    export_catalog(tmp_path)
    lines = (tmp_path / GPUS).read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if "test-card" in line] == [
        '{"slug": "test-card", "name": "Test Card", "status": "draft", "full_name": "A Test Card", "vendor": "NVIDIA", '
        '"segment": "consumer", "common": false, "memory_gb": 24, "unified_memory": false, "bandwidth_gb_s": 1008.5, '
        '"gpus_per_board": 1, "nvlink": false, "release_date": "2024-02-29"}'
    ]


def test_an_export_replaces_an_earlier_one(tmp_path: Path) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    export_catalog(tmp_path)
    change(Gpu, "l4", bandwidth_gb_s=300)
    export_catalog(tmp_path)
    assert contents(tmp_path) == contents(DATA_DIRECTORY)


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_an_export_can_be_loaded_whatever_characters_editors_paste(tmp_path: Path, character: str) -> None:
    change(Gpu, "l4", notes=f"One{character}two.")
    export_catalog(tmp_path)
    assert load_catalog(tmp_path) == UNCHANGED


@pytest.mark.parametrize(
    ("name", "model", "slug", "field", "value"),
    [
        (GPUS, Gpu, "l4", "bandwidth_gb_s", 345),
        (GPUS, Gpu, "l4", "memory_gb", 24.5),
        (GPUS, Gpu, "l4", "notes", "A note."),
        (GPUS, Gpu, "l4", "nvlink", True),
        (GPUS, Gpu, "l4", "release_date", "2023-03-22"),
        (GPUS, Gpu, "l4", "sources", ["https://a.example", "A book"]),
        (GPUS, Gpu, "h20", "status", "published"),
        (MODELS, LanguageModel, "qwen2-5-72b", "parameters", 72_000_000_000),
        (QUANTS, Quant, "q4-k-m", "bytes_per_weight", 0.57),
    ],
)
def test_a_changed_record_updates_an_untouched_row(
    files: DataFiles, tmp_path: Path, name: str, model: type[CatalogRecord], slug: str, field: str, value: Any
) -> None:
    files.change(name, slug, **{field: value})
    assert files.load() == LoadReport(updated=1, unchanged=ALL - 1)
    export_catalog(tmp_path / "export")
    exported = [json.loads(line) for line in (tmp_path / "export" / name).read_text(encoding="utf-8").split("\n")[:-1]]
    assert [record[field] for record in exported if record["slug"] == slug] == [value]
    assert files.load() == UNCHANGED


@pytest.mark.parametrize(
    ("field", "value"), [("power_w", None), ("usable_share", None), ("editor_notes", ""), ("common", False)]
)
def test_a_fact_left_out_of_a_record_is_missing_in_an_untouched_row(files: DataFiles, field: str, value: Any) -> None:
    files.drop(GPUS, "l4", field)
    assert files.load() == LoadReport(updated=1, unchanged=ALL - 1)
    assert getattr(l4(), field) == value


def test_a_record_without_a_status_is_a_draft(files: DataFiles) -> None:
    files.drop(GPUS, "l4", "status")
    files.load()
    assert l4().status == "draft"


def test_a_new_record_is_created(files: DataFiles) -> None:
    files.copy(GPUS, "l4", slug="l5", name="NVIDIA L5", bandwidth_gb_s=345)
    assert files.load() == LoadReport(created=1, unchanged=ALL)
    assert Gpu.objects.get(slug="l5").bandwidth_gb_s == 345


def test_a_record_that_left_the_files_stays(files: DataFiles) -> None:
    lines = files.lines(GPUS)
    del lines[files.number(GPUS, "l4") - 1]
    files.write(GPUS, lines)
    assert files.load() == LoadReport(unchanged=ALL - 1)
    assert l4().name == "NVIDIA L4"


def test_the_order_of_keys_and_blank_lines_mean_nothing(files: DataFiles) -> None:
    record = files.record(GPUS, "l4")
    files.replace(GPUS, "l4", "\n" + json.dumps(dict(reversed(record.items()))) + "\n  ")
    assert files.load() == UNCHANGED


@pytest.mark.parametrize("values", [{"memory_gb": 24.0}, {"notes": ""}, {"notes": None}, {"launch_price_usd": None}])
def test_a_record_that_says_the_same_in_other_words_is_unchanged(files: DataFiles, values: dict[str, Any]) -> None:
    files.change(GPUS, "l4", **values)
    assert files.load() == UNCHANGED


def test_a_record_that_leaves_a_default_unsaid_is_settled_by_one_load(files: DataFiles) -> None:
    files.drop(GPUS, "l4", "gpus_per_board")
    files.load()
    assert files.load() == UNCHANGED


def test_a_dry_run_reports_what_a_load_would_do_and_changes_nothing(files: DataFiles) -> None:
    files.change(GPUS, "a10", bandwidth_gb_s=601)
    files.copy(GPUS, "l4", slug="l5", name="NVIDIA L5")
    change(Gpu, "l4", bandwidth_gb_s=290)
    before = everything()
    report = files.load(dry_run=True)
    assert everything() == before
    expected = LoadReport(1, 1, ALL - 2, 1, [f"{files.place(GPUS, 'l4')}: {EDITED}"])
    assert report == expected == files.load()


def test_a_dry_run_of_an_overwrite_changes_nothing() -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    before = everything()
    assert load_catalog(overwrite=True, dry_run=True) == LoadReport(updated=1, unchanged=ALL - 1)
    assert everything() == before


def test_the_report_says_its_remarks_and_then_its_counts() -> None:
    report = LoadReport(created=1, updated=2, unchanged=3, kept=4, remarks=["First.", "Second."])
    assert str(report) == "First.\nSecond.\ncreated 1, updated 2, unchanged 3, kept 4"


def test_a_line_of_an_export_is_json_with_letters_as_they_are_written() -> None:
    assert to_line({"name": "東京", "n": 1}) == '{"name": "東京", "n": 1}'


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_needed(files: DataFiles, name: str) -> None:
    (files.directory / name).unlink()
    with pytest.raises(InterchangeError, match=f"^{name}: cannot be read"):
        files.load()
