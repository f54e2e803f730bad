"""Machines that people have come first."""

import datetime

from fitpages.matching.machine_order import in_order
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


def test_examples_come_first_the_smallest_before_larger_then_common_ones_then_the_newest() -> None:
    old, new = datetime.date(2020, 1, 1), datetime.date(2026, 1, 1)
    gpus = [
        published_gpu("E24", 24, 900, class_example=True, release_date=new),
        published_gpu("E8", 8, 256, class_example=True, release_date=old),
        published_gpu("C old", 8, 256, release_date=old),
        published_gpu("C new", 48, 256, release_date=new),
        published_gpu("Rented", 80, 2000, segment="datacenter", release_date=new),
        published_gpu("Rare", 8, 256, common=False, release_date=new),
        published_gpu("Undated", 8, 256, common=False, release_date=None),
    ]
    names = [gpu.name for gpu in in_order(snapshot_of(gpus=gpus))]
    assert names == ["E8", "E24", "C new", "C old", "Rented", "Rare", "Undated"]
