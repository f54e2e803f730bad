"""On which page a record is seen first."""

from collections.abc import Iterator

from catalog.drafts import Draft, Drafts
from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Repository,
)
from fitpages import addresses
from fitpages.desk.preview.places import inside


def address_of(row: CatalogRecord) -> str:
    """The preview of that page, with the record in it where it is a draft, and with the drafts that it belongs to."""
    drafts = Drafts(Draft(type(part), part.slug) for part in (row, *belongs_to(row)) if not part.is_published)
    return inside(public_address_of(row), drafts)


def belongs_to(row: CatalogRecord) -> Iterator[CatalogRecord]:
    """The records that a row names: of a published file its model and its level."""
    for column in row._meta.concrete_fields:
        if column.is_relation and isinstance(related := getattr(row, column.name), CatalogRecord):
            yield related


def public_address_of(row: CatalogRecord) -> str:
    """The page's address on the site, whether it has a page there yet or not."""
    match row:
        case Gpu():
            return addresses.gpu(row.slug)
        case LanguageModel():
            return addresses.model(row.slug)
        case Price():
            return addresses.gpu(row.gpu.slug)
        case Artifact() | Repository() | Popularity() | BoardScore() | Pick():
            return addresses.model(row.model.slug)
        case Benchmark():
            return _of_measurement(row)
    return addresses.QUANTIZATION_GUIDE


def _of_measurement(row: Benchmark) -> str:
    if row.model and row.gpu:
        return addresses.pair(row.model.slug, row.gpu.slug)
    if row.gpu:
        return addresses.gpu(row.gpu.slug)
    return addresses.model(row.model.slug) if row.model else addresses.ACCURACY
