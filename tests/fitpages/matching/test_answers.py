"""The answer to a pair as every surface gives it: the verdict, and what was measured of the very pair."""

from dataclasses import replace

import pytest

from catalog.snapshot import PublishedBenchmark, Snapshot
from fit.verdict import assess
from fitpages.matching.answers import Answer, answer, candidates
from tests.published import published_benchmark
from tests.small_catalog import snapshot_of

AT = {"quant": "q6-k", "quant_label": "Q6_K", "depth_tokens": 32768}


def of(snapshot: Snapshot, model: str, gpu: str) -> Answer:
    return answer(snapshot, snapshot.models[model], snapshot.gpus[gpu])


def measured(*rows: PublishedBenchmark, gpu: str = "rtx-24") -> Answer:
    return of(snapshot_of(benchmarks=rows), "small-8b", gpu)


@pytest.mark.parametrize("model", ["small-8b", "large-70b", "mixture-30b", "closed-100b"])
@pytest.mark.parametrize("gpu", ["rtx-24", "rtx-8", "h80", "rx-16-laptop", "mac-64"])
def test_it_is_the_verdict_on_the_pair(small: Snapshot, model: str, gpu: str) -> None:
    there = of(small, model, gpu)
    assert there.verdict == assess(candidates(small, there.model), there.gpu.spec)
    assert there.quant is small.quant_of[there.verdict.quant.slug]
    assert there.address == f"/run/{model}-on-{gpu}/"


def test_candidates_are_worked_out_once_a_model_and_count_its_published_files(small: Snapshot) -> None:
    model = small.models["small-8b"]
    assert candidates(small, model) is candidates(small, model)
    assert candidates(small, model).published_bytes.keys() == {"q4-k-m"}


def test_a_measurement_at_the_level_and_the_context_stands_before_the_estimate() -> None:
    row = published_benchmark("a", "small-8b", "rtx-24", "54.3", **AT)
    there = measured(row)
    assert there.verdict.speed
    assert (there.measured, there.tokens_s) == (row, 54.3)
    assert measured().tokens_s == there.verdict.speed.tokens_s
    assert measured().measured is None


@pytest.mark.parametrize("facts", [{"quant": "q4-k-m"}, {"depth_tokens": None}, {"depth_tokens": 8192}], ids=str)
def test_a_measurement_of_something_else_does_not(facts: dict[str, object]) -> None:
    assert measured(published_benchmark("a", "small-8b", "rtx-24", "54.3", **{**AT, **facts})).measured is None


def test_where_a_part_lies_in_ram_or_nothing_runs_nothing_measured_on_the_card_is_said() -> None:
    at = {"quant": "q4-k-m", "depth_tokens": 8192}
    rows = [
        published_benchmark(slug, model, gpu, "9", **at)
        for slug, model, gpu in (("a", "mixture-30b", "rtx-8"), ("b", "closed-100b", "h80"))
    ]
    snapshot = snapshot_of(benchmarks=rows)
    assert of(snapshot, "mixture-30b", "rtx-8").measured is None
    unknown = of(snapshot, "closed-100b", "h80")
    assert (unknown.measured, unknown.tokens_s) == (None, None)


def test_an_edit_is_in_the_next_answer(small: Snapshot) -> None:
    card = small.gpus["rtx-24"]
    slower = replace(card, spec=replace(card.spec, bandwidth_gb_s=card.spec.bandwidth_gb_s / 2))
    before, after = (answer(small, small.models["small-8b"], gpu).tokens_s for gpu in (card, slower))
    assert before
    assert after
    assert after < before
