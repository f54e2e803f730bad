"""The first page offers every model and GPU, and leads to what each size of memory runs."""

import datetime

from catalog.snapshot import Snapshot
from fitpages.pages.browse import home
from tests.published import dense, published_gpu, published_model
from tests.small_catalog import snapshot_of


def test_it_offers_every_published_model_and_gpu(small: Snapshot) -> None:
    page = home.build(small)
    models = {choice.value for group in page.model_groups for choice in group.choices}
    gpus = {choice.value for group in page.gpu_groups for choice in group.choices}
    assert (models, gpus) == (set(small.models), set(small.gpus))


def test_it_counts_the_catalog(small: Snapshot) -> None:
    assert home.build(small).opening.startswith("4 language models, 5 GPUs, 20 pages.")


def test_each_size_of_memory_leads_to_the_largest_model_that_it_runs_at_a_known_pace(small: Snapshot) -> None:
    assert [(line.gpu.slug, line.model.slug) for line in home.build(small).examples] == [
        ("rtx-8", "small-8b"),
        ("rtx-24", "mixture-30b"),
        ("h80", "large-70b"),
    ]


def test_a_model_that_is_too_slow_to_read_along_gives_way_to_a_faster_one() -> None:
    large, small_one = (
        published_model(f"Dense {name}", parameters, dense(layers=layers, width=8192, heads=64, feed_forward=28672))
        for name, parameters, layers in (("40B", 36_000_000_000, 40), ("9B", 9_000_000_000, 8))
    )
    slow = published_gpu("RTX 48", memory_gb=48, bandwidth_gb_s=150)
    both = home.build(snapshot_of(gpus=[slow], models=[large, small_one])).examples
    assert [line.model.slug for line in both] == ["dense-9b"]
    alone = home.build(snapshot_of(gpus=[slow], models=[large])).examples
    assert [line.model.slug for line in alone] == ["dense-40b"]
    assert 0 < alone[0].speed < home.FLUENT_TOKENS_S <= both[0].speed


def test_of_a_size_the_card_with_most_bandwidth_leads_and_of_equals_the_newest() -> None:
    old, new = (
        published_gpu(f"RTX {year}", memory_gb=24, bandwidth_gb_s=900, release_date=datetime.date(year, 1, 1))
        for year in (2020, 2024)
    )
    slow = published_gpu("RTX Slow", memory_gb=24, bandwidth_gb_s=800)
    shared = published_gpu("Mac 24", memory_gb=24, bandwidth_gb_s=2000, unified_memory=True)
    undated = published_gpu("RTX Undated", memory_gb=24, bandwidth_gb_s=900, release_date=None)
    examples = home.build(snapshot_of(gpus=[slow, new, old, shared, undated])).examples
    assert [line.gpu.slug for line in examples] == ["rtx-2024"]


def test_a_size_that_runs_nothing_is_left_out() -> None:
    weak = published_gpu("RTX Weak", memory_gb=8, bandwidth_gb_s=100)
    assert home.build(snapshot_of(gpus=[weak], models=())).examples == ()


def test_it_works_without_a_model_or_a_gpu() -> None:
    page = home.build(snapshot_of(models=(), gpus=()))
    assert page.opening.startswith("0 language models, 0 GPUs, 0 pages.")
    assert page.breadcrumbs == ()
