"""An export is the data files, byte for byte, and can be loaded again."""

from pathlib import Path

import pytest

from catalog.interchange.export import export_catalog
from catalog.interchange.files import DATA_DIRECTORY
from catalog.interchange.load import LoadReport, load_catalog
from catalog.models import Gpu
from tests.catalog.data_files import ALL, GPUS, contents
from tests.catalog.rows import change, everything, gpu

pytestmark = pytest.mark.django_db


UNCHANGED = LoadReport(unchanged=ALL)


def l4() -> Gpu:
    return Gpu.objects.get(slug="l4")


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
