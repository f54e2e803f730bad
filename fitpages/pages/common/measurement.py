"""How something was measured, and where that is published, in the words of a list."""

from catalog.models import Benchmark
from catalog.snapshot import PublishedBenchmark
from fit.kv_cache import CacheType
from fitpages.pages.common.sources import Source, as_sources


def how(benchmark: PublishedBenchmark) -> str:
    """What was run, by which program and when; what is not known is left out."""
    cards = f"{benchmark.gpu_count} cards" if benchmark.gpu_count > 1 else ""
    old = "build of 2023 or 2024" if benchmark.build == Benchmark.Build.OLD else ""
    unused = "" if benchmark.for_calibration else "not used by the estimate"
    program = f"{benchmark.runtime} {benchmark.backend}".strip()
    parts = (cards, benchmark.offload, *_circumstances(benchmark), program, old, benchmark.measured_in, unused)
    return ", ".join(part for part in parts if part)


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


def source(benchmark: PublishedBenchmark) -> Source | None:
    """Where to check it; the repository is name enough."""
    first = next(iter(as_sources(benchmark.sources)), None)
    return Source(text=first.text.partition(" ")[0], address=first.address) if first and first.address else first
