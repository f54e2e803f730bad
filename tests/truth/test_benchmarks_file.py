"""Columns that a file of measurements may have besides the usual: what they say is in the measurement."""

import csv
from pathlib import Path

import pytest

from catalog.published_measurements import MeasuredSpeed
from tests.truth.benchmarks_file import COLUMNS, BenchmarksError, read, tokens_before

LINE = {
    **dict.fromkeys(COLUMNS, ""),
    **{"gpu": "A card", "model": "A model", "quant": "Q4_K_M", "n_gpus": "2", "split": "tensor"},
    **{"context": "tg128 after pp4096", "gen_tok_s": "20.5", "runtime": "llama.cpp", "backend": "Vulkan"},
}


def measured(folder: Path, **columns: str) -> MeasuredSpeed:
    """The only measurement of a file with these columns besides the usual ones."""
    path, line = folder / "benchmarks.csv", {**LINE, **columns}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(line))
        writer.writeheader()
        writer.writerow(line)
    (benchmark,) = read(path)
    return benchmark


def test_a_file_without_the_columns_says_nothing_of_them(tmp_path: Path) -> None:
    row = measured(tmp_path, context="chat prompt")
    assert (row.cache_keys, row.cache_values, row.build_number, row.depth_tokens) == ("", "", "", None)
    assert (row.ram_kind, row.ram_channels, row.ram_gb_s, row.ram_label, row.power_limit_w) == (
        "",
        None,
        None,
        "",
        None,
    )


def test_split_and_backend_are_the_files(tmp_path: Path) -> None:
    row = measured(tmp_path)
    assert (row.gpu_count, row.split, row.backend) == (2, "tensor", "Vulkan")
    assert measured(tmp_path, split="tensor (assumed)").split == "tensor"


def test_ram_is_read_from_its_words(tmp_path: Path) -> None:
    row = measured(tmp_path, ram="DDR4-3200 dual channel")
    assert (row.ram_kind, row.ram_channels, float(row.ram_gb_s or 0)) == ("DDR4", 2, 51.2)
    assert row.ram_label == "DDR4-3200 dual channel"


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("q8_0", ("q8_0", "q8_0")),
        ("q8_0/q4_0", ("q8_0", "q4_0")),
        ("q8_0 K", ("q8_0", "")),
        ("", ("", "")),
    ],
)
def test_types_of_the_cache_are_of_keys_and_values(tmp_path: Path, text: str, types: tuple[str, str]) -> None:
    row = measured(tmp_path, kv_cache=text)
    assert (row.cache_keys, row.cache_values) == types


@pytest.mark.parametrize("text", ["q3_0", "q8_0/f8", "eight bits"])
def test_a_type_of_the_cache_that_there_is_not_is_said_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(BenchmarksError) as caught:
        measured(tmp_path, kv_cache=text)
    assert str(caught.value) == f"benchmarks.csv, line 2: a type of the cache is expected in kv_cache, not {text}."


def test_a_depth_that_is_no_number_is_said_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BenchmarksError, match="line 2: a field that should be a number is none"):
        measured(tmp_path, depth="deep")


@pytest.mark.parametrize(
    ("columns", "depth"),
    [
        ({"depth": "8192", "context": "chat prompt"}, 8192),
        ({"depth": "0"}, 0),
        ({"depth": ""}, 4096),
        ({}, 4096),
    ],
)
def test_the_depth_is_the_columns_then_what_the_test_says(tmp_path: Path, columns: dict[str, str], depth: int) -> None:
    assert measured(tmp_path, **columns).depth_tokens == depth


@pytest.mark.parametrize(
    ("test", "tokens"),
    [
        ("tg128", 0),
        ("tg512 @0", 0),
        ("tg32 @16384", 16384),
        ("tg32 @ d16384", 16384),
        ("128 gen after 2048", 2048),
        ("494 prompt + 1024 gen", 494),
        ("LocalScore 9-test mean (16-4096 prompt, 16-3072 gen)", None),
        ("tg128-like, rounded", None),
        ("chat prompts, up to 300 generated tokens", None),
    ],
)
def test_the_name_of_a_test_says_what_was_in_the_cache_before(test: str, tokens: int | None) -> None:
    assert tokens_before(test) == tokens


@pytest.mark.parametrize(
    ("text", "number"),
    [("9187", "b9187"), ("b9535 (da87e9b61)", "b9535"), ("fork 7387", "fork 7387"), ("", "")],
)
def test_a_build_has_its_number(tmp_path: Path, text: str, number: str) -> None:
    assert measured(tmp_path, build=text).build_number == number


def test_a_power_limit_stands_in_the_notes(tmp_path: Path) -> None:
    assert measured(tmp_path, notes="250 W limit; a finetune").power_limit_w == 250
    assert measured(tmp_path, notes="a supply of 850 W").power_limit_w is None
