"""What the database itself refuses, whatever way the figure takes into it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    Gpu,
    LanguageModel,
    Popularity,
    Price,
    Quant,
    Repository,
    RetiredSlug,
)
from tests.catalog.rows import artifact, board_score, gpu, pick

pytestmark = pytest.mark.django_db

DENSE, MIXTURE, FILE = "qwen2-5-72b", "dbrx-132b", "mixtral-8x22b-q4-k-m"
MEASURED = "rtx-3090-llama-3-8b-q4-k-m-llama-cpp-tg4096"
SCORE, PRICE = "qwen3-8-27b-arena-text", "arc-b580-new-2026-05-08"
Change = Callable[[type[CatalogRecord], str, str, Any], object]


def by_update(model: type[CatalogRecord], slug: str, field: str, value: Any) -> None:
    model.objects.filter(slug=slug).update(**{field: value})


def by_bulk_update(model: type[CatalogRecord], slug: str, field: str, value: Any) -> None:
    row = model.objects.get(slug=slug)
    setattr(row, field, value)
    model.objects.bulk_update([row], [field])


def by_save(model: type[CatalogRecord], slug: str, field: str, value: Any) -> None:
    row = model.objects.get(slug=slug)
    setattr(row, field, value)
    row.save()


@pytest.mark.parametrize("change", [by_update, by_bulk_update, by_save])
@pytest.mark.parametrize(
    ("model", "slug", "field", "value", "constraint"),
    [
        (Gpu, "l4", "memory_gb", 0, "gpu_memory_gb_positive"),
        (Gpu, "l4", "memory_gb", -24, "gpu_memory_gb_positive"),
        (Gpu, "l4", "bandwidth_gb_s", 0, "gpu_bandwidth_gb_s_positive"),
        (Gpu, "l4", "usable_share", 0, "gpu_usable_share_positive"),
        (Gpu, "l4", "carve_out_gb", 0, "gpu_carve_out_gb_positive"),
        (Gpu, "l4", "carve_out_gb", 25, "gpu_carve_out_within_memory"),
        (Gpu, "l4", "gpus_per_board", 0, "gpu_gpus_per_board_positive"),
        (Gpu, "l4", "slug", "card-on-board", "gpu_slug_without_on"),
        (Gpu, "l4", "sources", "", "gpu_published_with_sources"),
        (LanguageModel, DENSE, "parameters", 0, "languagemodel_parameters_positive"),
        (LanguageModel, DENSE, "native_context", 0, "languagemodel_native_context_positive"),
        (LanguageModel, DENSE, "slug", "a-on-b", "languagemodel_slug_without_on"),
        (LanguageModel, DENSE, "sources", "", "languagemodel_published_with_sources"),
        (LanguageModel, MIXTURE, "active_parameters", 0, "languagemodel_active_parameters_positive"),
        (LanguageModel, MIXTURE, "active_parameters", 10**15, "languagemodel_active_within_all"),
        (Artifact, FILE, "size_bytes", 0, "artifact_size_bytes_positive"),
        (Artifact, FILE, "slug", "a-on-b", "artifact_slug_without_on"),
        (Artifact, FILE, "sources", "", "artifact_published_with_sources"),
        (Artifact, FILE, "rounding_bytes", 0, "artifact_rounding_bytes_positive"),
        (Artifact, FILE, "token_list_bytes", 0, "artifact_token_list_bytes_positive"),
        (Artifact, FILE, "draft_bytes", 0, "artifact_draft_bytes_positive"),
        (Artifact, FILE, "draft_bytes", 10**15, "artifact_more_than_besides"),
        (Artifact, FILE, "repository", "", "artifact_published_in_repository"),
        (Artifact, FILE, "kind_of_file", "projector", "artifact_of_llama_cpp"),
        (Repository, "ollama-qwen3-8b", "sources", "", "repository_published_with_sources"),
        (Popularity, "qwen3-32b", "downloads", 0, "popularity_downloads_positive"),
        (Popularity, "qwen3-32b", "likes", -1, "popularity_likes_positive"),
        (Popularity, "qwen3-32b", "pulls", 0, "popularity_pulls_positive"),
        (Popularity, "qwen3-32b", "pulls_90_days", 0, "popularity_pulls_90_days_positive"),
        (Popularity, "qwen3-32b", "sources", "", "popularity_published_with_sources"),
        (BoardScore, SCORE, "slug", "a-on-b", "boardscore_slug_without_on"),
        (BoardScore, SCORE, "sources", "", "boardscore_published_with_sources"),
        (Price, PRICE, "amount", 0, "price_amount_positive"),
        (Price, PRICE, "amount", 1, "price_lowest_below"),
        (Price, PRICE, "amount", 999_999, "price_highest_above"),
        (Price, PRICE, "lowest", 0, "price_lowest_positive"),
        (Price, PRICE, "lowest", None, "price_both_ends"),
        (Price, PRICE, "highest", None, "price_both_ends"),
        (Price, PRICE, "sources", "", "price_published_with_sources"),
        (Benchmark, MEASURED, "decode_tokens_s", 0, "benchmark_decode_tokens_s_positive"),
        (Benchmark, MEASURED, "prefill_tokens_s", -1, "benchmark_prefill_tokens_s_positive"),
        (Benchmark, MEASURED, "gpu_count", 0, "benchmark_gpu_count_positive"),
        (Benchmark, MEASURED, "bandwidth_gb_s", 0, "benchmark_bandwidth_gb_s_positive"),
        (Benchmark, MEASURED, "context_tokens", 0, "benchmark_context_tokens_positive"),
        (Benchmark, MEASURED, "active_parameters", 10**15, "benchmark_active_within_all"),
        (Benchmark, MEASURED, "active_weights_bytes", 10**15, "benchmark_read_within_file"),
        (Benchmark, MEASURED, "split", "row", "benchmark_split_of_several"),
        (Benchmark, MEASURED, "sources", "", "benchmark_published_with_sources"),
        (Quant, "q6-k", "bytes_per_weight", 0, "quant_bytes_per_weight_positive"),
        (Quant, "q6-k", "bytes_per_weight", None, "quant_shown_always_by_the_rule"),
        (Quant, "q2-k", "shown", "always", "quant_shown_always_by_the_rule"),
        (Quant, "q4-k-m", "shown", "folded", "quant_default_shown_always"),
        (Quant, "iq2-m", "worth_recommending", True, "quant_lower_not_recommended"),
        (Quant, "q6-k", "slug", "a-on-b", "quant_slug_without_on"),
        (Quant, "q6-k", "sources", "", "quant_published_with_sources"),
        (Quant, "q6-k", "is_default", True, "quant_one_default|catalog_quant.is_default"),
    ],
)
def test_the_database_refuses(
    change: Change, model: type[CatalogRecord], slug: str, field: str, value: Any, constraint: str
) -> None:
    before = model.objects.filter(slug=slug).values().get()
    with pytest.raises(IntegrityError, match=constraint):
        change(model, slug, field, value)
    assert model.objects.filter(slug=slug).values().get() == before


def test_the_database_refuses_to_publish_a_draft_without_sources() -> None:
    gpu(status="draft", sources="").save()
    with pytest.raises(IntegrityError, match="gpu_published_with_sources"):
        Gpu.objects.filter(slug="test-card").update(status="published")
    assert Gpu.objects.get(slug="test-card").status == "draft"


def test_a_bulk_creation_with_one_bad_row_creates_none() -> None:
    before = Gpu.objects.count()
    with pytest.raises(IntegrityError, match="gpu_memory_gb_positive"):
        Gpu.objects.bulk_create([gpu(), gpu(name="Bad", slug="bad", memory_gb=0)])
    assert Gpu.objects.count() == before


@pytest.mark.parametrize(
    ("field", "value"), [("usable_share", None), ("usable_share", 1), ("memory_gb", "0.01"), ("slug", "once-x")]
)
def test_the_database_accepts(field: str, value: Any) -> None:
    assert Gpu.objects.filter(slug="l4").update(**{field: value}) == 1


def test_a_former_address_leads_to_one_place_only() -> None:
    RetiredSlug.objects.create(kind="gpu", slug="former", successor="l4")
    with pytest.raises(IntegrityError):
        RetiredSlug.objects.create(kind="gpu", slug="former", successor="a10")


@pytest.mark.parametrize(
    ("second", "constraint", "columns"),
    [
        ({}, "artifact_once", "model_id, kind_of_file, label, repository"),
        ({"repository": "others/Files", "preferred": True}, "artifact_one_preferred", "model_id, quant_id"),
        (
            {"repository": "others/Files", "quant": None, "preferred": True},
            "artifact_one_preferred_label",
            "model_id, label",
        ),
    ],
    ids=["same file", "preferred level", "preferred label"],
)
def test_a_file_is_there_once_and_one_is_preferred(second: dict[str, Any], constraint: str, columns: str) -> None:
    preferred = bool(second.get("preferred"))
    artifact(preferred=preferred, **({"quant": None} if "quant" in second else {})).save()
    in_sqlite = ", ".join(rf"catalog_artifact\.{column}" for column in columns.split(", "))
    with pytest.raises(IntegrityError, match=f"{constraint}\\b|{in_sqlite}"):
        artifact(name="Another", slug="another", **second).save()


@pytest.mark.parametrize(
    ("make", "constraint", "columns"),
    [
        (board_score, "board_score_once", "catalog_boardscore.model_id, catalog_boardscore.board"),
        (pick, "pick_once", "catalog_pick.use, catalog_pick.memory_class, catalog_pick.with_ram"),
    ],
)
def test_a_board_gives_a_model_one_score_and_a_use_has_one_pick(make: Any, constraint: str, columns: str) -> None:
    make().save()
    with pytest.raises(IntegrityError, match=f"{constraint}\\b|{columns}"):
        make(name="Another", slug="another").save()


def test_files_of_several_publishers_are_at_one_level() -> None:
    artifact().save()
    artifact(name="Another", slug="another", repository="others/Files", publisher="others").save()
    artifact(name="Projector", slug="projector", kind_of_file="projector", quant=None).save()
