"""Sitemaps: one of pages, one of models, one of GPUs, and files of 5,000 pairs."""

import datetime
from collections.abc import Iterator
from itertools import islice
from xml.sax.saxutils import escape

from django.conf import settings

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from catalog.speed_classes import as_address
from fitpages import addresses
from fitpages.matching.comparison import speed_comparison
from fitpages.matching.indexing import indexable_pairs

LARGEST_FILE = 5_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Entry = tuple[str, datetime.datetime]


def index(snapshot: Snapshot) -> Iterator[str]:
    """The list of the sitemaps: one of pages, one of models, one of GPUs, and as many of pairs as it takes."""
    changed_at = max(snapshot.revision.changed_at, settings.RELEASED_AT)
    names = ["pages", "models", "gpus", *(f"pairs-{number}" for number in range(1, pair_files(snapshot) + 1))]
    yield f"{_HEAD}<sitemapindex {_NAMESPACE}>\n"
    for name in names:
        yield f"<sitemap><loc>{_location(addresses.sitemap(name))}</loc>{_last_modified(changed_at)}</sitemap>\n"
    yield "</sitemapindex>\n"


def pair_files(snapshot: Snapshot) -> int:
    """How many files the pairs take."""
    return -(-sum(1 for _ in indexable_pairs(snapshot)) // LARGEST_FILE)


def entries(snapshot: Snapshot, name: str) -> Iterator[Entry] | None:
    """What the sitemap `name` lists; None if there is no such sitemap."""
    makers = {"pages": _pages, "models": _models, "gpus": _gpus}
    if name in makers:
        return makers[name](snapshot)
    number = name.removeprefix("pairs-")
    if not name.startswith("pairs-") or not number.isascii() or not number.isdigit() or len(number) > 6:
        return None
    first = (int(number) - 1) * LARGEST_FILE
    is_there = int(number) > 0 and next(islice(indexable_pairs(snapshot), first, None), None) is not None
    return _pairs(snapshot, first) if is_there else None


def write(listed: Iterator[Entry]) -> Iterator[str]:
    """The entries as XML, line by line."""
    yield f"{_HEAD}<urlset {_NAMESPACE}>\n"
    for address, changed_at in listed:
        yield f"<url><loc>{_location(address)}</loc>{_last_modified(changed_at)}</url>\n"
    yield "</urlset>\n"


def _pages(snapshot: Snapshot) -> Iterator[Entry]:
    changed_at = max(snapshot.revision.changed_at, settings.RELEASED_AT)
    classes = map(as_address, speed_comparison(snapshot).classes)
    for address in (*addresses.STANDING_PAGES, *map(addresses.accuracy_of, classes)):
        yield address, changed_at


def _models(snapshot: Snapshot) -> Iterator[Entry]:
    """A model's page shows it on every GPU, so it changes with each of them."""
    of_gpus = max((gpu.updated_at for gpu in snapshot.gpus.values()), default=settings.RELEASED_AT)
    for model in snapshot.models.values():
        yield addresses.model(model.slug), max(_changed(snapshot, model), of_gpus)


def _gpus(snapshot: Snapshot) -> Iterator[Entry]:
    """A GPU's page shows every model on it, so it changes with each of them."""
    of_models = max((model.updated_at for model in snapshot.models.values()), default=settings.RELEASED_AT)
    for gpu in snapshot.gpus.values():
        yield addresses.gpu(gpu.slug), max(_changed(snapshot, gpu), of_models)


def _pairs(snapshot: Snapshot, first: int) -> Iterator[Entry]:
    for pair in islice(indexable_pairs(snapshot), first, first + LARGEST_FILE):
        yield pair.address, max(_changed(snapshot, pair.model), _changed(snapshot, pair.gpu))


def _changed(snapshot: Snapshot, record: PublishedModel | PublishedGpu) -> datetime.datetime:
    """When what a page says last changed: its record, a quantization, or this release."""
    released_at: datetime.datetime = settings.RELEASED_AT
    return max(record.updated_at, snapshot.quants_changed_at, released_at)


def _location(address: str) -> str:
    return escape(settings.SITE_URL + address)


def _last_modified(moment: datetime.datetime) -> str:
    return f"<lastmod>{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S+00:00}</lastmod>"
