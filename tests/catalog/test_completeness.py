"""What is missing for publishing, said in sentences; what is complete has none."""

from typing import Any

import pytest

from catalog.completeness import APPROXIMATE, NO_REPOSITORY, NO_SOURCE, NOT_TO_FOLLOW, hindrances, remarks
from catalog.models import RECORD_MODELS, CatalogRecord
from tests.catalog.rows import artifact, benchmark, gpu, language_model, quant, repository

MAKERS = (quant, gpu, language_model, artifact, repository, benchmark)


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS)
def test_a_complete_draft_misses_nothing(make: Any) -> None:
    row: CatalogRecord = make(status="draft")
    assert (hindrances(row), remarks(row)) == ([], [])


def test_every_kind_of_record_was_asked() -> None:
    assert len(MAKERS) == len(RECORD_MODELS)


@pytest.mark.parametrize(
    ("sources", "missing"),
    [
        ("", [NO_SOURCE]),
        (" \n ", [NO_SOURCE]),
        ("general knowledge", [NOT_TO_FOLLOW]),
        ("https://", [NOT_TO_FOLLOW]),
        ("example.org/card", [NOT_TO_FOLLOW]),
        ("no address:", [NOT_TO_FOLLOW]),
        ("No address: printed in the manual, page 3", []),
        ("A manual\nHTTPS://example.org/card (page 2)", []),
        ("http://example.org", []),
    ],
)
def test_a_source_is_an_address_or_a_reason_why_there_is_none(sources: str, missing: list[str]) -> None:
    assert hindrances(gpu(sources=sources)) == missing


@pytest.mark.django_db
def test_a_measurement_that_no_page_prints_needs_no_address() -> None:
    assert hindrances(benchmark(sources="a log")) == [NOT_TO_FOLLOW]
    assert hindrances(benchmark(sources="a log", hidden_because="Its source has no address.")) == []
    assert hindrances(benchmark(sources="", hidden_because="Its source has no address.")) == [NO_SOURCE]


@pytest.mark.django_db
def test_a_file_needs_its_repository() -> None:
    assert hindrances(artifact(repository="")) == [NO_REPOSITORY]


@pytest.mark.django_db
def test_what_a_record_belongs_to_is_published_first() -> None:
    model, level = language_model(status="draft"), quant(status="draft")
    for row in (model, level):
        row.save()
    first, second = hindrances(artifact(model=model, quant=level))
    assert first == "Its model, “Test Model”, is a draft. Publish that first."
    assert second == "Its level, “Q1_K”, is a draft. Publish that first."
    assert hindrances(artifact(quant=None)) == []


def test_a_model_without_architecture_is_published_as_approximate() -> None:
    row = language_model(architecture=None)
    assert (hindrances(row), remarks(row)) == ([], [APPROXIMATE])
