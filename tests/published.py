"""Published records with sensible figures, made without a database, to be overridden by what a test is about."""

import datetime
from decimal import Decimal
from typing import Any

from catalog.snapshot import PublishedBenchmark, PublishedFile, PublishedGpu, PublishedModel, PublishedQuant
from fit.architecture import Architecture
from fit.architecture_document import read as read_architecture
from fit.specs import GpuSpec, ModelSpec, QuantSpec

CHANGED_AT = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
SOURCES = ("https://www.example.org/datasheet (page 2)", "A printed manual")
SEGMENTS = {
    "consumer": "Consumer",
    "workstation": "Workstation",
    "datacenter": "Data center",
    "laptop": "Laptop",
    "apu": "System on a chip",
    "apple": "Apple",
}
SPEC_OF_GPU = {"speed_class": "nvidia-gddr", "chip_architecture": "Ada Lovelace", "vendor": "NVIDIA"}


def dense(*, layers: int, width: int, heads: int, feed_forward: int) -> Architecture:
    """A plain dense model whose heads of 128 share 8 pairs of keys and values."""
    mixer = {"type": "gqa", "heads": heads, "kv_heads": 8, "head_dim": 128}
    block = {
        "n": layers,
        "mixers": [mixer],
        "ffn": {"type": "glu", "size": feed_forward},
        "norm_params": 2 * width,
    }
    return _architecture(width, block)


def narrow_heads() -> Architecture:
    """32 layers whose heads of 80 make no whole blocks of a quantized cache."""
    mixer = {"type": "gqa", "heads": 32, "kv_heads": 32, "head_dim": 80}
    block = {"n": 32, "mixers": [mixer], "ffn": {"type": "glu", "size": 10240}, "norm_params": 5120}
    return _architecture(2560, block)


def mixture_of_experts() -> Architecture:
    """48 layers of 128 experts, of which a token uses eight."""
    mixer = {"type": "gqa", "heads": 32, "kv_heads": 4, "head_dim": 128}
    experts = {"type": "moe", "experts": 128, "active": 8, "size": 768}
    return _architecture(2048, {"n": 48, "mixers": [mixer], "ffn": experts, "norm_params": 4096})


def _architecture(width: int, block: dict[str, Any]) -> Architecture:
    whole = {"vocab_size": 128256, "hidden_size": width, "tie_embeddings": False, "final_norm_params": width}
    return read_architecture({**whole, "blocks": [block]})


def published_gpu(name: str, memory_gb: int, bandwidth_gb_s: int, **overrides: Any) -> PublishedGpu:
    """A common consumer card of NVIDIA's; overrides of its spec and of what is said of it alike."""
    slug = name.lower().replace(" ", "-")
    numbers = {"nameplate_gb": Decimal(memory_gb), "bandwidth_gb_s": Decimal(bandwidth_gb_s)}
    of_spec = {key: value for key, value in overrides.items() if key in GpuSpec.__dataclass_fields__}
    spec = GpuSpec(slug=slug, **{**SPEC_OF_GPU, **numbers, **of_spec})
    facts = {
        "slug": slug,
        "name": name,
        "full_name": f"{spec.vendor} {name}",
        "also_called": "",
        "vendor": spec.vendor,
        "segment": "consumer",
        "common": True,
        "class_example": False,
        "gpus_per_board": 1,
        "memory_type": "GDDR6X",
        "power_w": 300,
        "release_date": datetime.date(2023, 5, 9),
        "launch_price_usd": Decimal(999),
        "notes": "",
        "sources": SOURCES,
        "updated_at": CHANGED_AT,
        **{key: value for key, value in overrides.items() if key in PublishedGpu.__dataclass_fields__},
    }
    return PublishedGpu(spec=spec, segment_name=SEGMENTS[facts["segment"]], **facts)


