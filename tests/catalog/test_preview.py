"""The catalog with drafts in it: what is asked for and nothing else, once a revision, apart from the public one."""

from collections.abc import Callable
from typing import Any

import pytest

from catalog import preview
from catalog import snapshot as catalog_snapshot
from catalog.drafts import NO_DRAFTS, Drafts, named
from catalog.models import CatalogRecord, LanguageModel, Quant
from tests.catalog.rows import (
    artifact,
    benchmark,
    board_score,
    change,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    quant,
    repository,
)

pytestmark = pytest.mark.django_db

CARD = named(["gpu:test-card"])
Queries = Callable[[int], Any]


@pytest.fixture
def drafts() -> Drafts:
    """A draft of every kind that belongs to rows of the catalog."""
    rows: list[CatalogRecord] = [
        *(gpu(), language_model(), quant(), artifact(), repository(), benchmark()),
        *(popularity(downloads_seen_in="2027"), board_score(), price(), pick()),
    ]
    for row in rows:
        row.status = "draft"
        row.save()
    return named(f"{row.kind()}:{row.slug}" for row in rows)


def test_drafts_are_where_they_would_be_if_they_were_published(drafts: Drafts) -> None:
    snapshot = preview.current(drafts)
    assert "test-card" in snapshot.gpus
    assert "test-model" in snapshot.models
    assert "q1-k" in snapshot.quant_of
    assert "test-file" in {file.slug for file in snapshot.files_of["qwen2-5-72b"]}
    assert "tests/Test-GGUF" in {repository.name for repository in snapshot.repositories_of["qwen2-5-72b"]}
    assert snapshot.popularity_of["qwen2-5-72b"].downloads_seen_in == "2027"
    assert "Test Board v1" in {score.board for score in snapshot.scores_of["qwen2-5-72b"]}
    assert "test-price" in {price.slug for price in snapshot.prices_of["l4"]}
    assert "test-pick" in {pick.slug for pick in snapshot.picks}
    assert "test-measurement" in {benchmark.slug for benchmark in snapshot.benchmarks}


def test_only_what_was_asked_for_is_there(drafts: Drafts) -> None:
    public, snapshot = catalog_snapshot.current(), preview.current(CARD)
    assert snapshot.gpus.keys() - public.gpus.keys() == {"test-card"}
    assert (snapshot.models.keys(), snapshot.all_quants) == (public.models.keys(), public.all_quants)
    assert {slug: len(files) for slug, files in snapshot.files_of.items()} == {
        slug: len(files) for slug, files in public.files_of.items()
    }
    assert len(snapshot.benchmarks) == len(public.benchmarks)
    assert [pick.slug for pick in snapshot.picks] == [pick.slug for pick in public.picks]
    assert [price.slug for price in snapshot.prices_of["l4"]] == [price.slug for price in public.prices_of["l4"]]


def test_the_public_picture_has_none_of_it(drafts: Drafts) -> None:
    preview.current(drafts)
    public = catalog_snapshot.current()
    assert "test-card" not in public.gpus
    assert "test-model" not in public.models
    assert "q1-k" not in public.quant_of
    assert set(catalog_snapshot.build(public).gpus) == set(public.gpus)


def test_published_records_are_the_very_same_objects(drafts: Drafts) -> None:
    public, snapshot = catalog_snapshot.current(), preview.current(drafts)
    assert snapshot.gpus["l4"] is public.gpus["l4"]
    assert snapshot.models["qwen2-5-72b"] is public.models["qwen2-5-72b"]


def test_a_draft_that_becomes_a_file_of_a_draft_is_there_with_it(drafts: Drafts) -> None:
    change(LanguageModel, "test-model", name="Other Model")
    file = artifact(name="Other File", slug="other-file", model=LanguageModel.objects.get(slug="test-model"))
    file.save()
    snapshot = preview.current(named(["languagemodel:test-model"]))
    assert [file.slug for file in snapshot.files_of["test-model"]] == ["other-file"]


def test_it_is_read_once_a_revision_and_choice(
    drafts: Drafts, django_assert_num_queries: Queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = preview.current(CARD)
    with django_assert_num_queries(1):
        assert preview.current(CARD) is snapshot
    assert preview.current(drafts) is not snapshot
    snapshot = preview.current(CARD)
    change(Quant, "q4-k-m", quality="Changed.")
    assert preview.current(CARD) is not snapshot
    assert preview.current(CARD).quant_of["q4-k-m"].quality == "Changed."


def test_without_drafts_it_is_the_public_picture() -> None:
    assert preview.current(NO_DRAFTS) is catalog_snapshot.current()


def test_it_goes_with_the_public_picture(drafts: Drafts) -> None:
    preview.current(CARD)
    assert preview.PREVIEW in catalog_snapshot.current().__dict__
    change(Quant, "q4-k-m", quality="Changed.")
    assert preview.PREVIEW not in catalog_snapshot.current().__dict__
