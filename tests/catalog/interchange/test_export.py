"""An export is the data files, byte for byte, and can be loaded again."""

import json
from pathlib import Path

import pytest

from catalog.interchange.export import export_catalog
from catalog.interchange.files import DATA_DIRECTORY
from catalog.interchange.load import LoadReport, load_catalog
from catalog.models import Benchmark, Gpu, LanguageModel, RetiredSlug
from tests.catalog.data_files import ALL, BENCHMARKS, GPUS, contents
from tests.catalog.rows import change, everything, gpu
from tests.catalog.small_files import SmallFiles, reload

pytestmark = pytest.mark.django_db


UNCHANGED = LoadReport(unchanged=ALL)


def l4() -> Gpu:
    return Gpu.objects.get(slug="l4")


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
        '"segment": "consumer", "common": false, "class_example": false, "memory_gb": 24, '
        '"unified_memory": false, "bandwidth_gb_s": 1008.5, "gpus_per_board": 1, "nvlink": false, '
        '"release_date": "2024-02-29", "edited": "added here"}'
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


def edit_everything() -> None:
    """Each kind of thing that an editor does, and a row of which a digest is all that is known."""
    change(Gpu, "c-1", bandwidth_gb_s=1010, notes="By hand.", power_w=None)
    change(Gpu, "c-2", slug="c-two")
    Gpu.objects.get(slug="c-3").delete()
    gpu(slug="by-hand", name="By hand").save()
    change(LanguageModel, "m-2", slug="m-two")
    change(LanguageModel, "m-two", slug="m-zwei")
    change(Benchmark, "b-1", gpu=Gpu.objects.get(slug="by-hand"))
    Gpu._base_manager.filter(slug="c-two").update(loaded_record=None, loaded_digest="0" * 64)


def test_an_export_of_an_edited_catalog_into_an_empty_one_and_back_is_the_same(
    small_files: SmallFiles, tmp_path: Path
) -> None:
    edit_everything()
    export_catalog(tmp_path / "one")
    former = set(RetiredSlug.objects.values_list("kind", "slug", "successor"))
    assert len(former) == 4
    reload(tmp_path / "one")
    assert set(RetiredSlug.objects.values_list("kind", "slug", "successor")) == former
    export_catalog(tmp_path / "two")
    assert contents(tmp_path / "two") == contents(tmp_path / "one")


def test_the_next_release_does_the_same_on_an_export_as_on_the_original(
    small_files: SmallFiles, tmp_path: Path
) -> None:
    edit_everything()
    export_catalog(tmp_path / "one")
    for slug in ("c-1", "c-2", "c-3"):
        small_files.change(GPUS, slug, bandwidth_gb_s=1012, power_w=360)
    small_files.change(BENCHMARKS, "b-1", runs=3)
    original = small_files.load()
    export_catalog(tmp_path / "original")
    reload(tmp_path / "one")
    assert small_files.load() == original
    export_catalog(tmp_path / "copy")
    assert contents(tmp_path / "copy") == contents(tmp_path / "original")


def test_a_record_says_what_was_edited_of_it(small_files: SmallFiles, tmp_path: Path) -> None:
    edit_everything()
    export_catalog(tmp_path / "one")
    records = [json.loads(line) for line in (tmp_path / "one" / GPUS).read_text(encoding="utf-8").splitlines()]
    assert {record["slug"]: record.get("edited") for record in records} == {
        "by-hand": "added here",
        "c-1": {"power_w": 350, "bandwidth_gb_s": 1008, "notes": None},
        "c-two": {"loaded_digest": "0" * 64},
    }


def test_a_release_has_no_word_of_edits_and_the_former_addresses_of_what_is_there(
    small_files: SmallFiles, tmp_path: Path
) -> None:
    edit_everything()
    export_catalog(tmp_path / "one", release=True)
    texts = contents(tmp_path / "one")
    assert not any(b'"edited"' in text for text in texts.values())
    former = [json.loads(line) for line in texts["retired_slugs.jsonl"].splitlines()]
    assert [(record["slug"], record["successor"]) for record in former] == [
        ("c-2", "c-two"),
        ("m-2", "m-zwei"),
        ("m-two", "m-zwei"),
    ]


def test_a_release_that_renames_a_record_renames_its_row(small_files: SmallFiles, tmp_path: Path) -> None:
    change(Gpu, "c-2", slug="c-two")
    export_catalog(tmp_path / "next", release=True)
    reload(small_files.directory)
    change(Gpu, "c-2", power_w=300)
    report = load_catalog(tmp_path / "next")
    assert (report.updated, report.created, report.remarks) == (1, 0, [])
    assert Gpu.objects.get(slug="c-two").power_w == 300
    assert RetiredSlug.successor_of("gpu", "c-2") == "c-two"


@pytest.mark.parametrize("release", [False, True])
def test_an_export_of_the_loaded_catalog_is_the_shipped_files_byte_for_byte(tmp_path: Path, release: bool) -> None:
    assert export_catalog(tmp_path / "new" / "export", release=release) == ALL
    assert contents(tmp_path / "new" / "export") == contents(DATA_DIRECTORY)
