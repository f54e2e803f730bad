"""Common models first, then by how many people take them, then the newest."""

import datetime
from dataclasses import replace
from math import log10

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.popularity import by_popularity, common_machines, common_models, place, taken
from tests.published_markets import published_popularity
from tests.small_catalog import five_gpus, four_models, snapshot_of


@pytest.fixture
def counted() -> Snapshot:
    """Of four models the second is not common and taken most, the third taken more than the first, the fourth newer."""
    first, second, third, fourth = four_models()
    models = [first, replace(second, common=False), third, replace(fourth, release_date=datetime.date(2026, 1, 1))]
    counts = {
        second.slug: published_popularity(downloads=10**6, pulls_90_days=10**6),
        third.slug: published_popularity(downloads=1000),
    }
    return snapshot_of(models=models, popularity_of=counts)


def test_the_order_is_common_then_taken_then_new(counted: Snapshot) -> None:
    first, second, third, fourth = (model.slug for model in four_models())
    order = [model.slug for model in by_popularity(counted)]
    assert order == [third, fourth, first, second]
    assert [model.slug for model in common_models(counted)] == order[:3]
    assert place(counted) == {slug: number for number, slug in enumerate(order)}


def test_a_model_is_taken_by_downloads_and_half_by_pulls(counted: Snapshot) -> None:
    first, second, third, _ = counted.models.values()
    assert taken(counted, first) == 0
    assert taken(counted, second) == pytest.approx(1.5 * log10(10**6 + 1))
    assert taken(counted, third) == pytest.approx(log10(1001))


def test_common_machines_have_one_gpu() -> None:
    first, *others = five_gpus()
    snapshot = snapshot_of(gpus=[replace(first, gpus_per_board=2), *others])
    slugs = [gpu.slug for gpu in common_machines(snapshot)]
    assert slugs == [gpu.slug for gpu in snapshot.common_gpus if gpu.slug != first.slug]
    assert slugs
