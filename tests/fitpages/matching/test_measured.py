"""Measurements of a pair in the order of trust, and of the pairs that come nearest to it."""

from dataclasses import replace

import pytest

from catalog.snapshot import PublishedBenchmark, PublishedGpu, Snapshot
from fit.kv_cache import CacheType
from fit.verdict import assess
from fitpages.matching.answers import candidates
from fitpages.matching.measured import MOST_OWN, measured_at, near_benchmarks, own_benchmarks
from fitpages.matching.pairs import Pair
from tests.published import published_benchmark
from tests.small_catalog import five_gpus, snapshot_of, some_benchmarks


def pair(snapshot: Snapshot, model: str, gpu: str) -> Pair:
    return Pair(snapshot.models[model], snapshot.gpus[gpu])


def of_one_pair(*benchmarks: PublishedBenchmark) -> list[str]:
    snapshot = snapshot_of(benchmarks=benchmarks)
    return [benchmark.slug for benchmark in own_benchmarks(snapshot, pair(snapshot, "small-8b", "rtx-24"))]


def benchmark(slug: str, tokens_s: str, **facts: object) -> PublishedBenchmark:
    return published_benchmark(slug, "small-8b", "rtx-24", tokens_s, **facts)


def test_own_measurements_are_of_the_very_pair(small: Snapshot) -> None:
    slugs = [row.slug for row in own_benchmarks(small, pair(small, "small-8b", "rtx-24"))]
    assert slugs == ["a-small-on-rtx-24", "e-small-of-old", "d-small-hosted"]
    assert own_benchmarks(small, pair(small, "closed-100b", "rtx-8")) == ()


def test_what_the_estimate_trusts_comes_first_then_llama_cpp_then_the_newest() -> None:
    assert of_one_pair(
        benchmark("a-other-program", "1", for_calibration=False, runtime="ollama", measured_in="2026"),
        benchmark("b-older", "2", for_calibration=False, measured_in="2025-02"),
        benchmark("c-newer", "3", for_calibration=False, measured_in="2025-11"),
        benchmark("d-trusted", "4", measured_in="2024"),
    ) == ["d-trusted", "c-newer", "b-older", "a-other-program"]


@pytest.mark.parametrize(
    ("earlier", "later"), [("", "2024"), ("2024", "2024-01"), ("2024-05-31", "2024-06"), ("2024-12", "2025-01")]
)
def test_a_date_is_a_year_a_month_or_a_day(earlier: str, later: str) -> None:
    rows = (benchmark("a", "1", measured_in=earlier), benchmark("b", "2", measured_in=later))
    assert of_one_pair(*rows) == ["b", "a"]


def test_one_figure_is_shown_once_and_no_more_than_six_are() -> None:
    repeated = (benchmark("a", "1"), benchmark("b", "1"), benchmark("c", "1", gpu_count=2))
    assert of_one_pair(*repeated) == ["a", "c"]
    many = [benchmark(f"{number:02}", str(number + 1)) for number in range(MOST_OWN + 2)]
    assert len(of_one_pair(*many)) == MOST_OWN


def test_near_ones_are_of_the_model_on_other_cards_and_of_the_card_with_other_models(small: Snapshot) -> None:
    slugs = [row.slug for row in near_benchmarks(small, pair(small, "small-8b", "rtx-24"))]
    assert slugs == ["b-small-on-rtx-8", "c-mixture-on-rtx-24"]


def test_the_nearest_in_bandwidth_and_in_size_come_first_and_those_of_llama_cpp_before_others() -> None:
    on_cards = (("a", "mac-64", "llama.cpp"), ("b", "rtx-8", "llama.cpp"), ("c", "h80", "ollama"))
    rows = [published_benchmark(slug, "small-8b", gpu, "9", runtime=program) for slug, gpu, program in on_cards]
    rows += [
        published_benchmark(f"m-{slug}", slug, "rtx-24", "9") for slug in ("large-70b", "mixture-30b", "closed-100b")
    ]
    snapshot = snapshot_of(benchmarks=rows)
    near = near_benchmarks(snapshot, pair(snapshot, "small-8b", "rtx-24"))
    assert [row.slug for row in near] == ["a", "b", "m-mixture-30b", "m-large-70b"]


