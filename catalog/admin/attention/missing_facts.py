"""Facts that published records lack, and that pages therefore leave out."""

from collections.abc import Iterator

from django.db.models import Count
from django.http import HttpRequest

from catalog.admin.attention.part import Part, Tally, kinds, kinds_name, list_address
from catalog.labels import label
from catalog.missing import lacks
from catalog.models import CatalogRecord, Gpu, LanguageModel

# What readers miss first. Lists filter by more (catalog/missing.py).
READ_FIRST: dict[type[CatalogRecord], tuple[str, ...]] = {
    LanguageModel: ("architecture", "native_context", "licence", "release_date"),
    Gpu: ("reported_memory_mib", "launch_price_usd", "fp16_tensor_tflops"),
}


def missing_facts(request: HttpRequest) -> Part:
    """By one query a kind of record."""
    tallies = tuple(tally for kind in kinds(request) if kind in READ_FIRST for tally in _tallies(kind))
    return Part(
        name="missing",
        heading="Missing facts",
        hint="Of what is public. A page leaves out what is not known.",
        nothing="Every public model and card has all its facts.",
        count=sum(tally.count for tally in tallies),
        tallies=tallies,
    )


def _tallies(kind: type[CatalogRecord]) -> Iterator[Tally]:
    lacking = {f"no_{name}": Count("pk", filter=lacks(kind, name)) for name in READ_FIRST[kind]}
    counts = kind.objects.published().aggregate(**lacking)
    for name in READ_FIRST[kind]:
        if counts[f"no_{name}"]:
            text = f"{kinds_name(kind)} without {label(kind, name)}"
            address = list_address(kind, status__exact=CatalogRecord.Status.PUBLISHED, missing=name)
            yield Tally(text=text, count=counts[f"no_{name}"], address=address)
