"""Prices, popularity and scores: each held against others of its kind."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from statistics import median

from django.utils import timezone

from catalog.doubts.dates import seen_before, seen_too_late
from catalog.doubts.doubt import Doubt, figure
from catalog.doubts.near_names import misspelt
from catalog.doubts.others import Others, but
from catalog.models import BoardScore, Gpu, LanguageModel, Pick, Popularity, Price

# How many times another price of the same kind a price may be, or that of machines like its own. Of the 297 that were
# loaded none is more than 4.5 times off; a zero too many is ten times.
TIMES_OFF = 5
# The ends of a range, against its middle; the widest that was loaded is 1.6.
WIDEST = 2
# Machines with as much memory that came out within so many years of each other cost about as much.
YEARS_APART = 3
# A month's downloads, and pulls, against those of the catalog's most taken model.
TIMES_THE_MOST = 3
# A board's scores lie within its lowest and highest, and half of what lies between on either side.
BEYOND = 0.5
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# In names that boards and libraries give a model: number formats, a maker's name, days and years.
NO_VERSION = re.compile(r"bf16|(?:nv|mx)?fp\d+|c4ai|(?<!\d)\d{4,}")


def of_price(row: Price, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a price."""
    yield from _named_after(row, row.gpu.name)
    yield from seen_too_late("seen_in", row.seen_in)
    yield from seen_before("seen_in", row.seen_in, row.gpu.release_date, "its machine")
    yield from _far_price(row, others)
    yield from _far_ends(row)
    yield from misspelt("seller", row.seller, others.names("prices", "seller", row))


def _far_price(row: Price, others: Others) -> Iterator[Doubt]:
    """Against prices of the very machine, or without one of machines like it."""
    prices = but(others.prices, row, lambda other: other.currency == row.currency)
    alike = [other for other in prices if other.kind_of_price == row.kind_of_price]
    own = [float(other.amount) for other in alike if other.gpu_id == row.gpu_id]
    near = own or [float(other.amount) for other in alike if _is_like(other.gpu, row.gpu)]
    if near and not median(near) / TIMES_OFF <= float(row.amount) <= median(near) * TIMES_OFF:
        whose = f"the {row.gpu}" if own else "machines of its time with as much memory"
        says = (
            f"{figure(row.amount)} {row.currency} is more than {TIMES_OFF} times off other prices of {whose} of this "
        )
        yield Doubt("far_price", "amount", f"{says}kind: {figure(median(near))} in the middle.")


def _far_ends(row: Price) -> Iterator[Doubt]:
    """The ends of a range lie near its middle."""
    for field, end in (("lowest", row.lowest), ("highest", row.highest)):
        if end and not row.amount / WIDEST <= end <= row.amount * WIDEST:
            says = f"{figure(end)} is more than {WIDEST} times off the price, {figure(row.amount)}. Compare the two."
            yield Doubt("far_end", field, says)


def _is_like(gpu: Gpu, other: Gpu) -> bool:
    """As much memory, and of about the same time."""
    dates = (gpu.release_date, other.release_date)
    if gpu.memory_gb != other.memory_gb or not all(dates):
        return False
    return abs(gpu.release_date.year - other.release_date.year) <= YEARS_APART


def _named_after(row: Popularity | BoardScore | Price | Pick, name: str) -> Iterator[Doubt]:
    """The name of a record has every number of the model, machine or class that it is of."""
    lacking = [number for number in NUMBER.findall(name) if number not in NUMBER.findall(row.name)]
    if lacking:
        says = f"The name does not have the {lacking[0]} of {name}. Compare the two."
        yield Doubt("named_otherwise", "name", says)


def _another_number(field: str, text: str, others: Iterable[str]) -> Iterator[Doubt]:
    """A text that no other record has, while others differ from it in their numbers alone: a version, or a slip."""
    uses = Counter(other for other in others if other)
    like = [other for other in uses if NUMBER.sub("", other) == NUMBER.sub("", text)]
    if text and text not in uses and like:
        usual = max(like, key=lambda other: (uses[other], other))
        says = f"“{text}” is new here; others have “{usual}”. Is it another version, or a slip?"
        yield Doubt("new_version", field, says)


