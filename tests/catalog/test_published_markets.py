"""What the public sees of popularity, scores, prices and picks: by what they are of, in an order of their own."""

import datetime
from collections import defaultdict
from decimal import Decimal
from typing import Any

from catalog.models import BoardScore, Pick, Popularity, Price
from catalog.published_markets import picks, popularity_by_model, prices_by_gpu, scores_by_model

# Of two public owners; any other is not public.
SLUGS = defaultdict[int | None, str](str, {1: "first", 2: "second"})
A = {"sources": "https://example.org/a\n\n A manual "}


def count(slug: str, model: int, **facts: Any) -> Popularity:
    return Popularity(slug=slug, model_id=model, **A, **facts)


def test_of_several_counts_the_one_of_the_latest_downloads_and_then_pulls_speaks() -> None:
    rows = [
        count("c", 1, downloads=3, downloads_seen_in="2026-08"),
        count("b", 1, downloads=2, downloads_seen_in="2026-09-05", pulls_seen_in="2026-07"),
        count("a", 1, downloads=1, downloads_seen_in="2026-09-05"),
        count("d", 2, likes=7),
        count("e", 3, likes=8),
    ]
    published = popularity_by_model(rows, SLUGS)
    assert {slug: (of.downloads, of.likes) for slug, of in published.items()} == {
        "first": (2, None),
        "second": (None, 7),
    }
    assert published["first"].sources == ("https://example.org/a", "A manual")


def test_scores_are_in_order_of_their_slugs_hidden_ones_too() -> None:
    rows = [
        BoardScore(slug=slug, model_id=model, board=board, score=Decimal(score), shown=shown, **A)
        for slug, model, board, score, shown in [
            ("b", 1, "Board", "41.5", True),
            ("a", 1, "Other", "7", False),
            ("c", 3, "Board", "9", True),
        ]
    ]
    published = scores_by_model(rows, SLUGS)
    assert {slug: [(of.board, of.score, of.shown) for of in scores] for slug, scores in published.items()} == {
        "first": [("Other", Decimal(7), False), ("Board", Decimal("41.5"), True)]
    }


def test_prices_are_the_latest_first_and_of_one_date_in_order_of_their_slugs() -> None:
    rows = [
        Price(slug=slug, gpu_id=gpu, kind_of_price="used", amount=Decimal(1), seen_in=seen_in, **A)
        for slug, gpu, seen_in in [
            *(("d", 1, ""), ("c", 1, "2026-08"), ("b", 1, "2026-09-01"), ("a", 1, "2026-08")),
            *(("e", 2, "2025"), ("f", 3, "2026")),
        ]
    ]
    published = prices_by_gpu(rows, SLUGS)
    assert {slug: [price.slug for price in prices] for slug, prices in published.items()} == {
        "first": ["b", "a", "c", "d"],
        "second": ["e"],
    }
    assert published["second"][0].currency == "USD"


def test_picks_are_by_memory_and_use_those_with_ram_last_and_of_public_models_alone() -> None:
    day = datetime.date(2026, 8, 21)
    rows = [
        Pick(slug=slug, model_id=model, memory_class=memory, use=use, with_ram=ram, picked_on=day, **A)
        for slug, model, memory, use, ram in [
            *(("a", 1, 24, "fast", False), ("b", 1, 8, "code", True), ("c", 2, 8, "fast", False)),
            *(("d", 1, 8, "all-round", False), ("e", 3, 8, "vision", False)),
        ]
    ]
    published = picks(rows, SLUGS)
    assert [(pick.slug, pick.model, pick.use_name) for pick in published] == [
        ("d", "first", "All-round"),
        ("c", "second", "Fast"),
        ("b", "first", "Code"),
        ("a", "first", "Fast"),
    ]
