"""The lists of the editors' desk: searched, filtered, drafts too."""

import pytest

from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
)
from tests.catalog.desk import Desk

pytestmark = pytest.mark.django_db

MEASURED = "rtx-3090-llama-3-8b-q4-k-m-llama-cpp-tg4096"
TG4096_OF_SEVERAL = [f"rtx-3090-x{n}-llama-3-8b-q4-k-m-llama-cpp-tg4096" for n in (2, 4, 6)]
ARC = ["arc-b580-new-2026-03", "arc-b580-new-2026-03-31", "arc-b580-new-2026-05-08"]
TG512 = "rtx-4080-llama-3-8b-q4-k-m-llama-cpp-tg512"


@pytest.mark.parametrize(
    ("model", "query", "slugs"),
    [
        (Gpu, {"q": "nvidia l4", "status__exact": "published"}, ["l4", "l40", "l40s"]),
        (Gpu, {"q": "RTX-4090"}, ["rtx-4090", *(f"rtx-4090-{kind}" for kind in ("48", "d", "d-48", "laptop"))]),
        (
            Gpu,
            {"status__exact": "draft", "segment__exact": "datacenter"},
            ["gh200-144", "rtx-pro-4500-blackwell-server"],
        ),
        (Gpu, {"vendor__exact": "Intel", "common__exact": "1"}, ["arc-a770-16", "arc-b580"]),
        (Gpu, {"segment__exact": "apple", "unified_memory__exact": "0"}, []),
        (Gpu, {"speed_class__exact": "nvidia-hbm", "q": "a30"}, ["a30"]),
        (LanguageModel, {"q": "qwen/qwen2.5-72b-instruct"}, ["qwen2-5-72b"]),
        (LanguageModel, {"family__exact": "DBRX", "mixture_of_experts__exact": "1"}, ["dbrx-132b"]),
        (LanguageModel, {"vendor__exact": "Arcee AI", "commercial_use__exact": "yes", "q": "afm"}, ["afm-4-5b"]),
        (LanguageModel, {"status__exact": "draft"}, ["deepseek-v4-1-flash"]),
        (Artifact, {"q": "mixtral 5", "publisher__exact": "bartowski"}, ["mixtral-8x22b-q5-k-m"]),
        (Artifact, {"q": "llama 3.2 1b F16", "publisher__exact": "bartowski"}, ["llama-3-2-1b-fp16"]),
        (Repository, {"q": "qwen3:8b", "kind_of_files__exact": "ollama"}, ["ollama-qwen3-8b"]),
        (Popularity, {"q": "apertus v1.5 70b"}, ["apertus-v1-5-70b"]),
        (BoardScore, {"q": "gemma 3 27b", "board__exact": "Arena text"}, ["gemma-3-27b-arena-text"]),
        (BoardScore, {"q": "Arena", "shown__exact": "0"}, []),
        (Price, {"q": "arc b580", "kind_of_price__exact": "street"}, ARC),
        (Price, {"whole_machine__exact": "1", "kind_of_price__exact": "rent"}, []),
        (Benchmark, {"q": "rtx 3090 llama 3 8b q4_k_m tg4096"}, [MEASURED, *TG4096_OF_SEVERAL]),
        (Benchmark, {"build__exact": "2023-24", "for_calibration__exact": "1", "q": "rtx 4080 Q4_K_M"}, [TG512]),
        (Quant, {"q": "Q4_K_M", "status__exact": "published"}, ["q4-k-m"]),
        (Quant, {"shown__exact": "always", "worth_recommending__exact": "0"}, ["fp16", "q8-0"]),
        (Quant, {"shown__exact": "lower"}, ["iq2-m", "iq2-xxs", "iq3-s", "iq3-xxs"]),
    ],
)
def test_a_list_is_searched_and_filtered(
    desk: Desk, model: type[CatalogRecord], query: dict[str, str], slugs: list[str]
) -> None:
    assert sorted(desk.listing(model, **query)) == slugs


def test_quantizations_are_listed_best_quality_first(desk: Desk) -> None:
    assert desk.listing(Quant, shown__exact="always") == ["fp16", "q8-0", "q6-k", "q5-k-m", "q4-k-m", "q3-k-m"]


@pytest.mark.parametrize(
    ("model", "count"),
    [
        *[(Gpu, 445), (LanguageModel, 428), (Quant, 25), (Artifact, 681), (Repository, 853), (Benchmark, 1683)],
        *[(Popularity, 424), (BoardScore, 502), (Price, 297), (Pick, 49)],
    ],
)
def test_a_list_holds_all_records_drafts_too(desk: Desk, model: type[CatalogRecord], count: int) -> None:
    assert len(desk.listing(model)) == count
