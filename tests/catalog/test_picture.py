"""What a picture of the catalog says of itself."""

import time
from dataclasses import replace

import pytest

from catalog.snapshot import Snapshot, build


@pytest.mark.django_db
def test_it_knows_when_it_was_read_by_a_clock_that_nobody_sets() -> None:
    began = time.monotonic()
    assert began <= build().read_at_s <= time.monotonic()


def test_measurements_that_no_reader_can_check_are_not_shown(small: Snapshot) -> None:
    hidden = [benchmark for benchmark in small.benchmarks if benchmark.hidden_because]
    assert len(small.shown_benchmarks) == len(small.benchmarks) - len(hidden)


def test_the_popular_quantization_is_the_one_named(small: Snapshot) -> None:
    other = small.all_quants[0]
    assert replace(small, default_slug=other.slug).default_quant is other
