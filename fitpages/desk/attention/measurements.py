"""Public measurements that lie outside the range that stands with their estimate."""

import math
from collections.abc import Callable

from django.http import HttpRequest

from catalog.admin.attention.part import MOST, Entry, Part, addresses_by_slug, kinds
from catalog.models import Benchmark
from catalog.snapshot import Snapshot
from fit.calibration.agreement import Prediction
from fitpages.matching.comparison import speed_comparison
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures


def measurements(request: HttpRequest, snapshot: Snapshot) -> Part:
    """Those that are furthest from their estimate first; worked out once a snapshot, with the page on accuracy."""
    outside = _outside(snapshot) if Benchmark in kinds(request) else ()
    everything = len(speed_comparison(snapshot).predictions)
    address_of = addresses_by_slug(Benchmark, (row.observation.slug for row in outside[:MOST]))
    return Part(
        name="measurements",
        heading="Measurements outside their range",
        hint=f"Of {everything:,} that have an estimate; about one in five is. Look at those furthest away.",
        nothing="Every measurement lies within the range of its estimate.",
        count=len(outside),
        entries=tuple(_entry(prediction, address_of) for prediction in outside[:MOST]),
    )


@per_snapshot
def _outside(snapshot: Snapshot) -> tuple[Prediction, ...]:
    outside = (row for row in speed_comparison(snapshot).predictions if not row.covered)
    return tuple(sorted(outside, key=lambda row: -abs(math.log(row.tokens_s / row.observation.tokens_s))))


def _entry(prediction: Prediction, address_of: Callable[[str], str]) -> Entry:
    expected = figures.expected_range(prediction.low, prediction.high)
    note = f"{figures.expected(prediction.observation.tokens_s)} tokens/s, {expected} expected"
    observation = prediction.observation
    return Entry(text=observation.label, address=address_of(observation.slug), note=note)
