"""A record says what a row says, in plain values of the right kind, however it is written."""

import json
from typing import Any

import pytest

from catalog.interchange.load import InterchangeError, LoadReport
from catalog.interchange.records import to_line
from catalog.models import Gpu
from tests.catalog.data_files import GPUS, MODELS, QUANTS, DataFiles
from tests.catalog.few_files import FEW
from tests.catalog.rows import everything

pytestmark = pytest.mark.django_db


UNCHANGED = LoadReport(unchanged=FEW)


def l4() -> Gpu:
    return Gpu.objects.get(slug="l4")


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


def test_a_line_of_an_export_is_json_with_letters_as_they_are_written() -> None:
    assert to_line({"name": "東京", "n": 1}) == '{"name": "東京", "n": 1}'


L4, QWEN = (GPUS, "l4"), (MODELS, "qwen2-5-72b")


@pytest.fixture
def before_the_fault(files: DataFiles) -> DataFiles:
    """Data files with good news on their first lines, in the first file to be loaded and in the second."""
    files.change(QUANTS, "fp16", quality="All of it.")
    files.copy(GPUS, "a10", slug="a11", name="NVIDIA A11")
    return files


def refusal(files: DataFiles, **options: bool) -> str:
    """The message of a load that fails, having left the catalog as it was."""
    before = everything()
    with pytest.raises(InterchangeError) as caught:
        files.load(**options)
    assert everything() == before
    return str(caught.value)


@pytest.mark.parametrize(
    ("where", "field", "value"),
    [
        (L4, "memory_gb", "many"),
        (L4, "memory_gb", True),
        (L4, "memory_gb", [24]),
        (L4, "memory_gb", float("nan")),
        (L4, "memory_gb", float("inf")),
        (L4, "bus_bits", "wide"),
        (L4, "bus_bits", [192]),
        (L4, "common", "perhaps"),
        (L4, "release_date", "21 March 2023"),
        (L4, "release_date", "2023-02-30"),
        (L4, "release_date", ""),
        (L4, "release_date", 20230321),
        (L4, "release_date", True),
        (L4, "bus_bits", float("inf")),
        (L4, "bus_bits", 192.5),
        (L4, "bus_bits", True),
        (L4, "name", {"en": "NVIDIA L4"}),
        (L4, "notes", 5),
        (L4, "sources", 5),
        (L4, "sources", {"address": "https://a.example"}),
        (L4, "sources", [None]),
        (QWEN, "parameters", 72706203648.7),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_by_file_line_record_and_field_not_bent(
    before_the_fault: DataFiles, where: tuple[str, str], field: str, value: Any
) -> None:
    before_the_fault.change(*where, **{field: value})
    assert refusal(before_the_fault).startswith(f"{before_the_fault.place(*where)}, field {field}: ")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1e400", "1e400 is too large a number."),
        ("-1e400", "-1e400 is too large a number."),
        ("NaN", "NaN is no number."),
        ("Infinity", "Infinity is no number."),
        ("1" + "0" * 400, "a number has at most 40 digits, not 401."),
        ("1e300", "a number is expected, not 1e+300."),
        ("1" + "0" * 30, "a number is expected, not 1000000000000000000000000000000."),
    ],
)
def test_a_number_beyond_all_measure_is_refused_at_its_field(
    before_the_fault: DataFiles, value: str, words: str
) -> None:
    line = before_the_fault.lines(GPUS)[before_the_fault.number(GPUS, "l4") - 1]
    place = before_the_fault.place(GPUS, "l4")
    before_the_fault.replace(GPUS, "l4", line.replace('"memory_gb": 24', f'"memory_gb": {value}'))
    assert refusal(before_the_fault).startswith(f"{place}, field memory_gb: {words}")


def test_another_kind_of_line_end_is_no_difference(files: DataFiles) -> None:
    files.change(GPUS, "l4", notes="One line.\r\nAnother.")
    assert files.load().updated == 1
    again = files.load()
    assert (again.updated, again.kept) == (0, 0)
