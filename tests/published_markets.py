"""Prices, scores and counts as a snapshot has them, made without a database."""

import datetime
from decimal import Decimal
from typing import Any

from catalog.snapshot import PublishedPick, PublishedPopularity, PublishedPrice, PublishedScore
from tests.published import SOURCES


def published_price(amount: str, **overrides: Any) -> PublishedPrice:
    facts = {"slug": f"price-{amount}", "kind_of_price": "street", "amount": Decimal(amount), "currency": "USD"}
    unknown = {"lowest": None, "highest": None, "seen_in": "", "seller": "", "whole_machine": False, "remark": ""}
    return PublishedPrice(**{"sources": SOURCES, **facts, **unknown, **overrides})


def published_score(board: str, score: str, **overrides: Any) -> PublishedScore:
    facts = {"board": board, "score": Decimal(score), "entry": "", "seen_in": "", "data_licence": ""}
    return PublishedScore(**{"sources": SOURCES, **facts, "estimated": False, "shown": True, **overrides})


def published_popularity(**overrides: Any) -> PublishedPopularity:
    counts = dict.fromkeys(("downloads", "likes", "pulls", "pulls_90_days"))
    texts = ("downloads_seen_in", "downloads_source", "likes_seen_in", "likes_source")
    of_pulls = ("pulls_family", "pulls_seen_in", "pulls_source")
    return PublishedPopularity(**{"sources": SOURCES, **counts, **dict.fromkeys((*texts, *of_pulls), ""), **overrides})


def published_pick(model: str, **overrides: Any) -> PublishedPick:
    facts = {"slug": f"pick-{model}", "use": "code", "use_name": "Code", "memory_class": 24, "with_ram": False}
    said = {"reason": "Testers say so.", "picked_on": datetime.date(2026, 8, 21)}
    return PublishedPick(**{"sources": SOURCES, **facts, "model": model, **said, **overrides})
