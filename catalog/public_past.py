"""What of a record was ever public: from its history, and from what it is now."""

from typing import Any, NamedTuple

from catalog.models import CatalogRecord

# What a reader looks for instead of a record that is gone: others of its family.
FAMILIES = {"gpu": "vendor", "languagemodel": "family"}


class LastPublic(NamedTuple):
    """How a record was called when it last was public, and its family."""

    name: str = ""
    family: str = ""


def was_public_at(row: CatalogRecord, slug: str) -> bool:
    """Whether the record was ever public at this address, as far back as history goes."""
    states: Any = type(row).history
    return bool(states.filter(id=row.pk, slug=slug, status=CatalogRecord.Status.PUBLISHED).exists())


def last_public(row: CatalogRecord) -> LastPublic:
    """Of the last state that was public: what a draft was called since is nobody's business."""
    states: Any = type(row).history
    state = row if row.is_published else states.filter(id=row.pk, status=CatalogRecord.Status.PUBLISHED).first()
    if state is None:
        return LastPublic()
    return LastPublic(state.name, getattr(state, FAMILIES.get(row.kind(), ""), ""))
