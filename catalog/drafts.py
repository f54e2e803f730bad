"""Drafts that somebody at the desk asked to see among what is published."""

from collections.abc import Iterable
from typing import NamedTuple

from catalog.models import RECORD_MODELS, CatalogRecord

# Of several kinds of record, as addresses write it: gpu:new-card.
BETWEEN = ":"


class Draft(NamedTuple):
    """A draft by its kind of record and its slug."""

    model: type[CatalogRecord]
    slug: str

    def __str__(self) -> str:
        return f"{self.model.kind()}{BETWEEN}{self.slug}"


class Drafts(frozenset[Draft]):
    """Any number of them; `drafts[Gpu]` are the slugs of one kind."""

    def __getitem__(self, model: type[CatalogRecord]) -> tuple[str, ...]:
        return tuple(sorted(draft.slug for draft in self if draft.model is model))


NO_DRAFTS = Drafts()
KINDS = {model.kind(): model for model in RECORD_MODELS}


def named(names: Iterable[str]) -> Drafts:
    """What names such as "gpu:new-card" mean; those of no kind of record mean nothing."""
    taken_apart = (name.partition(BETWEEN) for name in names)
    return Drafts(Draft(KINDS[kind], slug) for kind, _, slug in taken_apart if slug and kind in KINDS)


def rows(drafts: Drafts) -> list[CatalogRecord]:
    """The rows that are drafts, in order of kinds and slugs; what is published, or nothing, is left out."""
    return [
        row
        for model in RECORD_MODELS
        if drafts[model]
        for row in model.objects.filter(slug__in=drafts[model], status=CatalogRecord.Status.DRAFT).order_by("slug")
    ]
