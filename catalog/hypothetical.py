"""The picture for public pages as it would be, were some rows saved or deleted; the database is only read."""

import copy
import secrets
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from django.utils import timezone

from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    CatalogRevision,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
)
from catalog.models.querysets import CatalogQuerySet
from catalog.models.revision import Revision
from catalog.picture import Snapshot
from catalog.reading import of_rows, published_rows
from catalog.snapshot import current

Row = TypeVar("Row", bound=CatalogRecord)
# What the published records of a table name by slug.
NAMES: Mapping[type[CatalogRecord], Set[type[CatalogRecord]]] = {
    Gpu: frozenset(),
    LanguageModel: frozenset(),
    Artifact: frozenset({LanguageModel, Quant}),
    Repository: frozenset({LanguageModel}),
    Benchmark: frozenset({Gpu, LanguageModel, Quant}),
    **dict.fromkeys((Popularity, BoardScore, Pick), frozenset({LanguageModel})),
    Price: frozenset({Gpu}),
}


def saved(rows: Iterable[CatalogRecord], deleted: Iterable[CatalogRecord] = ()) -> tuple[Snapshot, Snapshot]:
    """The picture of now, and that with `rows` as they are here, cleaned, and without the `deleted`.

    Rows that do not change are the same objects in both, with what was worked out for them. Other tables follow as the
    database would have them follow: files go with their model, measurements stay without their card. What a save leaves
    behind is not in it: the list of changes, and the names of what was deleted.
    """
    changes = _Changes.of(rows, deleted)
    while True:
        before = current()
        revision = Revision(f"not saved {secrets.token_hex(8)}", timezone.now())
        after = _with_addresses(of_rows(revision, before, changes.published, changes.stay), changes)
        if before.revision.token == CatalogRevision.current_token():
            return before, after


@dataclass(frozen=True)
class _Changes:
    """Rows in place of those with their keys; new ones have keys that no row has. `former` are public slugs that they
    change, with the new ones, "" where the row goes, by kind. `stay` are tables that stay as they are, with what their
    rows name."""

    rows: tuple[CatalogRecord, ...]
    keys: frozenset[tuple[type[CatalogRecord], int]]
    former: Mapping[str, Mapping[str, str]]
    stay: frozenset[type[CatalogRecord]]

    @classmethod
    def of(cls, rows: Iterable[CatalogRecord], deleted: Iterable[CatalogRecord]) -> "_Changes":
        changed, gone = [_as_saved(row, -place) for place, row in enumerate(rows, 1)], list(deleted)
        public_now = _public_slugs([*changed, *gone])
        former: dict[str, dict[str, str]] = {}
        renamed: set[type[CatalogRecord]] = set()
        for row, slug in (*((row, row.slug) for row in changed), *((row, "") for row in gone)):
            before = public_now.get((type(row), row.pk), "")
            if before and before != slug:
                former.setdefault(row.kind(), {})[before] = slug
            if before != (slug if row.is_published else ""):
                renamed.add(type(row))
        keys = frozenset((type(row), row.pk) for row in (*changed, *gone))
        return cls(tuple(changed), keys, former, _staying({table for table, _ in keys}, renamed))

    def published(self, table: type[Row], *columns: str) -> list[Row]:
        """What would be published of a table."""
        stay = [row for row in published_rows(table, *columns) if (table, row.pk) not in self.keys]
        return [*stay, *(row for row in self.rows if isinstance(row, table) and row.is_published)]


def _as_saved(row: Row, new_key: int) -> Row:
    """A copy with what a save would fill in."""
    filled = copy.copy(row)
    filled.pk, filled.updated_at = row.pk or new_key, timezone.now()
    filled.created_at = row.created_at or filled.updated_at
    return filled


def _public_slugs(rows: Iterable[CatalogRecord]) -> dict[tuple[type[CatalogRecord], int], str]:
    """The slugs under which rows are public now, by table and key."""
    keys: dict[type[CatalogRecord], list[int]] = {}
    for row in rows:
        keys.setdefault(type(row), []).append(row.pk)
    return {
        (table, key): slug
        for table, of_table in keys.items()
        for key, slug in CatalogQuerySet(table).published().filter(pk__in=of_table).values_list("pk", "slug")
    }


def _staying(changed: Set[type[CatalogRecord]], renamed: Set[type[CatalogRecord]]) -> frozenset[type[CatalogRecord]]:
    """The tables of which no row changes, and none that a row names gets another name, appears or goes."""
    return frozenset(table for table, names in NAMES.items() if table not in changed and not names & renamed)


def _with_addresses(picture: Snapshot, changes: _Changes) -> Snapshot:
    """With former addresses as the changes leave them."""
    return replace(
        picture,
        former_gpu_slugs=_led_on(picture.former_gpu_slugs, picture.gpus, changes.former.get(Gpu.kind(), {})),
        former_model_slugs=_led_on(
            picture.former_model_slugs, picture.models, changes.former.get(LanguageModel.kind(), {})
        ),
    )


def _led_on(former: Mapping[str, str], live: Mapping[str, Any], changed: Mapping[str, str]) -> Mapping[str, str]:
    """Each former slug to the newest of its row, and none that a row has again."""
    newest = {slug: changed.get(successor, successor) for slug, successor in {**former, **changed}.items()}
    leads = {slug: successor for slug, successor in newest.items() if successor and successor != slug}
    return MappingProxyType({slug: successor for slug, successor in leads.items() if slug not in live})
