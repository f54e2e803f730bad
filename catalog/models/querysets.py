"""The one way that public code reaches rows, and changes that no signal announces."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q

from catalog.models.revision import CatalogRevision

Row = TypeVar("Row", bound=models.Model)
Addressed = TypeVar("Addressed", bound="HasSlug")
Result = TypeVar("Result")


class HasSlug(Protocol):
    """A row with an address."""

    slug: Any


def by_slug(rows: Iterable[Addressed]) -> list[Addressed]:
    """In order of their slugs' characters; a database may sort text as words of a language, hyphens aside."""
    return sorted(rows, key=lambda row: str(row.slug))


class CatalogQuerySet(models.QuerySet[Row]):
    """Rows of the catalog. Bulk changes send no signal, so they renew the revision here."""

    def published(self) -> Self:
        """The rows that the public may see."""
        return self.filter(status="published")

    def published_and(self, slugs: Iterable[str]) -> Self:
        """The rows that the public may see, and drafts that somebody at the desk asked to see among them."""
        drafts = tuple(slugs)
        return self.filter(Q(status="published") | Q(slug__in=drafts)) if drafts else self.published()

    def update(self, **values: Any) -> int:
        """As Django's, and a new revision."""
        return self._and_bump(lambda: super(CatalogQuerySet, self).update(**values))

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        """As Django's, and a new revision."""
        return self._and_bump(lambda: super(CatalogQuerySet, self).bulk_create(objs, *args, **options))

    def bulk_update(self, objs: Iterable[Row], *args: Any, **options: Any) -> int:
        """As Django's, and a new revision."""
        return self._and_bump(lambda: super(CatalogQuerySet, self).bulk_update(objs, *args, **options))

    def _and_bump(self, change: Callable[[], Result]) -> Result:
        with transaction.atomic(using=self.db):
            result = change()
            CatalogRevision.bump()
        return result