@pytest.mark.parametrize(
    "distrusted",
    [{"for_calibration": False}, {"gpu_count": 2}, {"offload": "-ngl 20 of 32"}, {"gpu": "gone"}, {"model": "gone"}],
    ids=str,
)
def test_what_the_estimate_does_not_trust_is_no_neighbour(distrusted: dict[str, object]) -> None:
    row = published_benchmark("a", "small-8b", "rtx-8", "9", **distrusted)
    snapshot = snapshot_of(benchmarks=[row])
    assert near_benchmarks(snapshot, pair(snapshot, "small-8b", "rtx-24")) == ()


def test_the_small_catalog_keeps_its_measurements_in_order_of_their_slugs() -> None:
    slugs = [row.slug for row in some_benchmarks()]
    assert slugs == sorted(slugs)


def test_what_is_hidden_is_neither_of_the_pair_nor_near_it() -> None:
    hidden = {"hidden_because": "The source is a log without an address."}
    assert of_one_pair(benchmark("a", "1", **hidden), benchmark("b", "2")) == ["b"]
    rows = [
        published_benchmark("other-card", "small-8b", "rtx-8", "9", **hidden),
        published_benchmark("other-model", "large-70b", "rtx-24", "9", **hidden),
    ]
    snapshot = snapshot_of(benchmarks=rows)
    assert near_benchmarks(snapshot, pair(snapshot, "small-8b", "rtx-24")) == ()


def said(
    *rows: PublishedBenchmark, gpu: str = "rtx-24", context: int = 8192, **facts: object
) -> PublishedBenchmark | None:
    """What is measured at Q4_K_M with so much context."""
    snapshot = snapshot_of(benchmarks=rows, gpus=[*five_gpus(), _same(five_gpus()[1]), five_gpus()[2]])
    model = snapshot.models["small-8b"]
    verdict = assess(candidates(snapshot, model), snapshot.gpus["rtx-24"].spec)
    q4 = snapshot.default_quant.spec
    return measured_at(snapshot, model, snapshot.gpus[gpu], replace(verdict, quant=q4, context=context, **facts))


def _same(card: PublishedGpu) -> PublishedGpu:
    return replace(card, slug="rtx-8-b", name="RTX 8 B", spec=replace(card.spec, slug="rtx-8-b"))


@pytest.mark.parametrize(
    ("depth", "context", "is_about"),
    [(6144, 8192, True), (6143, 8192, False), (10240, 8192, True), (10241, 8192, False), (None, 8192, False)],
)
def test_a_measurement_stands_for_contexts_within_a_quarter(depth: int | None, context: int, is_about: bool) -> None:
    row = benchmark("a", "54", depth_tokens=depth)
    assert (said(row, context=context) is row) is is_about


@pytest.mark.parametrize(
    "facts",
    [
        {"quant": "q6-k"},
        {"cache_keys": "q8_0"},
        {"cache_values": "q8_0"},
        {"power_limit_w": 200},
        {"runtime": "vllm"},
        {"backend": "Vulkan"},
        {"for_calibration": False},
        {"gpu_count": 2},
        {"offload": "-ngl 20"},
        {"hidden_because": "A log without an address."},
    ],
    ids=str,
)
def test_what_ran_otherwise_than_was_counted_is_not_said(facts: dict[str, object]) -> None:
    assert said(benchmark("a", "54", depth_tokens=8192, **facts)) is None
    assert said(benchmark("a", "54", depth_tokens=8192))


def test_with_a_quantized_cache_nothing_measured_is_said() -> None:
    assert said(benchmark("a", "54", depth_tokens=8192), cache_type=CacheType.Q8_0) is None


def test_of_several_it_is_the_newest_of_llama_cpp() -> None:
    older, newer = (
        benchmark(slug, "54", depth_tokens=8192, measured_in=day) for slug, day in (("a", "2024"), ("b", "2025"))
    )
    assert said(older, newer) is newer


def test_a_twin_s_measurement_stands_for_its_own() -> None:
    row = published_benchmark("a", "small-8b", "rtx-8-b", "30", depth_tokens=8192)
    assert said(row, gpu="rtx-8") is row
    assert said(row, gpu="rtx-24") is None
