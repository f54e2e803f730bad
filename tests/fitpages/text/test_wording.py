"""Articles follow the sound of what they stand before; small numbers are words."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.text import wording

AN = [
    "A100 80GB",
    "NVIDIA L4",
    "RTX 4090",
    "M2 Ultra",
    "Apple M1 16GB",
    "AMD Instinct MI250",
    "Intel Data Center GPU Max 1550",
    "RX 580 8GB",
    "Arc A380",
    "H100 80GB SXM",
    "L40S",
    "MI300X",
    "8B model",
    "80 GB card",
    "8 GB card",
    "11 GB card",
    "18 GB card",
    "11B model",
    "8.03B model",
    "800 GB machine",
    "18,000 GB machine",
    "SXM module",
]
A = [
    "GTX 1080",
    "Radeon VII",
    "Titan V",
    "Quadro P5000",
    "Tesla P40",
    "DGX Spark",
    "Jetson Thor",
    "V100 16GB",
    "P100 12GB",
    "B200",
    "T4",
    "GH200 96GB",
    "Core Ultra 258V 32GB",
    "Ryzen AI Max+ 395",
    "110 GB card",
    "180 GB card",
    "24 GB card",
    "1.8B model",
    "100 GB card",
    "1,100 GB machine",
    "70B model",
    "UHD 770",
    "U series",
]


@pytest.mark.parametrize("name", AN)
def test_names_that_begin_with_a_vowel_sound_take_an(name: str) -> None:
    assert wording.article(name) == "an"
    assert wording.with_article(name) == f"an {name}"


@pytest.mark.parametrize("name", A)
def test_names_that_begin_with_a_consonant_sound_take_a(name: str) -> None:
    assert wording.article(name) == "a"
    assert wording.with_article(name) == f"a {name}"


# Said aloud: en-vidia, ar-tee-ex, ar-ex, aitch-hundred, vee-hundred, dee-gee-ex.
ARTICLES_OF_FIRST_WORDS = {
    "A100": "an",
    "AMD": "an",
    "Apple": "an",
    "Arc": "an",
    "Core": "a",
    "DGX": "a",
    "GTX": "a",
    "H100": "an",
    "H200": "an",
    "Intel": "an",
    "Jetson": "a",
    "NVIDIA": "an",
    "P100": "a",
    "Quadro": "a",
    "RTX": "an",
    "RX": "an",
    "Radeon": "a",
    "Ryzen": "a",
    "Tesla": "a",
    "Titan": "a",
    "V100": "a",
}


def test_every_published_gpu_has_the_article_of_its_first_word(snapshot: Snapshot) -> None:
    names = [gpu.name for gpu in snapshot.gpus.values()]
    expected = {name: f"{ARTICLES_OF_FIRST_WORDS[name.split()[0]]} {name}" for name in names}
    assert {name: wording.with_article(name) for name in names} == expected
    assert {name.split()[0] for name in names} == set(ARTICLES_OF_FIRST_WORDS)


@pytest.mark.parametrize(
    ("text", "result"),
    [("an NVIDIA L4", "An NVIDIA L4"), ("4 GB", "4 GB"), ("A", "A"), ("", "")],
)
def test_a_sentence_begins_with_a_capital_and_keeps_its_others(text: str, result: str) -> None:
    assert wording.sentence(text) == result


@pytest.mark.parametrize(
    ("number", "text"), [(0, "no"), (1, "one"), (4, "four"), (12, "twelve"), (13, "13"), (1000, "1,000"), (-1, "-1")]
)
def test_small_numbers_are_words(number: int, text: str) -> None:
    assert wording.count(number) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [(["one"], "one"), (["one", "two"], "one and two"), (["one", "two", "three"], "one, two and three")],
)
def test_a_list_has_commas_and_one_last_and(items: list[str], text: str) -> None:
    assert wording.listed(items) == text


def test_a_list_of_alternatives_ends_in_or() -> None:
    assert wording.listed(["a", "b", "c"], "or") == "a, b or c"
