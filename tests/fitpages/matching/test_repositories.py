"""What other programs are told to fetch a model."""

from types import MappingProxyType

import pytest

from catalog.snapshot import PublishedRepository, Snapshot
from fitpages.matching.repositories import mlx_repository, ollama_tag
from tests.published import SOURCES
from tests.small_catalog import snapshot_of


def place(name: str, kind: str, publisher: str = "", *labels: str) -> PublishedRepository:
    facts = {"name": name, "kind_of_files": kind, "publisher": publisher, "labels": labels, "seen_in": ""}
    return PublishedRepository(sources=SOURCES, **facts)


USUAL = place("mlx-community/Small-4bit", "mlx", "mlx-community", "4bit")
EIGHT = place("mlx-community/A-8bit", "mlx", "mlx-community", "8bit")
OTHER = place("anybody/A-4bit", "mlx", "anybody", "4bit")


def with_places(*places: PublishedRepository) -> Snapshot:
    return snapshot_of(repositories_of=MappingProxyType({"small-8b": places}))


def test_the_tag_of_ollama_is_the_shortest() -> None:
    snapshot = with_places(place("another-small:8b-q8_0", "ollama"), place("small:8b", "ollama"), USUAL)
    assert ollama_tag(snapshot, snapshot.models["small-8b"]) == "small:8b"


@pytest.mark.parametrize(
    ("places", "name"),
    [((OTHER, EIGHT, USUAL), USUAL.name), ((OTHER, EIGHT), EIGHT.name), ((OTHER,), OTHER.name)],
)
def test_for_mlx_it_is_the_usual_publisher_at_four_bits(places: tuple[PublishedRepository, ...], name: str) -> None:
    snapshot = with_places(place("anybody/Small-GGUF", "gguf"), *places)
    assert mlx_repository(snapshot, snapshot.models["small-8b"]) == name


def test_where_none_is_known_there_is_none(small: Snapshot) -> None:
    assert ollama_tag(small, small.models["small-8b"]) == mlx_repository(small, small.models["small-8b"]) == ""


@pytest.mark.django_db
def test_the_starting_catalog_has_both_of_a_popular_model(snapshot: Snapshot) -> None:
    model = snapshot.models["qwen3-8b"]
    assert ollama_tag(snapshot, model) == "qwen3:8b"
    assert mlx_repository(snapshot, model).startswith("mlx-community/Qwen3-8B-")
