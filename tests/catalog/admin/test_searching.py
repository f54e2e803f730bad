"""Lists find a record however its name is typed: with or without blanks, in any order, by what its memory is called."""

import pytest

from catalog.models import Benchmark, Gpu, LanguageModel
from tests.catalog import rows
from tests.catalog.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards() -> None:
    rows.gpu(name="ZX 7090", slug="z-7090", full_name="Zed ZX 7090", memory_type="ZDDR7").save()
    rows.gpu(name="ZX 7090 Ti", slug="z-7090-ti", full_name="Zed ZX 7090 Ti", memory_type="ZDDR6").save()


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("zx7090", ["z-7090", "z-7090-ti"]),
        ("ZX 7090", ["z-7090", "z-7090-ti"]),
        ("ZX-7090", ["z-7090", "z-7090-ti"]),
        ("7090 zx", ["z-7090", "z-7090-ti"]),
        ("7090ti", ["z-7090-ti"]),
        ("zx7090 ti", ["z-7090-ti"]),
        ("zddr7", ["z-7090"]),
        ("zx7099", []),
        ("7090 24gb", ["z-7090", "z-7090-ti"]),
        ("zx 7090 24 GB", ["z-7090", "z-7090-ti"]),
        ("7090 16gb", []),
        ("090 zed", ["z-7090", "z-7090-ti"]),
    ],
)
def test_a_card_is_there_however_it_is_typed(cards: None, desk: Desk, query: str, slugs: list[str]) -> None:
    assert sorted(desk.listing(Gpu, q=query)) == slugs


@pytest.mark.parametrize("query", ["zwen 2.5 72b", "Zwen2.5 72B", "zwen2.5-72b", "72b zwen"])
def test_a_model_is_there_however_it_is_typed(desk: Desk, query: str) -> None:
    rows.language_model(name="Zwen2.5 72B", slug="zwen2-5-72b").save()
    rows.language_model(name="Zwen2.5 7B", slug="zwen2-5-7b").save()
    assert desk.listing(LanguageModel, q=query) == ["zwen2-5-72b"]


def test_a_version_in_front_of_a_size_is_glued_to_its_name(desk: Desk) -> None:
    rows.language_model(name="Zlama 3.3 70B", slug="zlama-3-3-70b").save()
    rows.language_model(name="Zlama 3.1 70B", slug="zlama-3-1-70b").save()
    assert desk.listing(LanguageModel, q="zlama3.3") == ["zlama-3-3-70b"]


def test_an_id_is_looked_for_as_it_stands(desk: Desk) -> None:
    rows.language_model(name="Zwen2.5 72B", slug="zwen", hugging_face_id="Zwen/Zwen2.5-72B").save()
    rows.language_model(name="Zwen2.5 VL 72B", slug="zwen-vl", hugging_face_id="Zwen/Zwen2.5-VL-72B").save()
    assert desk.listing(LanguageModel, q="Zwen/Zwen2.5-72B") == ["zwen"]


def test_a_search_stays_within_the_filters_of_the_list(cards: None, desk: Desk) -> None:
    rows.gpu(name="ZX 7090 D", slug="z-7090-d", status="draft").save()
    assert desk.listing(Gpu, q="zx7090", status__exact="draft") == ["z-7090-d"]


def test_measurements_are_looked_for_by_their_card_and_model(desk: Desk) -> None:
    card = rows.gpu(name="ZX 7090", slug="z-7090")
    card.save()
    rows.benchmark(name="A run", slug="a-run", gpu=card, gpu_label="?").save()
    assert desk.listing(Benchmark, q="zx7090 qwen2.5") == ["a-run"]


def test_every_word_counts_of_a_long_name(desk: Desk) -> None:
    words = "zx 7090 zlama 3 8b q4 k m zlama.cpp tg"
    rows.benchmark(name=f"{words} 4096", slug="long").save()
    rows.benchmark(name=f"{words} 512", slug="other").save()
    assert desk.listing(Benchmark, q=f"zx7090 {words} 4096") == ["long"]


def test_a_field_that_completes_a_name_finds_the_same(cards: None, desk: Desk) -> None:
    asked = {"app_label": "catalog", "model_name": "benchmark", "field_name": "gpu", "term": "zx7090ti"}
    answer = desk.client.get("/admin/autocomplete/", asked)
    assert [row["text"] for row in answer.json()["results"]] == ["ZX 7090 Ti"]
