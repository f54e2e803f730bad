"""Which pairs may be answered otherwise after a change: what answers follow from is compared, and none is made.

An answer follows from the model's figures, levels and files, from the GPU's figures, and from which records are their
twins, whose measurements stand for theirs. Whether a page is for search engines follows from the same and from sources.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.desk.effects.shared import share_what_stays
from fitpages.matching.files import file_sizes
from fitpages.matching.indexing import is_complete, smallest_quant
from fitpages.matching.levels import levels
from fitpages.matching.twins import gpu_group, model_group
from fitpages.per_snapshot import per_snapshot

Record = TypeVar("Record", PublishedModel, PublishedGpu)


@dataclass(frozen=True, slots=True)
class Sides(Generic[Record]):
    """A record before and after a change; None where it is not public."""

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """As it would be, or as it was."""
        record = self.after or self.before
        assert record
        return record

    @property
    def is_same(self) -> bool:
        """Whether nothing of it changes."""
        return self.before is self.after


class Both(NamedTuple):
    """A pair before and after a change."""

    model: Sides[PublishedModel]
    gpu: Sides[PublishedGpu]


class Line(NamedTuple, Generic[Record]):
    """The pairs of a record: whether all of their answers may change, and whether it is one that most ask for."""

    sides: Sides[Record]
    changes: bool
    is_common: bool


@dataclass(frozen=True)
class Affected:
    """The pairs that may be answered otherwise, the newest records first: never listed, for there may be 200,000."""

    models: tuple[Line[PublishedModel], ...]
    gpus: tuple[Line[PublishedGpu], ...]

    def pairs(self) -> Iterator[Both]:
        """All of them, the common ones first."""
        yield from self.common()
        yield from self._pairs(lambda model, gpu: not (model.is_common and gpu.is_common))

    def common(self) -> Iterator[Both]:
        """Those of common models on common GPUs."""
        return self._pairs(lambda model, gpu: model.is_common and gpu.is_common)

    @cached_property
    def count(self) -> int:
        """How many there are."""
        still_models = sum(not model.changes for model in self.models)
        return len(self.models) * len(self.gpus) - still_models * sum(not gpu.changes for gpu in self.gpus)

    def _pairs(self, wanted: Callable[[Line[PublishedModel], Line[PublishedGpu]], bool]) -> Iterator[Both]:
        for model in self.models:
            for gpu in self.gpus:
                if (model.changes or gpu.changes) and wanted(model, gpu):
                    yield Both(model.sides, gpu.sides)


def affected(before: Snapshot, after: Snapshot) -> Affected:
    """The rows of the models and the columns of the GPUs whose answers may change."""
    share_what_stays(before, after)
    models = _sides(before.models, after.models, after.former_model_slugs)
    gpus = _sides(before.gpus, after.gpus, after.former_gpu_slugs)
    return Affected(
        tuple(
            Line(sides, _differs(sides, before, after, _of_model), sides.record.common)
            for sides in sorted(models, key=lambda sides: newest_first(sides.record))
        ),
        tuple(
            Line(sides, _differs(sides, before, after, _of_gpu), sides.record.common)
            for sides in sorted(gpus, key=lambda sides: newest_first(sides.record))
        ),
    )


def _sides(
    before: Mapping[str, Record], after: Mapping[str, Record], former: Mapping[str, str]
) -> Iterator[Sides[Record]]:
    """Each record with what it becomes, under another address too; then those that are new."""
    remaining = dict(after)
    for slug, record in before.items():
        yield Sides(record, remaining.pop(slug, None) or remaining.pop(former.get(slug, ""), None))
    yield from (Sides(None, record) for record in remaining.values())


def _differs(
    side: Sides[Record], before: Snapshot, after: Snapshot, premises: Callable[[Snapshot, Record], object]
) -> bool:
    """Whether what answers follow from is another, or the record is on one side only."""
    if side.before is None or side.after is None:
        return True
    return premises(before, side.before) != premises(after, side.after)


def _of_model(snapshot: Snapshot, model: PublishedModel) -> object:
    group = tuple(twin.slug for twin in model_group(snapshot, model))
    of_levels = (levels(snapshot, model), file_sizes(snapshot, model), _of_quants(snapshot)) if snapshot.quants else ()
    return model.spec, of_levels, group, is_complete(model)


@per_snapshot
def _of_quants(snapshot: Snapshot) -> object:
    """What of the quantizations is of all models: the smallest, and what each is called."""
    return smallest_quant(snapshot), tuple((quant.slug, quant.short_name) for quant in snapshot.all_quants)


def _of_gpu(snapshot: Snapshot, gpu: PublishedGpu) -> object:
    return gpu.spec, tuple(twin.slug for twin in gpu_group(snapshot, gpu)), bool(gpu.sources)


def newest_first(record: PublishedModel | PublishedGpu) -> tuple[int, str]:
    """A place in the order in which pairs are looked at; without a date last."""
    return -record.release_date.toordinal() if record.release_date else 0, record.slug
