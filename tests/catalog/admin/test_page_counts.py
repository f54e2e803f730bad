"""How many pages come and go, counted from the rows."""

from typing import Any

import pytest

from catalog.admin.page_counts import sentence
from catalog.models import Gpu, LanguageModel
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

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few() -> None:
    """Three models and two GPUs that are published."""
    LanguageModel.objects.exclude(slug__in=("qwen2-5-72b", "qwen2-5-7b", "llama-3-1-8b")).update(status="draft")
    Gpu.objects.exclude(slug__in=("l4", "a10")).update(status="draft")


def test_a_gpu_has_a_page_and_one_with_each_model() -> None:
    assert sentence([gpu()], "published") == (
        "This adds 1 page of its own and 3 pages of pairs, with each of 3 models."
    )
    assert sentence([gpu(), gpu()], "draft") == (
        "This removes 2 pages of their own and 6 pages of pairs, with each of 3 models."
    )


def test_a_model_has_a_page_and_one_with_each_gpu() -> None:
    assert sentence([language_model()], "published") == (
        "This adds 1 page of its own and 2 pages of pairs, with each of 2 GPUs."
    )


def test_files_change_the_pages_of_their_models() -> None:
    draft = LanguageModel.objects.filter(status="draft").first()
    other = artifact(model=LanguageModel.objects.get(slug="llama-3-1-8b"))
    assert sentence([artifact(), artifact(), other, artifact(model=draft)], "draft") == (
        "No page comes or goes; those of 2 models change, 6 with those of their pairs."
    )
    assert "those of 1 model change, 3 with" in sentence([repository()], "published")


@pytest.mark.parametrize("make", [popularity, board_score, pick])
def test_what_people_run_changes_the_page_of_its_model(make: Any) -> None:
    draft = make(model=LanguageModel.objects.filter(status="draft").first())
    other = make(model=LanguageModel.objects.get(slug="llama-3-1-8b"))
    assert sentence([make(), make(), draft], "published") == (
        "No page comes or goes; those of 1 model change, and lists that name them."
    )
    assert "those of 2 models change" in sentence([make(), other], "draft")


def test_a_price_changes_the_page_of_its_gpu() -> None:
    other = price(gpu=Gpu.objects.get(slug="a10"))
    assert sentence([price(), price()], "draft") == (
        "No page comes or goes; those of 1 GPU change, and lists that name them."
    )
    assert "those of 2 GPUs change" in sentence([price(), other], "published")


def test_what_is_on_many_pages_is_not_counted() -> None:
    expected = "No page comes or goes; what stands on pages changes with the next request."
    assert {sentence([quant()], "draft"), sentence([benchmark()], "published")} == {expected}
