"""The one way that public code reaches rows, and changes that no signal announces."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models, transaction


class CatalogQuerySet(models.QuerySet[Any]):
    """Rows of the catalog. Bulk changes send no signal, so they renew the revision here."""

    def published(self) -> Self:
        """The rows that the public may see."""
        return self.filter(status="published")

    def update(self, **values: Any) -> int:
        return self._and_bump(lambda: super(CatalogQuerySet, self).update(**values))

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        return self._and_bump(lambda: super(CatalogQuerySet, self).bulk_create(objs, *args, **options))

    def bulk_update(self, objs: Iterable[Any], *args: Any, **options: Any) -> int:
        return self._and_bump(lambda: super(CatalogQuerySet, self).bulk_update(objs, *args, **options))

    def _and_bump(self, change: Any) -> Any:
        from catalog.models.revision import CatalogRevision

        with transaction.atomic(using=self.db):
            result = change()
            CatalogRevision.bump()
        return result
