"""What other programs are told to fetch a model."""

from types import MappingProxyType
from typing import Any

import pytest

from catalog.snapshot import PublishedRepository, Snapshot
from fitpages.matching.repositories import GgufPlace, gguf_place, mlx_repository, ollama_tag, ollama_tag_at
from tests.published import CHANGED_AT, SOURCES, published_file
from tests.small_catalog import snapshot_of


def place(name: str, kind: str, publisher: str = "", *labels: str) -> PublishedRepository:
    facts = {"name": name, "kind_of_files": kind, "publisher": publisher, "labels": labels, "seen_in": ""}
    return PublishedRepository(sources=SOURCES, updated_at=CHANGED_AT, **facts)


USUAL = place("mlx-community/Small-4bit", "mlx", "mlx-community", "4bit")
EIGHT = place("mlx-community/A-8bit", "mlx", "mlx-community", "8bit")
OTHER = place("anybody/A-4bit", "mlx", "anybody", "mlx-4bit")
UNUSUAL = place("mlx-community/A-mxfp4", "mlx", "mlx-community", "mxfp4")


def with_places(*places: PublishedRepository, model: str = "small-8b", **overrides: Any) -> Snapshot:
    return snapshot_of(repositories_of=MappingProxyType({model: places}), **overrides)


def test_the_tag_of_ollama_is_the_shortest_with_a_size() -> None:
    snapshot = with_places(
        place("small", "ollama"), place("another-small:8b-q8_0", "ollama"), place("small:8b", "ollama"), USUAL
    )
    assert ollama_tag(snapshot, snapshot.models["small-8b"]) == "small:8b"


@pytest.mark.parametrize(
    ("label", "tag"),
    [("Q4_K_M", "small:8b"), ("Q8_0", "small:8b-it-q8_0"), ("Q6_K", ""), ("Q3_K_M", "")],
)
def test_a_tag_at_a_level_says_so_in_the_catalog_or_in_its_name(label: str, tag: str) -> None:
    tags = place("small:8b", "ollama", "", "Q4_K_M"), place("small:8b-it-q8_0", "ollama"), place("small:8b-x", "ollama")
    snapshot = with_places(*tags, place("small", "ollama", "", "Q3_K_M"))
    assert ollama_tag_at(snapshot, snapshot.models["small-8b"], label) == tag


@pytest.mark.parametrize(
    ("places", "name"),
    [
        ((OTHER, EIGHT, UNUSUAL, USUAL), USUAL.name),
        ((OTHER, EIGHT, UNUSUAL), UNUSUAL.name),
        ((OTHER, EIGHT), OTHER.name),
        ((EIGHT,), ""),
    ],
)
def test_for_mlx_it_is_the_usual_publisher_at_four_bits(places: tuple[PublishedRepository, ...], name: str) -> None:
    snapshot = with_places(place("anybody/Small-GGUF", "gguf", "anybody", "4bit"), *places)
    assert mlx_repository(snapshot, snapshot.models["small-8b"]) == name


def test_where_none_is_known_there_is_none(small: Snapshot) -> None:
    model = small.models["large-70b"]
    assert ollama_tag(small, model) == mlx_repository(small, model) == ollama_tag_at(small, model, "Q4_K_M") == ""
    assert gguf_place(small, model, small.default_quant) is None


def test_a_file_is_had_where_the_command_has_it() -> None:
    elsewhere = place("bartowski/Small-8B-GGUF", "gguf", "bartowski", "Q4_K_M")
    snapshot = with_places(elsewhere)
    at = gguf_place(snapshot, snapshot.models["small-8b"], snapshot.default_quant)
    assert at == GgufPlace("testers/Small-8B-GGUF", "Q4_K_M", "", in_parts=False, is_counted=True)


def test_without_a_file_it_is_the_first_publisher_who_has_the_level() -> None:
    snapshot = with_places(
        place("bartowski/Mixture-GGUF", "gguf", "bartowski", "Q8_0"),
        place("anybody/Mixture-GGUF", "gguf", "anybody", "Q4_K_M"),
        place("unsloth/Mixture-GGUF", "gguf", "unsloth", "q4_k_m", "Q8_0"),
        model="mixture-30b",
    )
    at = gguf_place(snapshot, snapshot.models["mixture-30b"], snapshot.default_quant)
    assert at == GgufPlace("unsloth/Mixture-GGUF", "Q4_K_M", "", in_parts=False, is_counted=False)
    assert gguf_place(snapshot, snapshot.models["mixture-30b"], snapshot.quant_of["q6-k"]) is None


@pytest.mark.parametrize(
    ("file_name", "size_bytes", "in_parts"),
    [
        ("Small-8B-Q4_K_M.gguf", 63 * 10**9, False),
        ("Small-8B-Q4_K_M-00001-of-00002.gguf", 5 * 10**9, True),
        ("", 50 * 10**9, False),
        ("", 50 * 10**9 + 1, True),
    ],
)
def test_a_file_is_in_parts_where_its_name_or_its_size_says_so(file_name: str, size_bytes: int, in_parts: bool) -> None:
    file = published_file(file_name=file_name, size_bytes=size_bytes)
    snapshot = snapshot_of(files_of=MappingProxyType({"small-8b": (file,)}))
    at = gguf_place(snapshot, snapshot.models["small-8b"], snapshot.default_quant)
    assert at
    assert (at.file_name, at.in_parts) == (file_name, in_parts)


@pytest.mark.parametrize(("model", "in_parts"), [("small-8b", False), ("large-70b", True), ("closed-100b", True)])
def test_of_a_repository_the_computed_size_or_the_number_of_weights_says_it(model: str, in_parts: bool) -> None:
    snapshot = with_places(place("anybody/A-GGUF", "gguf", "anybody", "Q6_K"), model=model)
    at = gguf_place(snapshot, snapshot.models[model], snapshot.quant_of["q6-k"])
    assert at
    assert at.in_parts is in_parts


@pytest.mark.django_db
def test_the_starting_catalog_has_both_of_a_popular_model(snapshot: Snapshot) -> None:
    model = snapshot.models["qwen3-8b"]
    assert ollama_tag(snapshot, model) == "qwen3:8b"
    assert mlx_repository(snapshot, model).startswith("mlx-community/Qwen3-8B-")
