"""Prices, popularity and scores: each held against others of its kind."""

from collections.abc import Iterator
from datetime import timedelta
from statistics import median

from django.utils import timezone

from catalog.doubts.dates import seen_before, seen_too_late
from catalog.doubts.doubt import Doubt, figure
from catalog.doubts.near_names import misspelt
from catalog.doubts.others import Others, but
from catalog.models import BoardScore, Pick, Popularity, Price

# How many times another price of the same kind and machine, or of cards with as much memory, a price may be.
TIMES_ITS_OWN, TIMES_OTHERS = 3, 8
# A month's downloads, and pulls, against those of the catalog's most taken model.
TIMES_THE_MOST = 3
# A board's scores lie within its lowest and highest, and half of what lies between on either side.
BEYOND = 0.5


def of_price(row: Price, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a price."""
    yield from seen_too_late("seen_in", row.seen_in)
    yield from seen_before("seen_in", row.seen_in, row.gpu.release_date, "its machine")
    prices = but(others.prices, row, lambda other: other.currency == row.currency)
    alike = [other for other in prices if other.kind_of_price == row.kind_of_price]
    own = [float(other.amount) for other in alike if other.gpu_id == row.gpu_id]
    if own:
        yield from _far_from(row, median(own), TIMES_ITS_OWN, f"other prices of the {row.gpu} of this kind")
    else:
        near = [float(other.amount) for other in alike if other.gpu.memory_gb == row.gpu.memory_gb]
        if near:
            yield from _far_from(row, median(near), TIMES_OTHERS, "other machines with as much memory")
    yield from misspelt("seller", row.seller, [other.seller for other in but(others.prices, row)])


def _far_from(row: Price, usual: float, times: int, whose: str) -> Iterator[Doubt]:
    amount = float(row.amount)
    if not usual / times <= amount <= usual * times:
        says = f"{figure(amount)} {row.currency} is more than {times} times off {whose}: {figure(usual)} in the middle."
        yield Doubt("far_price", "amount", says)


def of_popularity(row: Popularity, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about the popularity of a model."""
    for field in ("downloads_seen_in", "likes_seen_in", "pulls_seen_in"):
        yield from seen_too_late(field, getattr(row, field))
    for field in ("downloads", "likes", "pulls", "pulls_90_days"):
        counts = [count for other in but(others.popularity, row) if (count := getattr(other, field))]
        count = getattr(row, field)
        if counts and count and count > TIMES_THE_MOST * max(counts):
            says = f"{count:,} is more than {TIMES_THE_MOST} times the most that any other model has, {max(counts):,}."
            yield Doubt("far_count", field, says)
    for count, source in (("downloads", "downloads_source"), ("likes", "likes_source"), ("pulls", "pulls_source")):
        if getattr(row, count) and not getattr(row, source):
            yield Doubt("no_source", source, "This count has no source. Write where it was read.")


def of_score(row: BoardScore, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a score."""
    yield from seen_too_late("seen_in", row.seen_in)
    yield from misspelt("board", row.board, [other.board for other in but(others.board_scores, row)])
    scores = [float(other.score) for other in but(others.board_scores, row) if other.board == row.board]
    if len(scores) > 1:
        beyond = BEYOND * (max(scores) - min(scores))
        least, most = min(scores) - beyond, max(scores) + beyond
        if not least <= float(row.score) <= most:
            says = f"{figure(float(row.score))} is far from this board's scores of other models, {figure(min(scores))} "
            yield Doubt("far_score", "score", f"{says}to {figure(max(scores))}.")


def of_pick(row: Pick, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a pick."""
    if row.picked_on > timezone.localdate() + timedelta(days=1):
        yield Doubt("date_to_come", "picked_on", f"{row.picked_on} is still to come. Check the date.")
    if not row.model.common:
        says = f"{row.model} is not marked as common. Picks are models that people run: pick another, or mark it."
        yield Doubt("pick_not_common", "model", says)
