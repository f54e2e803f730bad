"""What was true when it was written down, and ages: picks, and prices of common machines."""

import datetime
from collections.abc import Iterator

from django.http import HttpRequest
from django.utils import timezone

from catalog.admin.attention.part import MOST, Entry, Part, kinds, row_address
from catalog.models import CatalogRecord, Pick, Price

# New models come out every month; prices of a year ago are of another market.
PICK_LASTS, PRICE_LASTS = datetime.timedelta(days=90), datetime.timedelta(days=365)
PUBLISHED = CatalogRecord.Status.PUBLISHED


def aged(request: HttpRequest) -> Part:
    """The oldest pick first, then the oldest price; two queries."""
    looked_at = kinds(request)
    entries = [
        entry for kind, entries in ((Pick, _picks), (Price, _prices)) if kind in looked_at for entry in entries()
    ]
    return Part(
        name="aged",
        heading="Picks and prices to look at again",
        hint="Picks of over 90 days ago, and common machines whose latest price is of over a year ago.",
        nothing="Every pick is of the last 90 days, every latest price of a common machine of the last year.",
        count=len(entries),
        entries=tuple(entries[:MOST]),
    )


def _picks() -> Iterator[Entry]:
    before = timezone.localdate() - PICK_LASTS
    rows = Pick.objects.published().filter(picked_on__lt=before).order_by("picked_on", "slug").select_related("model")
    for row in rows:
        note = f"{row.model.name}, compared last on {row.picked_on}"
        yield Entry(text=row.name, address=row_address(Pick, row.pk), note=note)


def _prices() -> Iterator[Entry]:
    """Of each machine the latest of what is asked today: new, used, for an hour. A price at launch does not age."""
    rows = (
        Price.objects.published()
        .filter(gpu__common=True, gpu__status=PUBLISHED)
        .exclude(kind_of_price=Price.Kind.LAUNCH)
    )
    latest = {row.gpu_id: row for row in rows.order_by("seen_in", "slug").select_related("gpu")}
    for row in sorted(latest.values(), key=lambda row: (row.seen_in, row.slug)):
        if _is_old(row.seen_in):
            note = f"its latest price is of {row.seen_in or 'a date that is not known'}"
            yield Entry(text=row.gpu.name, address=row_address(Price, row.pk), note=note)


def _is_old(seen_in: str) -> bool:
    """By the year and month that are given; what nobody can date is old."""
    earliest = f"{timezone.localdate() - PRICE_LASTS}"
    return seen_in < earliest[: len(seen_in)] or not seen_in
