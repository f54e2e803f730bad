"""How records name each other: by slug in a file, by key in a row. Read once a kind, however many name it."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from django.db import models

from catalog.models import CatalogRecord, RetiredSlug

Value = TypeVar("Value")


def related_model(column: models.ForeignKey) -> type[CatalogRecord]:
    """The kind of record that a column refers to."""
    assert isinstance(column.related_model, type)
    assert issubclass(column.related_model, CatalogRecord)
    return column.related_model


class References:
    """Slugs and keys of records, as they are when their kind is first asked for.

    For one load or export: kinds are loaded in the order of RECORD_MODELS, so those that a record names are complete.
    """

    def __init__(self) -> None:
        self._slugs: dict[type[CatalogRecord], dict[int, str]] = {}
        self._keys: dict[type[CatalogRecord], dict[str, int]] = {}
        self._successors: dict[type[CatalogRecord], dict[str, str]] = {}
        # Records of the files that were not loaded, for something here stands in their way.
        self.left_out: dict[type[CatalogRecord], set[str]] = defaultdict(set)

    def slug(self, model: type[CatalogRecord], key: int) -> str:
        return _once(self._slugs, model, lambda: dict(model.objects.values_list("pk", "slug")))[key]

    def key(self, model: type[CatalogRecord], slug: str) -> int | None:
        return _once(self._keys, model, lambda: dict(model.objects.values_list("slug", "pk"))).get(slug)

    def successor(self, model: type[CatalogRecord], slug: str) -> str | None:
        """As RetiredSlug.successor_of."""
        return _once(self._successors, model, lambda: RetiredSlug.successors(model.kind())).get(slug)

    def present(self, model: type[CatalogRecord], slug: str) -> str | None:
        """The slug that a record has today; None where it is not here."""
        if self.key(model, slug) is not None:
            return slug
        return self.successor(model, slug) or None


def _once(answers: dict[type[CatalogRecord], Value], model: type[CatalogRecord], read: Callable[[], Value]) -> Value:
    if model not in answers:
        answers[model] = read()
    return answers[model]
