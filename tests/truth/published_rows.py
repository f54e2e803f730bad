"""Records of the data files as the public sees them, without a database."""

from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from catalog.models.record import CatalogRecord
    from catalog.published import PublishedGpu
    from catalog.published_files import PublishedFile


def published_gpu(record: dict[str, Any]) -> "PublishedGpu":
    """A card."""
    django.setup()
    from catalog import published
    from catalog.models import Gpu

    return published.gpu(_filled(Gpu(), record))


def own_files(records: list[dict[str, Any]], maker: str) -> dict[str, "PublishedFile"]:
    """Of files of a model that belong to no level, the one that pages count under each label."""
    django.setup()
    from catalog.models import Artifact
    from catalog.published_files import of_their_own, published_file

    return dict(of_their_own((published_file(_filled(Artifact(), record), "") for record in records), maker))


def _filled(row: "CatalogRecord", record: dict[str, Any]) -> Any:
    from catalog.interchange.records import fill
    from catalog.interchange.references import References

    references = References()
    fill(row, {name: value for name, value in record.items() if name not in ("model", "quant")}, references)
    return row
