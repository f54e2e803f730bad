"""What is missing before a record can be published, and what its pages will lack all the same; in sentences.

Asked at the desk, by the form and by actions on many, and shown on the form of a draft. A load does not ask: what a
data file publishes was looked at by those who made it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from catalog.models import Artifact, Benchmark, CatalogRecord, LanguageModel

Check: TypeAlias = Callable[[CatalogRecord], Iterable[str]]

ADDRESS = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
# How a line of the sources says that there is none that can be followed, and why.
NO_ADDRESS = "no address:"
NO_SOURCE = "It has no source. Name at least one where its figures can be checked."
NOT_TO_FOLLOW = (
    "None of its sources is an address, so nobody can follow them. Add one that begins with https://, "
    f"or a line “{NO_ADDRESS} ...” with the reason why there is none."
)
NO_REPOSITORY = "It has no repository, and the command on pages names one."
APPROXIMATE = "It has no architecture: its pages will be approximate, by the rule of thumb alone."


def hindrances(row: CatalogRecord) -> list[str]:
    """Why the record cannot be published as it is; nothing where it can."""
    return [sentence for check in HINDRANCES for sentence in check(row)]


def remarks(row: CatalogRecord) -> list[str]:
    """What its pages will lack, which keeps nobody from publishing it."""
    return [sentence for check in REMARKS for sentence in check(row)]


def _no_source(row: CatalogRecord) -> Iterator[str]:
    if not row.source_list:
        yield NO_SOURCE


def _no_address(row: CatalogRecord) -> Iterator[str]:
    """Of a measurement that pages do not print nobody need follow the source."""
    is_hidden = isinstance(row, Benchmark) and row.hidden_because
    if row.source_list and not is_hidden and not any(map(_is_followed_or_says_why, row.source_list)):
        yield NOT_TO_FOLLOW


def _is_followed_or_says_why(line: str) -> bool:
    reason = line[len(NO_ADDRESS) :].strip() if line.lower().startswith(NO_ADDRESS) else ""
    return bool(reason or ADDRESS.search(line))


def _no_repository(row: CatalogRecord) -> Iterator[str]:
    if isinstance(row, Artifact) and not row.repository:
        yield NO_REPOSITORY


def _of_a_draft(row: CatalogRecord) -> Iterator[str]:
    for column in row._meta.concrete_fields:
        related = getattr(row, column.name) if column.is_relation else None
        if isinstance(related, CatalogRecord) and not related.is_published:
            yield f"Its {column.verbose_name}, “{related}”, is a draft. Publish that first."


def _approximate(row: CatalogRecord) -> Iterator[str]:
    if isinstance(row, LanguageModel) and row.architecture is None:
        yield APPROXIMATE


HINDRANCES: tuple[Check, ...] = (_no_source, _no_address, _no_repository, _of_a_draft)
REMARKS: tuple[Check, ...] = (_approximate,)
