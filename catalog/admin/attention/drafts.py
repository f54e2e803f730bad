"""What nobody sees yet: how many drafts there are of each kind, and the newest."""

from django.http import HttpRequest

from catalog.admin.attention.part import MOST, Entry, Part, Tally, kind_name, kinds, kinds_name, list_address, newest
from catalog.admin.attention.part import row_address as address_of
from catalog.models import CatalogRecord

DRAFT = CatalogRecord.Status.DRAFT


def drafts(request: HttpRequest) -> Part:
    """By two queries a kind of record."""
    counts = {kind: kind.objects.filter(status=DRAFT).count() for kind in kinds(request)}
    return Part(
        name="drafts",
        heading="Drafts",
        hint="On no page until they are published.",
        nothing="There is no draft: everything is public.",
        count=sum(counts.values()),
        tallies=tuple(
            Tally(text=kinds_name(kind), count=count, address=list_address(kind, status__exact=DRAFT))
            for kind, count in counts.items()
            if count
        ),
        entries=newest(entry for kind, count in counts.items() if count for entry in _newest_of(kind)),
    )


def _newest_of(kind: type[CatalogRecord]) -> list[Entry]:
    rows = kind.objects.filter(status=DRAFT).order_by("-updated_at").values_list("pk", "name", "updated_at")[:MOST]
    return [Entry(text=name, address=address_of(kind, pk), note=kind_name(kind), at=at) for pk, name, at in rows]
