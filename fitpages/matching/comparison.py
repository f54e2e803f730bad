"""Every measurement that pages print, beside what the estimate says of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.models import Gpu
from catalog.observations import observations
from catalog.snapshot import Snapshot
from fit.calibration.agreement import Agreement, Prediction, compare
from fit.calibration.report import KINDS, table
from fit.speed_constants import load_constants
from fitpages.per_snapshot import per_snapshot


@dataclass(frozen=True)
class Comparison:
    """Every measurement beside its estimate, and the report's lines by their names."""

    predictions: tuple[Prediction, ...]
    lines: Mapping[str, Agreement]

    def of(self, kind: str) -> list[Prediction]:
        """The predictions of one of the KINDS of measurements."""
        is_of_kind, _ = KINDS[kind]
        return [prediction for prediction in self.predictions if is_of_kind(prediction.observation)]

    def used_of(self, class_name: str) -> list[Prediction]:
        """The predictions that the report's line of a class of cards is made of."""
        return [row for row in self.predictions if row.observation.calibrates and _is_of(row, class_name)]


def _is_of(prediction: Prediction, class_name: str) -> bool:
    return prediction.observation.class_name == class_name


@per_snapshot
def speed_comparison(snapshot: Snapshot) -> Comparison:
    """Of the measurements that readers can check; made once a snapshot, for it takes some milliseconds."""
    predictions = tuple(compare(observations(snapshot, snapshot.shown_benchmarks), load_constants()))
    return Comparison(predictions, {line.name: line for line in table(predictions, load_constants())})


@per_snapshot
def slowest_laptop(snapshot: Snapshot) -> Prediction | None:
    """Of laptops that were measured, the one that was furthest below what its class led to expect."""
    laptops = {slug for slug, gpu in snapshot.gpus.items() if gpu.segment == Gpu.Segment.LAPTOP}
    rows = [row for row in speed_comparison(snapshot).predictions if row.held_out and row.observation.card in laptops]
    return max(rows, key=lambda row: row.error, default=None)
