"""Whatever an editor or a file brings is refused with a sentence at its field, or can be shown, exported and loaded."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.interchange.export import export_catalog
from catalog.interchange.load import InterchangeError, LoadReport, load_catalog
from catalog.interchange.placed_records import placed_records
from catalog.interchange.records import RecordError, fill, to_line, to_record
from catalog.interchange.references import References
from catalog.models import Benchmark, CatalogRecord, Gpu, LanguageModel, Quant
from tests.catalog.data_files import ALL, BENCHMARKS, GPUS, MODELS, QUANTS, DataFiles
from tests.catalog.desk import Desk
from tests.fit.architecture_documents import minimal

pytestmark = pytest.mark.django_db

HUGE, LONGER = "9" * 5000, "Ensure this value is less than or equal to 9223372036854775807."
NO_TEXT = "A character in it is no text."
AT_DESK: list[tuple[type[CatalogRecord], str, str, str]] = [
    (LanguageModel, "notes", "n" * 20_001, "This must be at most 20000 characters, not 20001."),
    (LanguageModel, "editor_notes", "n" * 20_001, "This must be at most 20000 characters, not 20001."),
    (Gpu, "sources", "s\n" * 2_500 + "s", "This must be at most 5000 characters, not 5001."),
    (Benchmark, "hidden_because", "b" * 2_001, "This must be at most 2000 characters, not 2001."),
    (Gpu, "notes", "a\0b", "Null characters are not allowed."),
    (Gpu, "memory_type", "a\0b", "Null characters are not allowed."),
    (LanguageModel, "parameters", f"{2**63}", LONGER),
    (LanguageModel, "parameters", "9" * 4000, LONGER),
    (LanguageModel, "parameters", HUGE, "Enter a whole number."),
    (Gpu, "memory_gb", HUGE, "Ensure that there are no more than 10 digits in total."),
    (Gpu, "memory_gb", "1e999999", "Ensure that there are no more than 10 digits in total."),
    (Gpu, "memory_gb", "1e-999999", "Ensure that there are no more than 10 digits in total."),
    (Gpu, "memory_gb", "NaN", "Enter a number."),
    (Gpu, "memory_gb", "sNaN", "Enter a number."),
    (Gpu, "memory_gb", "-Infinity", "Enter a number."),
    (Gpu, "gpus_per_board", "32768", "This must be at most 32767."),
    (Quant, "order", "32768", "This must be at most 32767."),
    (Benchmark, "depth_tokens", f"{2**31}", "This must be at most 2147483647."),
    (Gpu, "release_date", "99999-01-01", "Enter a valid date."),
    (
        LanguageModel,
        "architecture",
        f'{{"vocab_size": {HUGE}}}',
        "vocab_size: a number has at most 40 digits, not 5,000.",
    ),
    (LanguageModel, "architecture", '{"blocks": ' + "[" * 9000, "blocks: this is nested deeper than 20 levels."),
    (LanguageModel, "architecture", '{"layer_note": "\\ud800"}', "layer_note: a character in it is no text."),
    (LanguageModel, "architecture", '{"n": 1, "n": 2}', "n: this stands twice."),
]


@pytest.mark.parametrize(("model", "field", "value", "sentence"), AT_DESK, ids=lambda part: ascii(part)[:30])
def test_the_desk_refuses_with_a_sentence_at_the_field(
    desk: Desk, model: type[CatalogRecord], field: str, value: str, sentence: str
) -> None:
    errors = desk.save(model.objects.order_by("slug")[0], **{field: value})
    assert {name: sentences[0] for name, sentences in errors.items()} == {field: sentence}


IN_FILE: list[tuple[str, str, Any, str]] = [
    (MODELS, "notes", "n" * 20_001, "This must be at most 20000 characters, not 20001."),
    (GPUS, "sources", ["s" * 3_000] * 2, "This must be at most 5000 characters, not 6001."),
    (BENCHMARKS, "hidden_because", "b" * 2_001, "This must be at most 2000 characters, not 2001."),
    (GPUS, "memory_type", "a\0b", "a character in it is no text."),
    (GPUS, "sources", ["a\ud800"], "[0]: a character in it is no text."),
    (MODELS, "parameters", 2**63, LONGER),
    (MODELS, "parameters", -(2**63) - 1, "This must be above zero, not -9223372036854775809."),
    (GPUS, "memory_gb", 10**17, "Ensure that there are no more than 10 digits in total."),
    (GPUS, "memory_gb", 1e300, "a number is expected, not 1e+300."),
    (GPUS, "memory_gb", float("nan"), "NaN is no number."),
    (GPUS, "gpus_per_board", 32768, "This must be at most 32767."),
    (QUANTS, "order", 32768, "This must be at most 32767."),
    (BENCHMARKS, "depth_tokens", 2**31, "This must be at most 2147483647."),
    (GPUS, "release_date", "9999999-01-01", "a date such as 2026-11-24 is expected, not "),
    (MODELS, "architecture", minimal(vocab_size=10**40), "vocab_size: a number has at most 40 digits, not 41."),
    (MODELS, "architecture", minimal(layer_note="\0"), "layer_note: a character in it is no text."),
]


@pytest.mark.parametrize(("name", "field", "value", "words"), IN_FILE, ids=lambda part: ascii(part)[:30])
def test_the_loader_refuses_by_file_line_and_field(
    files: DataFiles, name: str, field: str, value: Any, words: str
) -> None:
    slug = json.loads(files.lines(name)[0])["slug"]
    files.replace(name, slug, json.dumps({**files.record(name, slug), field: value}))
    with pytest.raises(InterchangeError) as raised:
        files.load()
    assert str(raised.value).startswith(f"{name}, line 1")
    assert f", field {field}: {words}" in str(raised.value)


@pytest.mark.parametrize("name", ["\0", "a\ud800"])
def test_a_row_of_the_code_is_refused_as_well(name: str) -> None:
    row = LanguageModel(name=name, architecture=minimal(layer_note=name))
    with pytest.raises(ValidationError) as raised:
        row.full_clean(validate_unique=False, validate_constraints=False)
    assert raised.value.message_dict["name"] == [NO_TEXT]
    assert raised.value.message_dict["architecture"] == ["layer_note: a character in it is no text."]


any_text = st.text(st.characters(codec=None) | st.sampled_from("\r\n\t\0<&\"'\\"), max_size=40)
documents = st.builds(
    lambda values: json.dumps(minimal(**values)),
    st.fixed_dictionaries(
        {},
        optional={
            "layer_note": any_text,
            "extra": st.dictionaries(any_text, st.integers(0, 10**13) | any_text, max_size=3),
            "vocab_size": st.integers(1, 10**7) | st.integers() | st.floats(),
            "layer_pattern": st.lists(st.integers(0, 1), max_size=3),
        },
    ),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_text, any_text, any_text, documents)
def test_what_the_desk_saves_is_shown_again_and_is_the_same_exported_and_read_again(
    desk: Desk, tmp_path: Path, name: str, notes: str, sources: str, document: str
) -> None:
    row = LanguageModel.objects.get(slug="qwen2-5-72b")
    sent = {"full_name": name, "notes": notes, "sources": sources, "architecture": document}
    sent = {field: text.encode("utf-8", "replace").decode() for field, text in sent.items()}
    if desk.save(row, **sent):
        return
    row.refresh_from_db()
    assert desk.page(row).status_code == 200
    assert desk.save(row) == {}
    exported = to_record(row, References())
    assert _read_again(tmp_path / MODELS, exported) == exported


def _read_again(path: Path, record: dict[str, Any]) -> dict[str, Any]:
    """The record of the row as a load would fill it from the file, and save it."""
    path.write_text(to_line(record) + "\n", encoding="utf-8")
    (placed,) = placed_records(path)
    row = LanguageModel.objects.get(slug=record["slug"])
    fill(row, placed.record, References())
    row.full_clean()
    return to_record(row, References())


@settings(max_examples=60)
@given(st.recursive(st.integers() | st.floats() | any_text | st.none(), st.lists, max_leaves=4), st.data())
def test_whatever_a_field_of_a_record_holds_is_refused_or_exported_as_it_was(value: Any, data: st.DataObject) -> None:
    row = LanguageModel.objects.get(slug="qwen2-5-72b")
    record = to_record(row, References())
    changed = {**record, data.draw(st.sampled_from(sorted(record))): value}
    try:
        fill(row, changed, References())
        row.full_clean()
    except (RecordError, ValidationError):
        return
    assert json.loads(to_line(to_record(row, References()))) == to_record(row, References())


def test_a_catalog_of_odd_and_long_text_is_exported_and_loads_unchanged(desk: Desk, tmp_path: Path) -> None:
    odd = '\x01\x7f\u2028\ufffe\U0001f600 \\ " </script>\n' * 500
    document = json.dumps(minimal(layer_note="\u2028\x01" * 400, extra={"\x1f" * 50: "2*3"}))
    row = LanguageModel.objects.get(slug="qwen2-5-72b")
    assert desk.save(row, notes=odd, editor_notes="\x01" * 20_000, architecture=document) == {}
    assert export_catalog(tmp_path) == ALL
    assert load_catalog(tmp_path) == LoadReport(unchanged=ALL)
