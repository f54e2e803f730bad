"""What a deletion of records takes with it, and where their addresses may lead instead."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from django.db.models import CASCADE

from catalog.models import CatalogRecord, Gpu, LanguageModel, Quant
from catalog.models.quant import DEFAULT_STAYS
from catalog.public_past import was_public_at

# A record of either has a page of its own, and one with each of the other.
PAGES_WITH: dict[type[CatalogRecord], type[CatalogRecord]] = {Gpu: LanguageModel, LanguageModel: Gpu}
Rows = Sequence[CatalogRecord]


def refusals(rows: Rows) -> list[str]:
    """Why some of these records cannot be deleted; nothing where all can."""
    return [f"{row}: {DEFAULT_STAYS}" for row in rows if isinstance(row, Quant) and row.is_default]


def effects(rows: Rows) -> list[str]:
    """What happens when records of one kind are deleted, a sentence each."""
    return [*_of_pages(rows), *_of_related(rows)]


def has_address(rows: Rows) -> bool:
    """Whether any of the records is, or ever was, at a public address."""
    return any(type(row) in PAGES_WITH and (row.is_published or was_public_at(row, row.slug)) for row in rows)


def places(rows: Rows) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Where their addresses may lead: slugs and names of those called much like them, and of all others."""
    slugs = {row.slug for row in rows}
    published: Any = type(rows[0])._default_manager
    names = dict(published.filter(status="published").exclude(slug__in=slugs).values_list("slug", "name"))
    close = get_close_matches(rows[0].slug, names, n=5, cutoff=0.5) if len(rows) == 1 else []
    others = sorted(((slug, name) for slug, name in names.items() if slug not in close), key=lambda place: place[1])
    return [(slug, names[slug]) for slug in close], others


def _of_pages(rows: Rows) -> Iterator[str]:
    other = PAGES_WITH.get(type(rows[0]))
    if other is None:
        return
    public = sum(row.is_published for row in rows)
    pairs = public * other._default_manager.filter(status="published").count()
    if public:
        yield f"{_count(public, 'page')} and {_count(pairs, 'page')} of pairs are taken off in the next request."
    if has_address(rows):
        yield "Addresses that were public answer 410, “gone”, and say what to read instead, unless they lead elsewhere."
    else:
        yield "Never public: the address is free again."


def _of_related(rows: Rows) -> Iterator[str]:
    """Of each kind of record that names these: what goes with them, then what stays and no longer names them."""
    relations = type(rows[0])._meta.related_objects
    for relation in sorted(relations, key=lambda relation: relation.on_delete is not CASCADE):
        kind: Any = relation.related_model
        count = kind._default_manager.filter(**{f"{relation.field.name}__in": rows}).count()
        if count and relation.on_delete is CASCADE:
            yield f"{_named(count, kind)} {'is' if count == 1 else 'are'} deleted as well."
        elif count:
            label = relation.field.verbose_name
            yield f"{_named(count, kind)} {'stays, without its' if count == 1 else 'stay, without their'} {label}."


def _named(count: int, kind: Any) -> str:
    return f"{count:,} {kind._meta.verbose_name if count == 1 else kind._meta.verbose_name_plural}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
