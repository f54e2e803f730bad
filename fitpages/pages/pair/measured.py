"""Measurements of a pair, and of the pairs nearest to it, each with its source and date."""

from typing import NamedTuple

from catalog.snapshot import PublishedBenchmark, Snapshot
from fitpages import addresses
from fitpages.matching.machine_kinds import is_had
from fitpages.matching.measured import near_benchmarks, own_benchmarks
from fitpages.matching.pairs import Pair
from fitpages.pages.common.measurement import how, source
from fitpages.pages.common.sources import Source
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link
from fitpages.text import figures


class Measured(NamedTuple):
    """One measurement as a page shows it; `pair` names another pair, where it is of one, and leads there where people
    have both of its ends."""

    name: str
    pair: Link | None
    tokens_s: str
    how: str
    source: Source | None


def own_results(snapshot: Snapshot, pair: Pair) -> tuple[Measured, ...]:
    """What was measured of this very pair: what the estimate trusts first, then the newest."""
    return tuple(_measured(benchmark, None) for benchmark in own_benchmarks(snapshot, pair))


def near_results(snapshot: Snapshot, pair: Pair) -> tuple[Measured, ...]:
    """This model on the cards nearest in bandwidth, and this card with the models nearest in size."""
    return tuple(_near(snapshot, benchmark) for benchmark in near_benchmarks(snapshot, pair))


@per_snapshot
def _near(snapshot: Snapshot, benchmark: PublishedBenchmark) -> Measured:
    model, gpu = snapshot.models[benchmark.model], snapshot.gpus[benchmark.gpu]
    leads_there = model.common and is_had(gpu)
    address = addresses.pair(model.slug, gpu.slug) if leads_there else ""
    return _measured(benchmark, Link(f"{model.name} on {gpu.name}", address))


def _measured(benchmark: PublishedBenchmark, pair: Link | None) -> Measured:
    return Measured(
        name=benchmark.quant_label,
        pair=pair,
        tokens_s=figures.expected(float(benchmark.decode_tokens_s)),
        how=how(benchmark),
        source=source(benchmark),
    )
