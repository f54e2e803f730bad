"""What is missing before a record can be published, and what its pages will lack all the same; in sentences.

Asked at the desk, by the form and by actions on many, and shown on the form of a draft. A load does not ask: what a
data file publishes was looked at by those who made it.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import TypeAlias

from catalog.doubts import Others, unanswered
from catalog.labels import label
from catalog.models import Artifact, CatalogRecord, LanguageModel

Check: TypeAlias = Callable[[CatalogRecord], Iterable[str]]

NO_SOURCE = "It has no source. Name at least one where its figures can be checked."
NO_REPOSITORY = "It has no repository, and the command on pages names one."
APPROXIMATE = "It has no architecture: its pages will be approximate, by the rule of thumb alone."


def missing(row: CatalogRecord, others: Others | None = None) -> list[str]:
    """All that keeps a draft from being published as it is: what hinders it, and what would be asked about it."""
    public = copy(row)
    public.status = CatalogRecord.Status.PUBLISHED
    return [*hindrances(row), *(doubt.says for doubt in unanswered(public, others))]


def hindrances(row: CatalogRecord) -> list[str]:
    """What no reason makes up for; nothing where there is no such thing."""
    return [sentence for check in HINDRANCES for sentence in check(row)]


def remarks(row: CatalogRecord) -> list[str]:
    """What its pages will lack, which keeps nobody from publishing it."""
    return [sentence for check in REMARKS for sentence in check(row)]


def _no_source(row: CatalogRecord) -> Iterator[str]:
    if not row.source_list:
        yield NO_SOURCE


def _no_repository(row: CatalogRecord) -> Iterator[str]:
    if isinstance(row, Artifact) and not row.repository:
        yield NO_REPOSITORY


def _of_a_draft(row: CatalogRecord) -> Iterator[str]:
    for column in row._meta.concrete_fields:
        related = getattr(row, column.name) if column.is_relation else None
        if isinstance(related, CatalogRecord) and not related.is_published:
            yield f"Its {label(type(row), column.name)}, “{related}”, is a draft. Publish that first."


def _approximate(row: CatalogRecord) -> Iterator[str]:
    if isinstance(row, LanguageModel) and row.architecture is None:
        yield APPROXIMATE


HINDRANCES: tuple[Check, ...] = (_no_source, _no_repository, _of_a_draft)
REMARKS: tuple[Check, ...] = (_approximate,)
