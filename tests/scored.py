"""Scores, popularity and picks of made-up catalogs."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from catalog.snapshot import PublishedPick, PublishedPopularity, PublishedScore
from fitpages.matching.strength import REFERENCE

PICKED_ON = datetime.date(2026, 11, 1)


def scores(**of_models: int) -> Mapping[str, tuple[PublishedScore, ...]]:
    """On the reference board, by slugs with underscores for hyphens."""
    return MappingProxyType({name.replace("_", "-"): (_score(points),) for name, points in of_models.items()})


def _score(points: int) -> PublishedScore:
    return PublishedScore(
        board=REFERENCE,
        score=Decimal(points),
        entry="",
        seen_in="2026-10",
        data_licence="CC BY 4.0",
        estimated=False,
        shown=True,
        sources=("https://www.example.org/board",),
    )


def downloads(**of_models: int) -> Mapping[str, PublishedPopularity]:
    """In 30 days, by slugs with underscores for hyphens."""
    return MappingProxyType({name.replace("_", "-"): _popularity(count) for name, count in of_models.items()})


def _popularity(count: int) -> PublishedPopularity:
    nothing = {"likes": None, "likes_seen_in": "", "likes_source": "", "pulls": None, "pulls_90_days": None}
    return PublishedPopularity(
        downloads=count,
        downloads_seen_in="2026-10",
        downloads_source="",
        pulls_family="",
        pulls_seen_in="",
        pulls_source="",
        sources=(),
        **nothing,
    )


def pick(use: str, memory_class: int, model: str, *, with_ram: bool = False) -> PublishedPick:
    return PublishedPick(
        slug=f"pick-{memory_class}-{use}",
        use=use,
        use_name=use.capitalize(),
        memory_class=memory_class,
        with_ram=with_ram,
        model=model,
        reason="Editors tried it.",
        picked_on=PICKED_ON,
        sources=(),
    )
