"""What was asked about a record's figures and saved all the same, each with the reason that was given."""

from collections.abc import Iterator

from django.http import HttpRequest

from catalog.admin.attention.part import MOST, Entry, Part, kinds, newest, row_address
from catalog.models import CatalogRecord


def saved_anyway(request: HttpRequest) -> Part:
    """By one query a kind of record."""
    entries = newest(entry for kind in kinds(request) for entry in _entries(kind))
    return Part(
        name="saved-anyway",
        heading="Saved anyway",
        hint="Figures that do not agree with one another, with the reason why they were kept.",
        nothing="No figure was saved against a question.",
        count=len(entries),
        entries=entries,
    )


def _entries(kind: type[CatalogRecord]) -> Iterator[Entry]:
    rows = kind.objects.exclude(saved_anyway=[]).order_by("-updated_at")
    for pk, name, at, questions in rows.values_list("pk", "name", "updated_at", "saved_anyway")[:MOST]:
        for question in questions:
            note = f"{question.get('says', '')} Kept because: {question.get('reason', '')}"
            yield Entry(text=name, address=row_address(kind, pk), note=note, at=at)
