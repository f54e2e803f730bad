"""What is missing for publishing, said in sentences; what is complete has none."""

from typing import Any

import pytest

from catalog.completeness import APPROXIMATE, NO_REPOSITORY, NO_SOURCE, hindrances, missing, remarks
from catalog.doubts import unanswered
from catalog.models import RECORD_MODELS, CatalogRecord
from tests.catalog.rows import (
    artifact,
    benchmark,
    board_score,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    quant,
    repository,
)

MAKERS = (quant, gpu, language_model, artifact, repository, benchmark, popularity, board_score, price, pick)


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS)
def test_a_complete_draft_misses_nothing(make: Any) -> None:
    row: CatalogRecord = make(status="draft")
    assert (hindrances(row), remarks(row)) == ([], [])
    assert missing(row) == [doubt.says for doubt in unanswered(make())]


def test_every_kind_of_record_was_asked() -> None:
    assert len(MAKERS) == len(RECORD_MODELS)


@pytest.mark.django_db
def test_a_source_comes_first() -> None:
    assert hindrances(gpu(sources=" \n ")) == missing(gpu(sources="", status="draft")) == [NO_SOURCE]


@pytest.mark.django_db
def test_what_would_be_asked_about_it_in_public_is_missing_unless_it_is_answered() -> None:
    row = gpu(sources="no address: printed in the manual", status="draft")
    assert hindrances(row) == []
    (says,) = missing(row)
    assert says.startswith("No line of the sources begins with an address")
    assert row.status == "draft"
    row.saved_anyway = [{"check": "no_address", "says": says, "reason": "It is printed."}]
    assert missing(row) == []


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
