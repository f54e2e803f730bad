"""A catalog of the release before there was popularity, and its editors' changes: the next release loads on top."""

import json
from pathlib import Path
from typing import Any

import pytest

from catalog.interchange.load import load_catalog
from catalog.interchange.placed_records import InterchangeError
from catalog.models import BoardScore, Gpu, LanguageModel, Pick, Popularity, Price
from tests.catalog.data_files import ALL, GPUS, MODELS, PICKS, POPULARITY, PRICES, SCORES, DataFiles
from tests.catalog.rows import change
from tests.catalog.small_files import SmallFiles

pytestmark = pytest.mark.django_db

NEW_FILES = {POPULARITY: Popularity, SCORES: BoardScore, PRICES: Price, PICKS: Pick}
NEW_FIELDS = {GPUS: ("class_example",), MODELS: ("uses", "common", "common_reason", "successor")}
DELETED_CARD, DELETED_MODEL, RENAMED = "rtx-3060-12", "falcon-180b", "qwen3-32b"


@pytest.fixture
def older(tmp_path: Path) -> dict[str, list[dict[str, Any]]]:
    """The catalog is as the release before left it; what the present one has, by file."""
    files = DataFiles(tmp_path / "whole")
    shipped = {name: [json.loads(line) for line in files.lines(name)] for name in (*NEW_FILES, *NEW_FIELDS)}
    for name, kind in NEW_FILES.items():
        kind.objects.all()._raw_delete("default")
        files.write(name, [])
    for name, fields in NEW_FIELDS.items():
        without = [{key: value for key, value in record.items() if key not in fields} for record in shipped[name]]
        files.write(name, [json.dumps(record) for record in without])
    Gpu.objects.update(class_example=False)
    LanguageModel.objects.update(uses="", common=False, common_reason="", successor="")
    files.load(overwrite=True)
    return shipped


def edit() -> None:
    """An editor corrects a power, notes something of a model, renames one, and deletes a card and a model."""
    change(Gpu, "rtx-4090", power_w=451)
    change(LanguageModel, "llama-3-1-8b", editor_notes="Looked at.")
    change(LanguageModel, RENAMED, slug="qwen3-32b-here")
    Gpu.objects.get(slug=DELETED_CARD).delete()
    LanguageModel.objects.get(slug=DELETED_MODEL).delete()


def of_deleted(shipped: dict[str, list[dict[str, Any]]], *names: str) -> int:
    """How many records of some files, or of all new ones, are of what the editor deleted."""
    gone = {"gpu": DELETED_CARD, "model": DELETED_MODEL}
    records = [record for name in names or NEW_FILES for record in shipped[name]]
    return sum(any(record.get(name) == slug for name, slug in gone.items()) for record in records)


def kept(shipped: dict[str, list[dict[str, Any]]]) -> None:
    """Every edit is there, beside the new fields of the same row."""
    card, noted = Gpu.objects.get(slug="rtx-4090"), LanguageModel.objects.get(slug="llama-3-1-8b")
    renamed = LanguageModel.objects.get(slug="qwen3-32b-here")
    by_slug = {record["slug"]: record for record in (*shipped[MODELS], *shipped[GPUS])}
    assert (card.power_w, card.class_example) == (451, by_slug["rtx-4090"]["class_example"])
    assert (noted.editor_notes, noted.common) == ("Looked at.", by_slug["llama-3-1-8b"]["common"])
    assert (renamed.uses, renamed.common) == (by_slug[RENAMED]["uses"], by_slug[RENAMED]["common"])
    assert Popularity.objects.get(slug=RENAMED).model == renamed
    assert not Gpu.objects.filter(slug=DELETED_CARD).exists()


def test_everything_new_comes_what_was_edited_stays_and_a_second_load_changes_nothing(
    older: dict[str, list[dict[str, Any]]],
) -> None:
    edit()
    report = load_catalog()
    print(report)
    left_out = of_deleted(older)
    assert left_out > 5
    assert report.created == sum(len(older[name]) for name in NEW_FILES) - left_out
    assert report.updated >= len(older[MODELS]) - 2
    assert report.created + report.updated + report.kept + report.unchanged == ALL
    for name, kind in NEW_FILES.items():
        assert kind.objects.count() == len(older[name]) - of_deleted(older, name)
    kept(older)
    again = load_catalog()
    assert (again.created, again.updated) == (0, 0)
    assert again.unchanged + again.kept == ALL


def test_a_folder_of_the_release_before_has_none_of_the_new_files(small_files: SmallFiles) -> None:
    """Such as an export that somebody kept. Any other file that is not there is missing."""
    for name in NEW_FILES:
        (small_files.directory / name).unlink()
    report = small_files.load()
    assert (report.created, report.updated, len(report.remarks)) == (0, 0, len(NEW_FILES))
    assert report.remarks[0] == "popularity.jsonl: not there; a folder of an older version has none."
    with pytest.raises(InterchangeError, match=r"popularity\.jsonl"):
        load_catalog(small_files.directory, only=POPULARITY)
    (small_files.directory / MODELS).unlink()
    with pytest.raises(InterchangeError, match=r"models\.jsonl"):
        small_files.load()
