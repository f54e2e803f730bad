"""All GPUs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.utils import timezone

from catalog.snapshot import PublishedGpu, Snapshot
from fit.gpu_memory import nameplate_gib
from fitpages import addresses
from fitpages.matching.largest import largest_on_card
from fitpages.matching.machine_order import order
from fitpages.matching.prices import to_buy
from fitpages.pages.common import answer_words
from fitpages.pages.common.filters import chosen_gpus, gpu_facets
from fitpages.pages.common.listing import ListPage, listing
from fitpages.pages.common.price_words import price
from fitpages.pages.common.sorting import Column
from fitpages.site import Link
from fitpages.text import figures

# The first holds where nothing is asked for.
SORTS: Mapping[str, Callable[[PublishedGpu], Any]] = {
    "popular": order,
    "name": lambda gpu: gpu.name.casefold(),
    "memory": lambda gpu: (gpu.spec.nameplate_gb, gpu.spec.bandwidth_gb_s, gpu.slug),
    "bandwidth": lambda gpu: (gpu.spec.bandwidth_gb_s, gpu.slug),
    "power": lambda gpu: (gpu.power_w or 0, gpu.slug),
    "released": lambda gpu: (gpu.release_date.toordinal() if gpu.release_date else 0, gpu.slug),
}

COLUMNS = (
    Column("GPU", "name"),
    Column("Kind"),
    Column("Memory, GiB", "memory", is_figure=True),
    Column("GB/s", "bandwidth", is_figure=True),
    Column("Largest model on it"),
    Column("Price", "price", is_figure=True),
    Column("Power", "power", is_figure=True),
    Column("Released", "released", is_figure=True),
)


@dataclass(frozen=True, kw_only=True)
class GpuRow:
    """One GPU in the list."""

    name: str
    address: str
    kind: str
    memory: str
    memory_note: str
    bandwidth: str
    price: str
    price_note: str
    power: str
    released: str
    largest: Link | None


@dataclass(frozen=True, kw_only=True)
class GpusPage(ListPage):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/browse/gpus.html"

    rows: tuple[GpuRow, ...]


def build(snapshot: Snapshot, query: Mapping[str, str]) -> GpusPage:
    """The list as the query filters, sorts and cuts it."""
    facets = gpu_facets(query, snapshot)
    chosen = chosen_gpus(snapshot, facets, snapshot.gpus.values())
    table = listing(chosen, COLUMNS, {**SORTS, "price": _by_price(snapshot)}, query, addresses.GPUS, "GPUs")
    return GpusPage(
        title=f"{len(snapshot.gpus)} GPUs and the language models they run",
        description=(
            f"{len(snapshot.gpus)} graphics cards, laptop GPUs and unified-memory machines: memory, bandwidth, and "
            "the largest language model that each one runs."
        ),
        heading="Machines",
        address=addresses.GPUS,
        crumb="Machines",
        indexable=not query,
        opening="Every GPU and machine of the catalog, those that people have first. Each name leads to what to run on "
        "it. Prices are the latest that the catalog has.",
        caption="GPUs, and the largest model that each runs alone, with its tokens per second; figures are of one GPU",
        facets=facets,
        heads=table.heads,
        rows=tuple(_row(snapshot, gpu) for gpu in table.records),
        pager=table.pager,
    )


def _by_price(snapshot: Snapshot) -> Callable[[PublishedGpu], Any]:
    """Those without a price after all others."""
    costs = {gpu.slug: to_buy(snapshot, gpu) for gpu in snapshot.gpus.values()}
    amounts = {slug: cost.amount if cost else Decimal("Infinity") for slug, cost in costs.items()}
    return lambda gpu: (amounts[gpu.slug], gpu.slug)


def _row(snapshot: Snapshot, gpu: PublishedGpu) -> GpuRow:
    shown = price(to_buy(snapshot, gpu), timezone.localdate())
    return GpuRow(
        name=gpu.name,
        address=addresses.gpu(gpu.slug),
        kind=gpu.segment_name,
        memory=figures.bare_nameplate(nameplate_gib(gpu.spec)),
        memory_note="shared" if gpu.spec.unified_memory else "",
        bandwidth=figures.bandwidth(gpu.spec.bandwidth_gb_s).removesuffix(" GB/s"),
        price=shown.amount,
        price_note=shown.note,
        power=figures.power(gpu.power_w),
        released=figures.month(gpu.release_date),
        largest=_largest(snapshot, gpu),
    )


def _largest(snapshot: Snapshot, gpu: PublishedGpu) -> Link | None:
    """The largest model that it runs alone, and what the answer to the two is."""
    largest = largest_on_card(snapshot, gpu)
    return Link(largest.model.name, largest.address, answer_words.short_line(largest)) if largest else None
