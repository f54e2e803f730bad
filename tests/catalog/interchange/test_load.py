"""Loads and exports: repeatable, exact, and never at an editor's cost unless told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from catalog.interchange.export import export_catalog
from catalog.interchange.load import LoadReport, load_catalog
from catalog.models import RECORD_MODELS, CatalogRecord, Gpu, LanguageModel, Quant
from tests.catalog.data_files import ALL, GPUS, MODELS, QUANTS, DataFiles
from tests.catalog.few_files import FEW
from tests.catalog.rows import change, everything

pytestmark = pytest.mark.django_db


UNCHANGED = LoadReport(unchanged=FEW)


EDITED = "kept as edited here; bandwidth_gb_s was 300, is 290 here, the file now has 310."


def l4() -> Gpu:
    return Gpu.objects.get(slug="l4")


def test_the_shipped_data_can_be_loaded_again_and_changes_nothing() -> None:
    before = everything()
    assert load_catalog() == LoadReport(unchanged=ALL)
    assert everything() == before


@pytest.mark.parametrize(
    ("name", "model", "slug", "field", "value"),
    [
        (GPUS, Gpu, "l4", "bandwidth_gb_s", 345),
        (GPUS, Gpu, "l4", "memory_gb", 24.5),
        (GPUS, Gpu, "l4", "notes", "A note."),
        (GPUS, Gpu, "l4", "nvlink", True),
        (GPUS, Gpu, "l4", "release_date", "2023-03-22"),
        (GPUS, Gpu, "l4", "sources", ["https://a.example", "A book"]),
        (GPUS, Gpu, "gh200-144", "status", "published"),
        (MODELS, LanguageModel, "qwen2-5-72b", "parameters", 72_000_000_000),
        (QUANTS, Quant, "q4-k-m", "bytes_per_weight", 0.57),
    ],
)
def test_a_changed_record_updates_an_untouched_row(
    files: DataFiles, tmp_path: Path, name: str, model: type[CatalogRecord], slug: str, field: str, value: Any
) -> None:
    files.change(name, slug, **{field: value})
    assert files.load() == LoadReport(updated=1, unchanged=FEW - 1)
    export_catalog(tmp_path / "export")
    exported = [json.loads(line) for line in (tmp_path / "export" / name).read_text(encoding="utf-8").split("\n")[:-1]]
    assert [record[field] for record in exported if record["slug"] == slug] == [value]
    assert files.load() == UNCHANGED


@pytest.mark.parametrize(
    ("field", "value"), [("power_w", None), ("usable_share", None), ("editor_notes", ""), ("common", False)]
)
def test_a_fact_left_out_of_a_record_is_missing_in_an_untouched_row(files: DataFiles, field: str, value: Any) -> None:
    files.drop(GPUS, "l4", field)
    assert files.load() == LoadReport(updated=1, unchanged=FEW - 1)
    assert getattr(l4(), field) == value


def test_a_record_without_a_status_is_a_draft(files: DataFiles) -> None:
    files.drop(GPUS, "l4", "status")
    files.load()
    assert l4().status == "draft"


def test_a_new_record_is_created(files: DataFiles) -> None:
    files.copy(GPUS, "l4", slug="l5", name="NVIDIA L5", bandwidth_gb_s=345)
    assert files.load() == LoadReport(created=1, unchanged=FEW)
    assert Gpu.objects.get(slug="l5").bandwidth_gb_s == 345


def test_a_record_that_left_the_files_stays(files: DataFiles) -> None:
    lines = files.lines(GPUS)
    del lines[files.number(GPUS, "l4") - 1]
    files.write(GPUS, lines)
    assert files.load() == LoadReport(unchanged=FEW - 1)
    assert l4().name == "NVIDIA L4"


def statements(load: Callable[[], object]) -> list[str]:
    """What a load asks of the database."""
    seen: list[str] = []

    def note(execute: Callable[..., object], sql: str, *arguments: Any) -> object:
        seen.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        load()
    return seen


def test_an_empty_catalog_is_filled_by_few_statements_and_one_revision() -> None:
    for model in reversed(RECORD_MODELS):
        model.objects.all()._raw_delete("default")
    seen = statements(load_catalog)
    assert len(seen) < ALL / 10
    assert len([sql for sql in seen if sql.startswith('UPDATE "catalog_catalogrevision"')]) == 1
    assert load_catalog() == LoadReport(unchanged=ALL)


def test_a_load_that_updates_renews_the_revision_once_and_one_that_does_not_leaves_it(files: DataFiles) -> None:
    for slug in ("a10", "l4", "l40"):
        files.change(GPUS, slug, notes="News.")
    revisions = [[sql for sql in statements(files.load) if "catalogrevision" in sql] for _ in range(2)]
    assert [len([sql for sql in seen if sql.startswith("UPDATE")]) for seen in revisions] == [1, 0]


def test_a_dry_run_reports_what_a_load_would_do_and_changes_nothing(files: DataFiles) -> None:
    files.change(GPUS, "a10", bandwidth_gb_s=601)
    files.copy(GPUS, "l4", slug="l5", name="NVIDIA L5")
    files.change(GPUS, "l4", bandwidth_gb_s=310)
    change(Gpu, "l4", bandwidth_gb_s=290)
    before = everything()
    report = files.load(dry_run=True)
    assert everything() == before
    expected = LoadReport(1, 1, FEW - 2, 1, [f"{files.place(GPUS, 'l4')}: {EDITED}"], 1)
    assert report == expected == files.load()


def test_a_dry_run_of_an_overwrite_changes_nothing(files: DataFiles) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    before = everything()
    report = files.load(overwrite=True, dry_run=True)
    assert (report.updated, report.unchanged, len(report.remarks)) == (1, FEW - 1, 1)
    assert everything() == before
