"""Rows with sensible figures, to be overridden by what a test is about; unsaved unless it says otherwise."""

import datetime
from typing import Any, TypeVar

import pytest
from django.core.exceptions import ValidationError

from catalog.models import (
    RECORD_MODELS,
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    CatalogRevision,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
    RetiredSlug,
)

SOURCE = "https://example.org/datasheet"
DENSE_LAYER = {
    "n": 2,
    "mixers": [{"type": "gqa", "heads": 8, "kv_heads": 2, "head_dim": 64}],
    "ffn": {"type": "glu", "size": 2048},
}
ARCHITECTURE = {"vocab_size": 1000, "hidden_size": 512, "tie_embeddings": True, "blocks": [DENSE_LAYER]}

Row = TypeVar("Row", bound=CatalogRecord)


def gpu(**overrides: Any) -> Gpu:
    """A complete published card that the starting catalog does not have."""
    figures = {"vendor": "NVIDIA", "segment": "consumer", "memory_gb": 24, "bandwidth_gb_s": 1008}
    return Gpu(**{**_record("Test Card", "test-card"), **figures, "full_name": "A Test Card", **overrides})


def language_model(**overrides: Any) -> LanguageModel:
    """A complete published dense model that the starting catalog does not have."""
    facts = {"vendor": "Testers", "family": "Test", "parameters": 8_030_000_000, "architecture": ARCHITECTURE}
    return LanguageModel(**{**_record("Test Model", "test-model"), **facts, "full_name": "A Test Model", **overrides})


def quant(**overrides: Any) -> Quant:
    """A complete published quantization, below those of the starting catalog."""
    facts = {"bytes_per_weight": "0.3", "quality": "Heavy loss.", "order": 97}
    return Quant(**{**_record("Q1_K", "q1-k"), **facts, **overrides})


def artifact(**overrides: Any) -> Artifact:
    """A published file of a model and quantization that have none in the starting catalog."""
    named = {
        "model": overrides.get("model") or LanguageModel.objects.get(slug="qwen2-5-72b"),
        "quant": overrides.get("quant") or Quant.objects.get(slug="q4-k-m"),
    }
    facts = {
        "label": "Q4_K_M",
        "repository": "tests/Test-GGUF",
        "publisher": "tests",
        "size_bytes": 47_415_715_104,
    }
    return Artifact(**{**_record("Test File", "test-file"), **named, **facts, **overrides})


def repository(**overrides: Any) -> Repository:
    """A repository of a model, with files for llama.cpp."""
    facts = {"model": LanguageModel.objects.get(slug="qwen2-5-72b"), "publisher": "tests", "labels": "Q4_K_M Q8_0"}
    return Repository(**{**_record("tests/Test-GGUF", "tests-test-gguf"), **facts, **overrides})


def benchmark(**overrides: Any) -> Benchmark:
    """A published measurement of a card, a model and a quantization of the starting catalog."""
    labels = {"gpu_label": "L4 24GB", "model_label": "Qwen2.5 72B", "quant_label": "Q4_K_M"}
    named = {
        "gpu": Gpu.objects.get(slug="l4"),
        "model": LanguageModel.objects.get(slug="qwen2-5-72b"),
        "quant": Quant.objects.get(slug="q4-k-m"),
    }
    facts = {"decode_tokens_s": "5.5", "runtime": "llama.cpp", "trust": "high: llama-bench"}
    return Benchmark(**{**_record("Test Measurement", "test-measurement"), **labels, **named, **facts, **overrides})


def popularity(**overrides: Any) -> Popularity:
    """Counts of a model of the starting catalog, which may have others."""
    counts = {"downloads": 120_000, "downloads_seen_in": "2026-09-05", "downloads_source": SOURCE}
    return Popularity(**{**_record("Test Popularity", "test-popularity"), **_of_model(), **counts, **overrides})


def board_score(**overrides: Any) -> BoardScore:
    """The score of a model of the starting catalog on a board that the catalog does not have."""
    facts = {"board": "Test Board v1", "score": "41.5", "seen_in": "2026-09", "data_licence": "CC BY 4.0"}
    return BoardScore(**{**_record("Test Score", "test-score"), **_of_model(), **facts, **overrides})


def price(**overrides: Any) -> Price:
    """A price of a card of the starting catalog, in shops."""
    facts = {"gpu": Gpu.objects.get(slug="l4"), "kind_of_price": "street", "amount": "2500", "seen_in": "2026-09"}
    return Price(**{**_record("Test Price", "test-price"), **facts, "seller": "Testers", **overrides})


def pick(**overrides: Any) -> Pick:
    """What to run for pictures on 128 GB and RAM beside them, which has no pick in the starting catalog."""
    asked = {"use": "vision", "memory_class": 128, "with_ram": True, "picked_on": datetime.date(2026, 9, 5)}
    reason = {"reason": "Testers say so."}
    return Pick(**{**_record("Test Pick 128", "test-pick"), **_of_model(), **asked, **reason, **overrides})


def change(model: type[Row], slug: str, /, **values: Any) -> Row:
    """Change a row of the catalog as an editor does: one record, saved."""
    row = model.objects.get(slug=slug)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def refusals(row: CatalogRecord) -> dict[str, list[str]]:
    """The sentences with which a form refuses the row, by field."""
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    return caught.value.message_dict


def everything() -> list[dict[str, Any]]:
    """Every column of every row, the times of its changes and the catalog's revision too."""
    rows = [list(model.objects.order_by("pk").values()) for model in (*RECORD_MODELS, RetiredSlug, CatalogRevision)]
    return [row for table in rows for row in table]


def _of_model() -> dict[str, Any]:
    return {"model": LanguageModel.objects.get(slug="qwen2-5-72b")}


def _record(name: str, slug: str) -> dict[str, str]:
    return {"name": name, "slug": slug, "status": "published", "sources": SOURCE}
