"""Rows to hold a row against: a small catalog, made up and without a database."""

import datetime
from typing import Any

from catalog import published
from catalog.doubts import Others
from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
)
from tests.catalog import rows

SPEC: dict[str, Any] = {
    "chip_architecture": "Ada Lovelace",
    "speed_class": "nvidia-gddr",
    "memory_type": "GDDR6X",
    "bus_bits": 384,
    "memory_rate_gbps": "21",
    "usable_share": "0.95",
    "reported_memory_mib": 24_080,
    "reported_by": "cuda",
    "reported_source": rows.SOURCE,
    "fp32_tflops": "82.6",
    "fp16_tensor_tflops": "330.4",
    "compute_capability": "8.9",
    "power_w": 450,
    "launch_price_usd": "1599",
    "launch_price_source": rows.SOURCE,
}
# What there is of a catalog beside a row.
LISTS = (
    *("gpus", "models", "quants", "files", "repositories", "benchmarks"),
    *("popularity", "board_scores", "prices"),
)


def card(**overrides: Any) -> Gpu:
    """A card whose figures agree: 384 bits x 21 Gbit/s / 8 are 1,008 GB/s."""
    return _read(rows.gpu(**{**SPEC, **overrides}))


def _read(row: Gpu) -> Gpu:
    """The row as a form reads it: figures are decimals."""
    for column in row._meta.concrete_fields:
        setattr(row, column.attname, column.to_python(getattr(row, column.attname)))
    return row


def model(**overrides: Any) -> LanguageModel:
    """A model whose parameters are those of its tensors."""
    figures = {"pk": 1, "parameters": 8_114_688, "native_context": 8192, "name": "Test 3.5 8M", "family": "Test 3.5"}
    return rows.language_model(**{**figures, **overrides})


def level(**overrides: Any) -> Quant:
    figures = {"name": "Q4_K_M", "slug": "q4-k-m", "mix": "Q4_K_M", "order": 50, "bytes_per_weight": "0.56"}
    return rows.quant(**{**figures, **overrides})


def file(of: LanguageModel, at: Quant | None, **overrides: Any) -> Artifact:
    """A published file of Q8_0's size by the tensors, or of what is asked for."""
    named = {"name": f"{of.name} Q4_K_M", "slug": "file", "repository": "tests/Test-3.5-8M-GGUF", "publisher": "tests"}
    figures = {"label": "Q4_K_M", "size_bytes": 5_000_000, "file_name": "Test-3.5-8M-Q4_K_M.gguf", "status": "draft"}
    return Artifact(model=of, quant=at, sources=rows.SOURCE, **{**named, **figures, **overrides})


def repository(of: LanguageModel, **overrides: Any) -> Repository:
    named = {"name": "tests/Test-3.5-8M-GGUF", "slug": "repository", "publisher": "tests", "labels": "Q4_K_M"}
    return Repository(model=of, sources=rows.SOURCE, **{**named, **overrides})


def popularity(of: LanguageModel, **overrides: Any) -> Popularity:
    named = {"name": of.name, "slug": "popularity"}
    return Popularity(model=of, sources=rows.SOURCE, **{**named, **overrides})


def score(of: LanguageModel, **overrides: Any) -> BoardScore:
    named = {"name": f"{of.name}, Board v1", "slug": "score", "board": "Board v1", "score": "40"}
    return BoardScore(model=of, sources=rows.SOURCE, **{**named, **overrides})


def price(of: Gpu, **overrides: Any) -> Price:
    named = {"name": f"{of.name}, new", "slug": "price", "kind_of_price": "street", "amount": "1000"}
    return Price(gpu=of, sources=rows.SOURCE, **{**named, **overrides})


def pick(of: LanguageModel, **overrides: Any) -> Pick:
    facts = {"use": "code", "memory_class": 24, "reason": "Testers say so.", "picked_on": datetime.date(2026, 1, 5)}
    return Pick(model=of, sources=rows.SOURCE, **{"name": "24 GB, code", "slug": "pick", **facts, **overrides})


def measurement(**overrides: Any) -> Benchmark:
    labels = {"gpu_label": "RTX 24", "model_label": "Odd", "quant_label": "odd"}
    facts = {"decode_tokens_s": 90, "runtime": "llama.cpp", "backend": "CUDA", "name": "M", "slug": "m"}
    return Benchmark(sources=rows.SOURCE, **{**labels, **facts, **overrides})


def others(**lists: Any) -> Others:
    """Nothing but the rows that are named; of models also each with its architecture."""
    catalog = Others()
    empty: dict[str, Any] = {name: [] for name in LISTS}
    whole = {row.pk: published.model(row) for row in lists.get("models", [])}
    for name, chosen in {**empty, "_whole_models": whole, **lists}.items():
        setattr(catalog, name, chosen)
    return catalog


def checks(asked: Any) -> list[str]:
    """The names of what is asked."""
    return [doubt.check for doubt in asked]
