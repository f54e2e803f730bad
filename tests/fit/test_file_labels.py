"""Which mix a label comes nearest to, of every label that files of the catalog have."""

import json

import pytest

from catalog.interchange.files import DATA_DIRECTORY
from fit.file_labels import base_mix
from fit.quant_mixes import BASE_TYPES


@pytest.mark.parametrize("mix", BASE_TYPES)
def test_the_name_of_a_mix_is_that_mix(mix: str) -> None:
    assert base_mix(mix) == base_mix(mix.lower()) == mix


@pytest.mark.parametrize(
    ("label", "mix"),
    [
        ("UD-Q2_K_XL", "Q2_K"),
        ("UD-Q3_K_XL", "Q3_K_M"),
        ("UD-Q3_K_S", "Q3_K_S"),
        ("UD-Q4_K_XL", "Q4_K_M"),
        ("UD-Q4_K_L", "Q4_K_M"),
        ("UD-Q5_K_XL", "Q5_K_M"),
        ("UD-Q6_K_XL", "Q6_K"),
        ("UD-Q6_K_S", "Q6_K"),
        ("UD-Q8_K_XL", "Q8_0"),
        ("UD-IQ1_S", "IQ1_S"),
        ("UD-IQ2_XXS", "IQ2_XXS"),
        ("UD-IQ3_S", "IQ3_S"),
        ("Q3_K_XL", "Q3_K_XL"),
        ("Q4_0-QAT", "Q4_0"),
        ("QAT-Q4_0", "Q4_0"),
        ("MXFP4", "MXFP4_MOE"),
    ],
)
def test_a_label_of_a_publisher_comes_nearest_to_a_mix_of_its_bits(label: str, mix: str) -> None:
    assert base_mix(label) == mix


@pytest.mark.parametrize("label", ["", "4bit", "mxfp8", "UD-", "IQ4_KS", "Q7_K_M", "UD-Q4"])
def test_what_names_no_bits_of_llama_cpp_has_no_mix(label: str) -> None:
    assert base_mix(label) is None


def test_every_label_of_the_catalogs_files_for_llama_cpp_has_a_mix() -> None:
    lines = (DATA_DIRECTORY / "artifacts.jsonl").read_text(encoding="utf-8").splitlines()
    labels = {record["label"] for record in map(json.loads, lines) if record["kind_of_file"] == "gguf"}
    assert len(labels) > 40
    assert [label for label in labels if base_mix(label) is None] == []
