"""The two commands: what they print, and what they say when they can do nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.interchange.files import DATA_DIRECTORY
from catalog.models import Gpu
from tests.catalog.data_files import ALL, GPUS, DataFiles, contents
from tests.catalog.rows import change, everything

pytestmark = pytest.mark.django_db


def output(*arguments: object) -> str:
    """What a command prints."""
    printed = StringIO()
    call_command(*arguments, stdout=printed)
    return printed.getvalue()


def test_load_catalog_loads_the_shipped_data_unless_told_another_directory() -> None:
    assert output("load_catalog") == f"created 0, updated 0, unchanged {ALL}, kept 0\n"


def test_load_catalog_loads_a_directory(files: DataFiles) -> None:
    files.change(GPUS, "l4", bandwidth_gb_s=305)
    assert output("load_catalog", str(files.directory)) == f"created 0, updated 1, unchanged {ALL - 1}, kept 0\n"
    assert Gpu.objects.get(slug="l4").bandwidth_gb_s == 305


def test_load_catalog_prints_what_it_kept(files: DataFiles) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    remark = "kept as edited here; bandwidth_gb_s is 290, the file has 300."
    expected = f"{files.place(GPUS, 'l4')}: {remark}\ncreated 0, updated 0, unchanged {ALL - 1}, kept 1\n"
    assert output("load_catalog", files.directory) == expected


def test_load_catalog_overwrites_when_told() -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    assert output("load_catalog", "--overwrite") == f"created 0, updated 1, unchanged {ALL - 1}, kept 0\n"
    assert Gpu.objects.get(slug="l4").bandwidth_gb_s == 300


def test_load_catalog_says_that_a_dry_run_is_one_and_changes_nothing(files: DataFiles) -> None:
    files.change(GPUS, "l4", bandwidth_gb_s=305)
    before = everything()
    printed = output("load_catalog", files.directory, "--dry-run")
    assert printed == f"would be: created 0, updated 1, unchanged {ALL - 1}, kept 0\n"
    assert everything() == before


def test_load_catalog_says_that_nothing_was_loaded_and_why(files: DataFiles) -> None:
    files.change(GPUS, "l4", memory_gb=0)
    words = f"Nothing was loaded. {files.place(GPUS, 'l4')}, field memory_gb: This must be above zero, not 0."
    before = everything()
    with pytest.raises(CommandError) as caught:
        output("load_catalog", files.directory)
    assert str(caught.value) == words
    assert everything() == before


def test_load_catalog_says_that_a_directory_holds_no_data_files(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^Nothing was loaded. quants.jsonl: cannot be read \("):
        output("load_catalog", tmp_path)


def test_export_catalog_writes_every_record_and_says_how_many(tmp_path: Path) -> None:
    assert output("export_catalog", tmp_path / "out") == f"{ALL} records written to {tmp_path / 'out'}\n"
    assert contents(tmp_path / "out") == contents(DATA_DIRECTORY)


def test_export_catalog_says_that_it_cannot_write_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CommandError, match=r"^Nothing can be written there: "):
        output("export_catalog", tmp_path / "file")


def test_export_catalog_must_be_told_where() -> None:
    with pytest.raises(CommandError, match="directory"):
        output("export_catalog")
