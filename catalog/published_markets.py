"""What the public sees of popularity, scores, prices and picks."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from catalog.models import BoardScore, Pick, Popularity, Price
from catalog.models.querysets import by_slug
from catalog.published import Published, PublishedRecord, copy_of

Slugs = Mapping[int | None, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedPopularity(PublishedRecord):
    """How many people take a model; counts are None where not known, dates "" or as far as known."""

    downloads: int | None
    downloads_seen_in: str
    downloads_source: str
    likes: int | None
    likes_seen_in: str
    likes_source: str
    pulls: int | None
    pulls_90_days: int | None
    pulls_family: str
    pulls_seen_in: str
    pulls_source: str


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedScore(PublishedRecord):
    """What a board gives a model. `shown`: whether readers may see it; our estimate of strength asks all."""

    board: str
    score: Decimal
    entry: str
    seen_in: str
    data_licence: str
    estimated: bool
    shown: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedPrice(PublishedRecord):
    """A price of one machine, or of an hour of it; `lowest` and `highest` are None where the source gives no range."""

    slug: str
    kind_of_price: str
    amount: Decimal
    lowest: Decimal | None
    highest: Decimal | None
    currency: str
    seen_in: str
    seller: str
    whole_machine: bool
    remark: str


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedPick(PublishedRecord):
    """What editors would run for a use on a machine of a memory class, in GB; `model` is the slug of a public one."""

    slug: str
    use: str
    use_name: str
    memory_class: int
    with_ram: bool
    model: str
    reason: str
    picked_on: datetime.date


def popularity_by_model(rows: Iterable[Popularity], models: Slugs) -> Mapping[str, PublishedPopularity]:
    """By the slug of the model; of several the one counted last, by its downloads and then its pulls."""
    in_time = sorted(by_slug(rows), key=lambda row: (row.downloads_seen_in, row.pulls_seen_in))
    records = {models[row.model_id]: copy_of(PublishedPopularity, row) for row in in_time if models[row.model_id]}
    return MappingProxyType(records)


def scores_by_model(rows: Iterable[BoardScore], models: Slugs) -> Mapping[str, tuple[PublishedScore, ...]]:
    """By the slug of the model, in order of their slugs."""
    return _grouped((models[row.model_id], copy_of(PublishedScore, row)) for row in by_slug(rows))


def prices_by_gpu(rows: Iterable[Price], gpus: Slugs) -> Mapping[str, tuple[PublishedPrice, ...]]:
    """By the slug of the GPU, the latest first; of one date in order of their slugs."""
    latest_first = sorted(by_slug(rows), key=lambda row: row.seen_in, reverse=True)
    return _grouped((gpus[row.gpu_id], copy_of(PublishedPrice, row)) for row in latest_first)


def picks(rows: Iterable[Pick], models: Slugs) -> tuple[PublishedPick, ...]:
    """Of public models, by memory class and use."""
    order = {use: place for place, use in enumerate(Pick.Use.values)}
    in_order = sorted(by_slug(rows), key=lambda row: (row.memory_class, row.with_ram, order.get(row.use, len(order))))
    return tuple(
        copy_of(PublishedPick, row, model=models[row.model_id], use_name=row.get_use_display())
        for row in in_order
        if models[row.model_id]
    )


def _grouped(records: Iterable[tuple[str, Published]]) -> Mapping[str, tuple[Published, ...]]:
    """By slug, without those of records that are not public."""
    by_owner: dict[str, list[Published]] = {}
    for slug, record in records:
        if slug:
            by_owner.setdefault(slug, []).append(record)
    return MappingProxyType({slug: tuple(of_owner) for slug, of_owner in by_owner.items()})
