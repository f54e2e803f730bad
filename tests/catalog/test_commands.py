"""The two commands: what they print, and what they say when they can do nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.interchange.files import DATA_DIRECTORY
from catalog.models import Benchmark, Gpu, Quant
from tests.catalog.data_files import ALL, ARTIFACTS, BENCHMARKS, GPUS, QUANTS, DataFiles, contents
from tests.catalog.few_files import FEW
from tests.catalog.rows import change, everything
from tests.catalog.small_files import SmallFiles, file, measured

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
    assert output("load_catalog", str(files.directory)) == f"created 0, updated 1, unchanged {FEW - 1}, kept 0\n"
    assert Gpu.objects.get(slug="l4").bandwidth_gb_s == 305


def test_load_catalog_prints_what_it_kept(files: DataFiles) -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    files.change(GPUS, "l4", bandwidth_gb_s=345)
    remark = "kept as edited here; bandwidth_gb_s was 300, is 290 here, the file now has 345."
    counts = f"created 0, updated 0, unchanged {FEW - 1}, kept 1; 1 field as edited here"
    assert output("load_catalog", files.directory) == f"{files.place(GPUS, 'l4')}: {remark}\n{counts}\n"


def test_load_catalog_overwrites_when_told() -> None:
    change(Gpu, "l4", bandwidth_gb_s=290)
    printed = output("load_catalog", "--overwrite")
    assert "edits given up; bandwidth_gb_s was 290 here, is 300." in printed
    assert printed.endswith(f"created 0, updated 1, unchanged {ALL - 1}, kept 0\n")
    assert Gpu.objects.get(slug="l4").bandwidth_gb_s == 300


@pytest.mark.parametrize("as_path", [False, True])
def test_load_catalog_loads_one_file_alone(small_files: SmallFiles, as_path: bool) -> None:
    small_files.change(GPUS, "c-1", power_w=360)
    small_files.change(QUANTS, "q-5", quality="Good.")
    small_files.add(BENCHMARKS, measured("b-9", gpu="c-2"))
    small_files.add(ARTIFACTS, file("f-9", model="m-9", repository="z/z"))
    folder = small_files.directory
    named = {name: [folder / name] if as_path else [folder, "--only", name] for name in (GPUS, BENCHMARKS, ARTIFACTS)}
    assert output("load_catalog", *named[GPUS]) == "created 0, updated 1, unchanged 2, kept 0\n"
    assert output("load_catalog", *named[BENCHMARKS]) == "created 1, updated 0, unchanged 2, kept 0\n"
    words = f"{small_files.place(ARTIFACTS, 'f-9')}: left out, for its model m-9 is not here."
    assert output("load_catalog", *named[ARTIFACTS]) == f"{words}\ncreated 0, updated 0, unchanged 3, kept 1\n"
    assert Quant.objects.get(slug="q-5").quality == "Fine."


def test_load_catalog_says_which_files_there_are(small_files: SmallFiles) -> None:
    with pytest.raises(CommandError, match=r"There is no data file gpu\.jsonl; they are quants\.jsonl, gpus\.jsonl"):
        output("load_catalog", small_files.directory, "--only", "gpu.jsonl")


def test_load_catalog_says_some_remarks_of_a_file_unless_told(small_files: SmallFiles) -> None:
    for number in range(100, 167):
        small_files.add(BENCHMARKS, measured(f"b-{number}", gpu_count=2))
    small_files.load()
    Benchmark.objects.update(gpu_count=3)
    for number in range(100, 167):
        small_files.change(BENCHMARKS, f"b-{number}", gpu_count=4)
    lines = output("load_catalog", small_files.directory, "--dry-run").splitlines()
    assert (len(lines), lines[10]) == (12, f"{BENCHMARKS}: and 57 more; -v 2 says all.")
    assert len(output("load_catalog", small_files.directory, "-v", "2").splitlines()) == 68


def test_load_catalog_says_that_a_dry_run_is_one_and_changes_nothing(files: DataFiles) -> None:
    files.change(GPUS, "l4", bandwidth_gb_s=305)
    before = everything()
    printed = output("load_catalog", files.directory, "--dry-run")
    assert printed == f"would be: created 0, updated 1, unchanged {FEW - 1}, kept 0\n"
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
