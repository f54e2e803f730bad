"""Measurements on the page of a pair: what was measured, how, and where that is published."""

from dataclasses import replace

import pytest

from catalog.snapshot import PublishedBenchmark, Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.common.sources import Source
from fitpages.pages.pair.measured import Measured, near_results, own_results
from fitpages.site import Link
from tests.published import published_benchmark
from tests.small_catalog import snapshot_of


def own(small: Snapshot, model: str = "small-8b", gpu: str = "rtx-24") -> tuple[Measured, ...]:
    return own_results(small, Pair(small.models[model], small.gpus[gpu]))


def shown(benchmark: PublishedBenchmark) -> Measured:
    (measured,) = own(snapshot_of(benchmarks=[benchmark]))
    return measured


def benchmark(**facts: object) -> PublishedBenchmark:
    return published_benchmark("a", "small-8b", "rtx-24", "127.5", **facts)


def test_a_measurement_says_what_how_and_where() -> None:
    assert shown(benchmark()) == Measured(
        name="Q4_K_M",
        pair=None,
        tokens_s="128",
        how="tg128, llama.cpp CUDA, 2025-06",
        source=Source("github.com/testers/results", "https://github.com/testers/results/blob/HEAD/table.md"),
    )


@pytest.mark.parametrize(
    ("sources", "source"),
    [((), None), (("A printed table of 2024",), Source("A printed table of 2024", ""))],
)
def test_a_source_without_an_address_keeps_its_words(sources: tuple[str, ...], source: Source | None) -> None:
    assert shown(benchmark(sources=sources)).source == source


def test_own_results_keep_the_order_of_trust(small: Snapshot) -> None:
    assert [measured.tokens_s for measured in own(small)] == ["128", "110", "61"]
    assert own(small, "closed-100b", "h80") == ()


def test_near_results_lead_to_the_pages_of_their_pairs(small: Snapshot) -> None:
    near = near_results(small, Pair(small.models["small-8b"], small.gpus["rtx-24"]))
    assert [measured.pair for measured in near] == [
        Link("Small 8B on RTX 8", "/run/small-8b-on-rtx-8/"),
        Link("Mixture 30B on RTX 24", "/run/mixture-30b-on-rtx-24/"),
    ]


def test_a_near_result_of_what_nobody_has_is_named_and_leads_nowhere(small: Snapshot) -> None:
    rare = [replace(model, common=model.slug != "mixture-30b") for model in small.models.values()]
    snapshot = snapshot_of(models=rare, gpus=[replace(gpu, common=gpu.slug != "rtx-8") for gpu in small.gpus.values()])
    near = near_results(snapshot, Pair(snapshot.models["small-8b"], snapshot.gpus["rtx-24"]))
    assert [measured.pair for measured in near] == [Link("Small 8B on RTX 8", ""), Link("Mixture 30B on RTX 24", "")]