def of_popularity(row: Popularity, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about the popularity of a model."""
    yield from _named_after(row, row.model.name)
    yield from _family(row)
    for field in ("downloads_seen_in", "likes_seen_in", "pulls_seen_in"):
        yield from seen_too_late(field, getattr(row, field))
        yield from seen_before(field, getattr(row, field), row.model.release_date, "its model")
    yield from _far_counts(row, others)
    for count, source in (("downloads", "downloads_source"), ("likes", "likes_source"), ("pulls", "pulls_source")):
        if getattr(row, count) and not getattr(row, source):
            yield Doubt("no_source", source, "This count has no source. Write where it was read.")


def _family(row: Popularity) -> Iterator[Doubt]:
    """The family whose pulls are counted has no number that its model has not."""
    if strange := _strange_number(row.pulls_family, row.model):
        says = f"{row.pulls_family} is a family of {strange}, and the model is {row.model.name}. Compare the two."
        yield Doubt("another_family", "pulls_family", says)


def _strange_number(text: str, model: LanguageModel) -> str:
    """The first number in another's name of a model that is in none of its own, nor before a point there; or ""."""
    names = f"{model.name} {model.full_name} {model.family} {model.hugging_face_id}"
    own = {part for number in NUMBER.findall(names.replace("_", ".")) for part in (number, number.partition(".")[0])}
    others = NUMBER.findall(NO_VERSION.sub("", text.lower().replace("_", ".")))
    return next((number for number in others if number not in own), "")


def _far_counts(row: Popularity, others: Others) -> Iterator[Doubt]:
    for field in ("downloads", "likes", "pulls", "pulls_90_days"):
        counts = [count for other in but(others.popularity, row) if (count := getattr(other, field))]
        count = getattr(row, field)
        if counts and count and count > TIMES_THE_MOST * max(counts):
            says = f"{count:,} is more than {TIMES_THE_MOST} times the most that any other model has, {max(counts):,}."
            yield Doubt("far_count", field, says)


def of_score(row: BoardScore, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a score."""
    yield from _named_after(row, row.model.name)
    yield from seen_too_late("seen_in", row.seen_in)
    yield from seen_before("seen_in", row.seen_in, row.model.release_date, "its model")
    for field in ("board", "data_licence"):
        texts = [getattr(other, field) for other in but(others.board_scores, row)]
        yield from misspelt(field, getattr(row, field), others.names("board_scores", field, row))
        yield from _another_number(field, getattr(row, field), texts)
    if strange := _strange_number(row.entry, row.model):
        says = f"The board's “{row.entry}” has a {strange}, and the model is {row.model.name}. Compare the two."
        yield Doubt("another_entry", "entry", says)
    yield from _far_score(row, others)


def _far_score(row: BoardScore, others: Others) -> Iterator[Doubt]:
    scores = [float(other.score) for other in but(others.board_scores, row) if other.board == row.board]
    if len(scores) > 1:
        beyond = BEYOND * (max(scores) - min(scores))
        if not min(scores) - beyond <= float(row.score) <= max(scores) + beyond:
            says = f"{figure(row.score)} is far from this board's scores of other models, {figure(min(scores))} "
            yield Doubt("far_score", "score", f"{says}to {figure(max(scores))}.")


def of_pick(row: Pick, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a pick."""
    yield from _named_after(row, f"{row.memory_class} GB")
    if row.picked_on > timezone.localdate() + timedelta(days=1):
        yield Doubt("date_to_come", "picked_on", f"{row.picked_on} is still to come. Check the date.")
    if not row.model.common:
        says = f"{row.model} is not marked as common. Picks are models that people run: pick another, or mark it."
        yield Doubt("pick_not_common", "model", says)
