"""A small catalog with what markets and boards say: prices, scores, counts, and a machine of every kind."""

from decimal import Decimal
from types import MappingProxyType
from typing import Any

from catalog.published_markets import PublishedPopularity, PublishedPrice, PublishedScore
from catalog.snapshot import PublishedGpu, Snapshot
from tests.published import SOURCES, published_gpu
from tests.small_catalog import five_gpus, snapshot_of


def published_price(amount: str, kind: str = "used", **overrides: Any) -> PublishedPrice:
    """A price of a part in US dollars, seen in August 2026."""
    facts: dict[str, Any] = {
        "slug": f"{kind}-{amount}",
        "kind_of_price": kind,
        "amount": Decimal(amount),
        "lowest": None,
        "highest": None,
        "currency": "USD",
        "seen_in": "2026-08",
        "seller": "",
        "whole_machine": False,
        "remark": "",
        "sources": SOURCES,
    }
    return PublishedPrice(**{**facts, **overrides})


def published_score(board: str, score: str, **overrides: Any) -> PublishedScore:
    facts: dict[str, Any] = {
        "board": board,
        "score": Decimal(score),
        "entry": "",
        "seen_in": "2026-08-21",
        "data_licence": "CC BY 4.0",
        "estimated": False,
        "shown": True,
        "sources": SOURCES,
    }
    return PublishedScore(**{**facts, **overrides})


def published_popularity(**overrides: Any) -> PublishedPopularity:
    facts: dict[str, Any] = {
        "downloads": 3854978,
        "downloads_seen_in": "2026-10-05",
        "downloads_source": "A list of downloads",
        "likes": None,
        "likes_seen_in": "",
        "likes_source": "",
        "pulls": None,
        "pulls_90_days": None,
        "pulls_family": "",
        "pulls_seen_in": "",
        "pulls_source": "",
        "sources": SOURCES,
    }
    return PublishedPopularity(**{**facts, **overrides})


def box(**overrides: Any) -> PublishedGpu:
    """A small computer of 128 GB in one pool."""
    facts: dict[str, Any] = {
        "memory_gb": 128,
        "bandwidth_gb_s": 273,
        "segment": "apu",
        "speed_class": "nvidia-gb10",
        "unified_memory": True,
        "power_w": 240,
        "launch_price_usd": Decimal(3999),
    }
    return published_gpu("Box 128", **{**facts, **overrides})


def plain_computer(memory_gb: int = 32, **overrides: Any) -> PublishedGpu:
    """A computer without a GPU, which nobody calls common."""
    facts: dict[str, Any] = {
        "bandwidth_gb_s": 90,
        "vendor": "Other",
        "segment": "apu",
        "speed_class": "cpu",
        "chip_architecture": "x86-64",
        "unified_memory": True,
        "common": False,
        "power_w": None,
        "launch_price_usd": None,
    }
    return published_gpu(f"CPU {memory_gb}", memory_gb, **{**facts, **overrides})


def with_markets(**overrides: Any) -> Snapshot:
    """The five machines of the small catalog, a box and a plain computer; RTX 24 used, H80 by the hour."""
    facts: dict[str, Any] = {
        "gpus": (*five_gpus(), box(), plain_computer()),
        "prices_of": MappingProxyType(
            {"rtx-24": (published_price("800"),), "h80": (published_price("1.5", kind="rent"),)}
        ),
    }
    return snapshot_of(**{**facts, **overrides})
