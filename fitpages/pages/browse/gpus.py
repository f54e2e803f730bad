"""All GPUs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from catalog.snapshot import PublishedGpu, Snapshot
from fitpages import addresses
from fitpages.matching.fits import largest_running_model
from fitpages.pages.common.filters import Facet, chosen_gpus, facet, gpu_facets
from fitpages.pages.common.page import Page
from fitpages.pages.common.pager import Pager, paginate
from fitpages.pages.common.sorting import ColumnHead, heads
from fitpages.site import Link
from fitpages.text import figures

PAGE_SIZE = 100
SORTS: Mapping[str, Callable[[PublishedGpu], Any]] = {
    "name": lambda gpu: gpu.name.casefold(),
    "memory": lambda gpu: (gpu.spec.nameplate_gb, gpu.spec.bandwidth_gb_s, gpu.slug),
    "bandwidth": lambda gpu: (gpu.spec.bandwidth_gb_s, gpu.slug),
    "power": lambda gpu: (gpu.power_w or 0, gpu.slug),
    "released": lambda gpu: (gpu.release_date.toordinal() if gpu.release_date else 0, gpu.slug),
}


@dataclass(frozen=True, kw_only=True)
class GpuRow:
    """One GPU in the list."""

    name: str
    address: str
    kind: str
    memory: str
    bandwidth: str
    power: str
    released: str
    largest: Link | None


@dataclass(frozen=True, kw_only=True)
class GpusPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/browse/gpus.html"

    opening: str
    caption: str
    facets_address: str
    facets: tuple[Facet, ...]
    heads: tuple[ColumnHead, ...]
    rows: tuple[GpuRow, ...]
    pager: Pager


def build(snapshot: Snapshot, query: Mapping[str, str]) -> GpusPage:
    """The list as the query filters, sorts and cuts it."""
    facets = gpu_facets(query, snapshot)
    options = [(sign + key, key) for key in SORTS for sign in ("", "-")]
    sort = facet(query, "sort", "Order", options, anything="name").value or "name"
    gpus = sorted(chosen_gpus(facets, snapshot.gpus.values()), key=SORTS[sort.removeprefix("-")])
    if sort.startswith("-"):
        gpus.reverse()
    shown, pager = paginate(gpus, query, addresses.GPUS, PAGE_SIZE, "GPUs")
    default = snapshot.default_quant
    columns = (
        ("GPU", "name", False),
        ("Kind", "", False),
        ("Memory", "memory", True),
        ("Bandwidth", "bandwidth", True),
        (f"Largest model at {default.name}", "", False),
        ("Power", "power", True),
        ("Released", "released", True),
    )
    return GpusPage(
        title=f"{len(snapshot.gpus)} GPUs and the language models they run",
        description=(
            f"{len(snapshot.gpus)} graphics cards, laptop GPUs and unified-memory machines: memory, bandwidth, and "
            "the largest language model that each one runs."
        ),
        heading="GPUs",
        address=addresses.GPUS,
        crumb="GPUs",
        indexable=not query,
        opening="Every GPU of the catalog. Each name leads to the GPU with every model.",
        caption="GPUs and the largest model that fits, exactly counted; figures are of one GPU",
        facets_address=addresses.GPUS,
        facets=facets,
        heads=heads(columns, query, addresses.GPUS, sort),
        rows=tuple(_row(snapshot, gpu) for gpu in shown),
        pager=pager,
    )


def _row(snapshot: Snapshot, gpu: PublishedGpu) -> GpuRow:
    largest = largest_running_model(snapshot, gpu)
    return GpuRow(
        name=gpu.name,
        address=addresses.gpu(gpu.slug),
        kind=gpu.segment_name,
        memory=figures.gigabytes(gpu.spec.nameplate_gb) + (" shared" if gpu.spec.unified_memory else ""),
        bandwidth=figures.bandwidth(gpu.spec.bandwidth_gb_s),
        power=figures.power(gpu.power_w),
        released=figures.month(gpu.release_date),
        largest=Link(largest.name, addresses.pair(largest.slug, gpu.slug)) if largest else None,
    )