def published_model(name: str, parameters: int, architecture: Architecture | None, **overrides: Any) -> PublishedModel:
    """A dense model of 128K context under Apache 2.0; overrides of its spec and of what is said of it alike."""
    slug, family = name.lower().replace(" ", "-"), name.partition(" ")[0]
    contexts = {"native_context": 131072, "extended_context": None}
    of_spec = {key: value for key, value in overrides.items() if key in ModelSpec.__dataclass_fields__}
    spec = ModelSpec(slug=slug, parameters=parameters, architecture=architecture, **{**contexts, **of_spec})
    facts = {
        "slug": slug,
        "name": name,
        "full_name": f"{name} Instruct",
        "also_called": "",
        "vendor": "Testers",
        "family": family,
        "architecture_digest": slug if architecture else "",
        "native_context": spec.native_context,
        "extended_context": spec.extended_context,
        "file_context": None,
        "tower_parameters": None,
        "modalities": "text",
        "licence": "Apache 2.0",
        "commercial_use": "yes",
        "release_date": datetime.date(2024, 7, 23),
        "hugging_face_id": f"testers/{slug}",
        "uses": ("chat",),
        "common": True,
        "common_reason": "",
        "successor": "",
        "notes": "",
        "sources": SOURCES,
        "updated_at": CHANGED_AT,
        **{key: value for key, value in overrides.items() if key in PublishedModel.__dataclass_fields__},
    }
    return PublishedModel(spec=spec, **facts)


def published_quant(name: str, bytes_per_weight: str, worth: bool, divergence: str) -> PublishedQuant:
    short = name.partition(" (")[0]
    slug = short.lower().replace("_", "-")
    mix = "F16" if short == "FP16" else short
    return PublishedQuant(
        spec=QuantSpec(slug=slug, bytes_per_weight=Decimal(bytes_per_weight), worth_recommending=worth, mix=mix),
        slug=slug,
        name=name,
        needs_imatrix=False,
        quality=f"The loss of {short}.",
        perplexity=6 + Decimal(divergence),
        perplexity_rise=Decimal(divergence),
        kl_divergence=Decimal(divergence),
        quality_basis="A small model",
        quality_source="https://example.org/quality",
        sources=SOURCES,
    )


def published_file(**overrides: Any) -> PublishedFile:
    """A published file at Q4_K_M, of which the exact size and nothing else is known."""
    facts = {
        "slug": "small-8b-q4-k-m",
        "kind_of_file": "gguf",
        "kind_name": "GGUF",
        "label": "Q4_K_M",
        "level": "q4-k-m",
        "repository": "testers/Small-8B-GGUF",
        "file_name": "",
        "publisher": "testers",
        "size_bytes": 4_920_734_272,
        "rounding_bytes": None,
        "token_list_bytes": None,
        "draft_bytes": None,
        "seen_in": "",
        "preferred": False,
        "sources": SOURCES,
        "updated_at": CHANGED_AT,
    }
    return PublishedFile(**{**facts, **overrides})


def published_benchmark(slug: str, model: str, gpu: str, tokens_s: str, /, **overrides: Any) -> PublishedBenchmark:
    """llama-bench of today at Q4_K_M on one card, trusted by the calibration."""
    facts = {
        "slug": slug,
        "name": slug,
        "gpu": gpu,
        "gpu_label": gpu,
        "gpu_count": 1,
        "split": "",
        "bandwidth_gb_s": None,
        "speed_class": "",
        "power_limit_w": None,
        "ram_kind": "",
        "ram_channels": None,
        "ram_gb_s": None,
        "ram_label": "",
        "model": model,
        "model_label": model,
        "quant": "q4-k-m",
        "quant_label": "Q4_K_M",
        "parameters": None,
        "active_parameters": None,
        "mixture_of_experts": False,
        "weights_bytes": None,
        "active_weights_bytes": None,
        "weights_basis": "",
        "decode_tokens_s": Decimal(tokens_s),
        "test": "tg128",
        "context_tokens": 64,
        "depth_tokens": None,
        "cache_keys": "",
        "cache_values": "",
        "prefill_tokens_s": None,
        "prefill_test": "",
        "prefill_tokens": None,
        "runtime": "llama.cpp",
        "backend": "CUDA",
        "build": "2025+",
        "build_number": "",
        "measured_in": "2025-06",
        "offload": "",
        "runs": None,
        "trust": "high: llama-bench",
        "hidden_because": "",
        "for_calibration": True,
        "sources": ("https://github.com/testers/results table.md",),
        "updated_at": CHANGED_AT,
    }
    return PublishedBenchmark(**{**facts, **overrides})
