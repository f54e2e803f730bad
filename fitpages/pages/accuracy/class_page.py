"""Every measurement of a class of cards beside its estimate, with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedBenchmark, Snapshot
from catalog.speed_classes import as_address, class_name
from fit.calibration.agreement import Prediction
from fitpages import addresses
from fitpages.matching.comparison import speed_comparison
from fitpages.pages.accuracy import sentences
from fitpages.pages.common.measurement import how, source
from fitpages.pages.common.page import HOME, Page
from fitpages.pages.common.pager import Pager, paginate
from fitpages.pages.common.sources import Source
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link
from fitpages.text import figures

PAGE_SIZE = 200


@dataclass(frozen=True, kw_only=True)
class MeasurementRow:
    """A measurement and its estimate, in tokens per second. `pair` leads to the page of both, where there is one."""

    card: str
    model: str
    pair: Link | None
    quant: str
    measured: str
    estimated: str
    error: str
    held_out: str
    how: str
    source: Source | None


@dataclass(frozen=True, kw_only=True)
class ClassPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/accuracy/class.html"

    opening: str
    caption: str
    rows: tuple[MeasurementRow, ...]
    pager: Pager


def find_class(snapshot: Snapshot, slug: str) -> str | None:
    """The class with this address; None where nothing was measured of such cards."""
    return next((name for name in speed_comparison(snapshot).classes if as_address(name) == slug), None)


def build(snapshot: Snapshot, name: str, query: Mapping[str, str]) -> ClassPage:
    """The page of the class, as the query cuts it."""
    comparison, address = speed_comparison(snapshot), addresses.accuracy_of(as_address(name))
    shown, pager = paginate(comparison.classes[name], query, address, PAGE_SIZE, "measurements")
    readable = class_name(name)
    return ClassPage(
        title=f"{readable}: measured speed",
        description=f"Measured tokens per second of {readable}: each beside what we estimate, and with its source.",
        heading=f"{readable}: every measurement",
        address=address,
        way=(HOME, Link("How accurate the figures are", addresses.ACCURACY)),
        crumb=readable,
        indexable=not query,
        opening=sentences.of_class(comparison.lines.get(f"class {name}"), len(comparison.classes[name])),
        caption=f"Tokens per second, measured and estimated: {readable}",
        rows=tuple(_row(snapshot, prediction) for prediction in shown),
        pager=pager,
    )


def _row(snapshot: Snapshot, prediction: Prediction) -> MeasurementRow:
    benchmark = _benchmarks(snapshot)[prediction.observation.slug]
    model, gpu = snapshot.models.get(benchmark.model), snapshot.gpus.get(benchmark.gpu)
    card, of_model = gpu.name if gpu else benchmark.gpu_label, model.name if model else benchmark.model_label
    return MeasurementRow(
        card=f"{benchmark.gpu_count} × {card}" if benchmark.gpu_count > 1 else card,
        model=of_model,
        pair=Link(of_model, addresses.pair(model.slug, gpu.slug)) if model and gpu else None,
        quant=benchmark.quant_label,
        measured=figures.expected(prediction.observation.tokens_s),
        estimated=figures.expected(prediction.tokens_s),
        error=sentences.signed(prediction.error),
        held_out="yes" if prediction.held_out else "no",
        how=how(benchmark),
        source=source(benchmark),
    )


@per_snapshot
def _benchmarks(snapshot: Snapshot) -> Mapping[str, PublishedBenchmark]:
    return {benchmark.slug: benchmark for benchmark in snapshot.shown_benchmarks}
