"""Measurements of a pair, and of the pairs nearest to it."""

from collections.abc import Iterable
from math import log
from typing import NamedTuple

from catalog.snapshot import PublishedBenchmark, PublishedGpu, PublishedModel, Snapshot
from fit.kv_cache import CacheType
from fit.verdict import Verdict
from fitpages.matching.pairs import Pair
from fitpages.matching.twins import gpu_family, model_family
from fitpages.per_snapshot import per_snapshot

MOST_OWN, MOST_NEAR = 6, 2

Benchmarks = tuple[PublishedBenchmark, ...]


def own_benchmarks(snapshot: Snapshot, pair: Pair) -> Benchmarks:
    """What was measured of this very pair: what the estimate trusts first, then the newest; each figure once."""
    of_pair = sorted(_by_pair(snapshot).get((pair.model.slug, pair.gpu.slug), ()), key=_preference)
    distinct = {
        (benchmark.quant_label, benchmark.decode_tokens_s, benchmark.gpu_count): benchmark
        for benchmark in reversed(of_pair)
    }
    return tuple(sorted(distinct.values(), key=_preference)[:MOST_OWN])


def near_benchmarks(snapshot: Snapshot, pair: Pair) -> Benchmarks:
    """Of this model on the cards nearest in bandwidth, and of this card with the models nearest in size."""
    model, gpu = pair.model, pair.gpu
    on_others = _nearest(_on_cards(snapshot, model.slug), gpu.slug, log(gpu.spec.bandwidth_gb_s))
    with_others = _nearest(_with_models(snapshot, gpu.slug), model.slug, log(model.spec.parameters))
    return (*on_others, *with_others)


def measured_at(
    snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu, verdict: Verdict
) -> PublishedBenchmark | None:
    """What was measured of the pair or of its twin as the estimate is made: at the level of the verdict, within a
    quarter of its context, by the backend that is usual for the card."""
    measured = _with_context(snapshot)
    if not measured or verdict.cache_type is not CacheType.F16:
        return None
    of_pair = measured.get((model_family(snapshot, model), gpu_family(snapshot, gpu)), ())
    backend = verdict.speed.backend if verdict.speed else ""
    alike = (row for row in of_pair if row.quant == verdict.quant.slug and row.backend == backend)
    return next((row for row in alike if 4 * abs((row.depth_tokens or 0) - verdict.context) <= verdict.context), None)


@per_snapshot
def _with_context(snapshot: Snapshot) -> dict[tuple[str, str], Benchmarks]:
    """Measurements with a context in the cache, what the estimate trusts most first; by families of model and GPU."""
    by_family: dict[tuple[str, str], Benchmarks] = {}
    for benchmark in sorted(_trusted(snapshot), key=_preference):
        if benchmark.depth_tokens and benchmark.quant and _as_shipped(benchmark):
            model, gpu = snapshot.models[benchmark.model], snapshot.gpus[benchmark.gpu]
            key = model_family(snapshot, model), gpu_family(snapshot, gpu)
            by_family[key] = (*by_family.get(key, ()), benchmark)
    return by_family


def _as_shipped(benchmark: PublishedBenchmark) -> bool:
    """Whether llama.cpp ran with an f16 cache, and the card without a limit of power."""
    plain_cache = {benchmark.cache_keys or "f16", benchmark.cache_values or "f16"} == {"f16"}
    return plain_cache and benchmark.power_limit_w is None and benchmark.runtime.startswith("llama.cpp")


class _Neighbour(NamedTuple):
    """A measurement on another card, or with another model: `log_size` is of its bandwidth, or of its weights."""

    slug: str
    by_another_program: bool
    log_size: float
    benchmark: PublishedBenchmark


def _nearest(neighbours: Iterable[_Neighbour], own_slug: str, log_size: float) -> Benchmarks:
    """Those of other slugs that come nearest in size; what llama.cpp itself did is nearer to what a page estimates."""

    def distance(neighbour: _Neighbour) -> tuple[bool, float]:
        return neighbour.by_another_program, abs(neighbour.log_size - log_size)

    others = (neighbour for neighbour in neighbours if neighbour.slug != own_slug)
    return tuple(neighbour.benchmark for neighbour in sorted(others, key=distance)[:MOST_NEAR])


@per_snapshot
def _on_cards(snapshot: Snapshot, model_slug: str) -> tuple[_Neighbour, ...]:
    """One measurement a card, of those that the estimate trusts."""
    benchmarks = _first_of_each_pair(benchmark for benchmark in _trusted(snapshot) if benchmark.model == model_slug)
    return tuple(
        _neighbour(benchmark, benchmark.gpu, log(snapshot.gpus[benchmark.gpu].spec.bandwidth_gb_s))
        for benchmark in benchmarks
    )


@per_snapshot
def _with_models(snapshot: Snapshot, gpu_slug: str) -> tuple[_Neighbour, ...]:
    """One measurement a model, of those that the estimate trusts."""
    benchmarks = _first_of_each_pair(benchmark for benchmark in _trusted(snapshot) if benchmark.gpu == gpu_slug)
    return tuple(
        _neighbour(benchmark, benchmark.model, log(snapshot.models[benchmark.model].spec.parameters))
        for benchmark in benchmarks
    )


def _neighbour(benchmark: PublishedBenchmark, slug: str, log_size: float) -> _Neighbour:
    return _Neighbour(slug, not benchmark.runtime.startswith("llama.cpp"), log_size, benchmark)


def _first_of_each_pair(benchmarks: Iterable[PublishedBenchmark]) -> Benchmarks:
    first: dict[tuple[str, str], PublishedBenchmark] = {}
    for benchmark in sorted(benchmarks, key=_preference):
        first.setdefault((benchmark.model, benchmark.gpu), benchmark)
    return tuple(first.values())


def _preference(benchmark: PublishedBenchmark) -> tuple[bool, bool, int, str]:
    return (
        not benchmark.for_calibration,
        benchmark.runtime != "llama.cpp",
        -_month(benchmark.measured_in),
        benchmark.slug,
    )


def _month(measured_in: str) -> int:
    """Months since the year 0, of "2024", "2024-05" or "2024-05-31"; 0 where it is not known."""
    year, _, rest = measured_in.partition("-")
    return int(year) * 12 + int(rest[:2] or 0) if year.isdigit() else 0


@per_snapshot
def _by_pair(snapshot: Snapshot) -> dict[tuple[str, str], Benchmarks]:
    by_pair: dict[tuple[str, str], Benchmarks] = {}
    for benchmark in snapshot.shown_benchmarks:
        by_pair[benchmark.model, benchmark.gpu] = (*by_pair.get((benchmark.model, benchmark.gpu), ()), benchmark)
    return by_pair


@per_snapshot
def _trusted(snapshot: Snapshot) -> Benchmarks:
    """Of one GPU with everything on it, between a card and a model that have pages."""
    return tuple(
        benchmark
        for benchmark in snapshot.shown_benchmarks
        if benchmark.for_calibration and benchmark.gpu_count == 1 and not benchmark.offload
        if benchmark.gpu in snapshot.gpus and benchmark.model in snapshot.models
    )
