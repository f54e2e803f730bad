"""Measurements of a pair, and of the pairs nearest to it, each with its source and date."""

from typing import NamedTuple

from catalog.models import Benchmark
from catalog.snapshot import PublishedBenchmark, Snapshot
from fit.kv_cache import CacheType
from fitpages import addresses
from fitpages.matching.measured import near_benchmarks, own_benchmarks
from fitpages.matching.pairs import Pair
from fitpages.pages.common.sources import Source, as_sources
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link
from fitpages.text import figures


class Measured(NamedTuple):
    """One measurement as a page shows it; `pair` leads to another pair's page, where it is of another."""

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
    link = Link(f"{model.name} on {gpu.name}", addresses.pair(model.slug, gpu.slug))
    return _measured(benchmark, link)


def _measured(benchmark: PublishedBenchmark, pair: Link | None) -> Measured:
    cards = f"{benchmark.gpu_count} cards" if benchmark.gpu_count > 1 else ""
    old = "build of 2023 or 2024" if benchmark.build == Benchmark.Build.OLD else ""
    unused = "" if benchmark.for_calibration else "not used by the estimate"
    program = f"{benchmark.runtime} {benchmark.backend}".strip()
    parts = (cards, benchmark.offload, *_circumstances(benchmark), program, old, benchmark.measured_in, unused)
    return Measured(
        name=benchmark.quant_label,
        pair=pair,
        tokens_s=figures.expected(float(benchmark.decode_tokens_s)),
        how=", ".join(part for part in parts if part),
        source=_source(benchmark),
    )


def _circumstances(benchmark: PublishedBenchmark) -> tuple[str, ...]:
    """What was run, and what a machine as it ships has otherwise: the cache, a limit of power, RAM that was read."""
    limit = f"{benchmark.power_limit_w} W limit" if benchmark.power_limit_w else ""
    return benchmark.test, _cache(benchmark), limit, benchmark.ram_label if benchmark.offload else ""


def _cache(benchmark: PublishedBenchmark) -> str:
    """The types of the cache, where they are others than f16."""
    keys, values = (kind if kind != CacheType.F16 else "" for kind in (benchmark.cache_keys, benchmark.cache_values))
    if keys == values:
        return f"{keys} cache" if keys else ""
    return ", ".join(f"{kind} {name}" for kind, name in ((keys, "keys"), (values, "values")) if kind)


def _source(benchmark: PublishedBenchmark) -> Source | None:
    """Where to check it; the repository is name enough."""
    source = next(iter(as_sources(benchmark.sources)), None)
    return Source(text=source.text.partition(" ")[0], address=source.address) if source and source.address else source
