"""One bad record, and nothing is loaded; the message leads to the file, the line, the record and the field."""

from typing import Any

import pytest

from catalog.interchange.load import InterchangeError
from tests.catalog.data_files import GPUS, MODELS, QUANTS, DataFiles
from tests.catalog.rows import everything

pytestmark = pytest.mark.django_db


L4, QWEN = (GPUS, "l4"), (MODELS, "qwen2-5-72b")


ABOVE_ZERO = "This must be above zero, not 0."


LAYER = {"n": 1, "mixers": [{"type": "gqa", "heads": 8, "kv_heads": 0, "head_dim": 64}], "ffn": {"type": "none"}}


NO_KEYS = {"vocab_size": 9, "hidden_size": 9, "tie_embeddings": True, "blocks": [LAYER]}


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
    ("where", "field", "value", "words"),
    [
        (L4, "memory_gb", 0, ABOVE_ZERO),
        (L4, "memory_gb", 24.001, "Ensure that there are no more than 2 decimal places."),
        (L4, "memory_gb", None, "This field cannot be null."),
        (L4, "usable_share", 1.5, "This is a share: above 0 and at most 1, not 1.5."),
        (L4, "vendor", "Nvidia", "Value 'Nvidia' is not a valid choice."),
        (L4, "status", "hidden", "Value 'hidden' is not a valid choice."),
        (L4, "name", None, "This field cannot be blank."),
        (L4, "name", "NVIDIA A10", "GPU with this Name already exists."),
        (L4, "sources", [], "A published record needs at least one source. Add one, or keep it a draft."),
        (L4, "memory", 24, "there is no such field."),
        (L4, "id", 1, "there is no such field."),
        (L4, "loaded_digest", "0", "there is no such field."),
        (QWEN, "parameters", 0, ABOVE_ZERO),
        (QWEN, "active_parameters", 1, "Only a mixture of experts has active parameters. Tick the box."),
        (QWEN, "architecture", NO_KEYS, "blocks[0].mixers[0].kv_heads must be a whole number from 1 to 10,000,000,"),
        (QWEN, "architecture", "x", "The document must be an object with named values, not 'x'."),
        ((QUANTS, "q6-k"), "bytes_per_weight", 0, ABOVE_ZERO),
        ((QUANTS, "q6-k"), "is_default", True, "Another quantization is the default. Take that mark away first."),
    ],
)
def test_a_bad_value_is_refused_by_file_line_record_and_field(
    before_the_fault: DataFiles, where: tuple[str, str], field: str, value: Any, words: str
) -> None:
    before_the_fault.change(*where, **{field: value})
    message = refusal(before_the_fault)
    assert message.startswith(f"{before_the_fault.place(*where)}, field {field}: {words}")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"slug": "l4", ', "this is not JSON ("),
        ("l4", "this is not JSON ("),
        ('["l4"]', "a record is an object with named values."),
        ('"l4"', "a record is an object with named values."),
        ("null", "a record is an object with named values."),
    ],
)
def test_a_line_that_is_no_record_is_refused_by_file_and_line(
    before_the_fault: DataFiles, line: str, words: str
) -> None:
    number = before_the_fault.number(*L4)
    before_the_fault.replace(*L4, line)
    assert refusal(before_the_fault).startswith(f"{GPUS}, line {number}: {words}")


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        (None, "every record needs a slug of its own."),
        (4, "every record needs a slug of its own."),
        ("", "This field cannot be blank."),
        ("L4", "Use small letters, digits and single hyphens, such as rtx-4090."),
        ("l4-on-board", "A slug must not contain “-on-”: it separates model and GPU in an address."),
    ],
)
def test_a_bad_slug_is_refused_by_file_line_record_and_field(
    before_the_fault: DataFiles, slug: Any, words: str
) -> None:
    number = before_the_fault.number(*L4)
    before_the_fault.change(*L4, slug=slug)
    assert refusal(before_the_fault) == f"{GPUS}, line {number}, record {slug}, field slug: {words}"


def test_a_record_without_a_slug_is_refused_by_file_and_line(before_the_fault: DataFiles) -> None:
    number = before_the_fault.number(*L4)
    before_the_fault.drop(*L4, "slug")
    words = "every record needs a slug of its own."
    assert refusal(before_the_fault) == f"{GPUS}, line {number}, record ?, field slug: {words}"


def test_a_slug_that_comes_twice_is_refused_at_the_second(before_the_fault: DataFiles) -> None:
    number = before_the_fault.number(GPUS, "l40")
    before_the_fault.change(GPUS, "l40", slug="l4")
    words = "every record needs a slug of its own."
    assert refusal(before_the_fault) == f"{GPUS}, line {number}, record l4, field slug: {words}"


def test_a_file_that_is_not_utf_8_is_refused_by_name(before_the_fault: DataFiles) -> None:
    (before_the_fault.directory / MODELS).write_bytes('{"slug": "é"}\n'.encode("latin-1"))
    assert refusal(before_the_fault).startswith("models.jsonl: cannot be read (")


def test_a_fault_on_the_last_line_of_the_last_file_takes_back_all_before_it(before_the_fault: DataFiles) -> None:
    last = len(before_the_fault.lines(MODELS))
    before_the_fault.change(MODELS, "zephyr-7b-beta", parameters=0)
    assert refusal(before_the_fault) == f"{MODELS}, line {last}, record zephyr-7b-beta, field parameters: {ABOVE_ZERO}"


def test_a_fault_is_refused_by_a_load_that_overwrites_or_runs_dry_too(before_the_fault: DataFiles) -> None:
    before_the_fault.change(*L4, memory_gb=0)
    assert refusal(before_the_fault, overwrite=True) == refusal(before_the_fault, dry_run=True)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            '{"slug": "l4", "memory_gb": ' + "9" * 5000 + "}",
            ", record l4, field memory_gb: a number has at most 40 digits",
        ),
        ('{"slug": "l4", "memory_gb": 1e999}', ", record l4, field memory_gb: 1e999 is too large a number."),
        ('{"slug": "l4", "notes": ' + "[" * 100_000, ", field notes: this is nested deeper than 20 levels."),
        ('{"slug": "l4", "name": "half \\ud83d of one"}', ", record l4, field name: a character in it is no text."),
        ('{"slug": "l4", "name": "null \\u0000"}', ", record l4, field name: a character in it is no text."),
        ('{"slug": "l4", "half \\udc00": 1}', ": a character in it is no text."),
    ],
)
def test_a_line_that_no_row_can_hold_is_refused_by_its_number(
    before_the_fault: DataFiles, line: str, words: str
) -> None:
    number = before_the_fault.number(GPUS, "l4")
    before_the_fault.replace(GPUS, "l4", line)
    assert refusal(before_the_fault).startswith(f"{GPUS}, line {number}{words}")


def test_of_two_faults_the_first_is_named_although_only_the_database_sees_it(before_the_fault: DataFiles) -> None:
    before_the_fault.copy(GPUS, "l4", slug="l5", name="NVIDIA L5", carve_out_gb=25)
    before_the_fault.change(GPUS, "l40", memory_gb=True)
    words = "No more can be set apart for the GPU than the memory."
    assert refusal(before_the_fault) == f"{GPUS}, line 1, record l5: {words}"
