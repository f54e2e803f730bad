"""Every measurement that pages print, beside what the estimate says of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from catalog.models import Gpu
from catalog.observations import observations
from catalog.snapshot import Snapshot
from fit.calibration.agreement import Agreement, Prediction, compare
from fit.calibration.report import KINDS, table
from fit.speed_constants import load_constants
from fitpages.per_snapshot import per_snapshot

# The report's line of all measurements that the calibration uses, each card held out.
ALL_CLASSES = "all of any class"


@dataclass(frozen=True)
class Comparison:
    """Every measurement beside its estimate, and the report's lines by their names."""

    predictions: tuple[Prediction, ...]
    lines: Mapping[str, Agreement]

    def of(self, kind: str) -> list[Prediction]:
        """The predictions of one of the KINDS of measurements."""
        is_of_kind, _ = KINDS[kind]
        return [prediction for prediction in self.predictions if is_of_kind(prediction.observation)]

    @cached_property
    def classes(self) -> Mapping[str, tuple[Prediction, ...]]:
        """The predictions of every class of cards, those that the calibration uses first; classes by their names."""
        names = sorted({row.observation.class_name for row in self.predictions} - {""})
        return MappingProxyType({name: tuple(sorted(self._of_class(name), key=_place)) for name in names})

    def _of_class(self, name: str) -> Iterator[Prediction]:
        return (row for row in self.predictions if row.observation.class_name == name)


def _place(prediction: Prediction) -> tuple[bool, str, int, str]:
    observation = prediction.observation
    return not observation.calibrates, observation.label, observation.depth, observation.slug


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
