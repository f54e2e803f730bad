"""The levels that the page of a pair does not show in its table: a list that readers open.

For the cards of one model they differ only in how many fit, so each such list is made and rendered once.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from catalog.snapshot import PublishedModel, Snapshot
from fit.memory import REFERENCE_CONTEXT
from fit.needs import bytes_apart
from fit.specs import QuantSpec
from fitpages.matching.levels import file_sizes, levels
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures


class FoldedRow(NamedTuple):
    """One level, as counted at the reference context."""

    name: str
    need: str
    fits: bool
    quality: str


@dataclass(frozen=True, kw_only=True, eq=False)
class FoldedLevels:
    """The list, best quality first; `context` is what was counted with."""

    summary: str
    context: str
    rows: tuple[FoldedRow, ...]


class _Counted(NamedTuple):
    """The levels in order of quality, each with its bytes; and all bytes, the least first."""

    levels: tuple[tuple[QuantSpec, int], ...]
    ascending: tuple[int, ...]


def folded_levels(snapshot: Snapshot, assessed: AssessedPair) -> FoldedLevels | None:
    """Every level that can be counted and does not stand in the table; None where there is none."""
    lower_is_open = bool(assessed.assessment.lower)
    counted = _counted(snapshot, assessed.model, lower_is_open)
    fitting = bisect_right(counted.ascending, assessed.assessment.offer.total_bytes)
    return _list(snapshot, assessed.model, lower_is_open, fitting) if counted.levels else None


@per_snapshot
def _counted(snapshot: Snapshot, model: PublishedModel, lower_is_open: bool) -> _Counted:
    sizes, lower = _sizes(snapshot, model), levels(snapshot, model).lower if lower_is_open else ()
    counted = tuple((quant, size) for quant, size in sizes if quant not in lower)
    return _Counted(counted, tuple(sorted(size for _, size in counted)))


@per_snapshot
def _sizes(snapshot: Snapshot, model: PublishedModel) -> tuple[tuple[QuantSpec, int], ...]:
    """Bytes at each level that can be counted and is not in the table of every page, best quality first."""
    quants = _in_order(snapshot, (*levels(snapshot, model).lower, *levels(snapshot, model).folded))
    sizes = bytes_apart(model.spec, quants, file_sizes(snapshot, model))
    return tuple((quant, size) for quant, size in zip(quants, sizes, strict=True) if size is not None)


def _in_order(snapshot: Snapshot, quants: tuple[QuantSpec, ...]) -> tuple[QuantSpec, ...]:
    """Best quality first."""
    places = {quant.slug: place for place, quant in enumerate(snapshot.all_quants)}
    return tuple(sorted(quants, key=lambda quant: places[quant.slug]))


@per_snapshot
def _list(snapshot: Snapshot, model: PublishedModel, lower_is_open: bool, fitting: int) -> FoldedLevels:
    """The list on a card that holds so many of them: the smallest."""
    counted = _counted(snapshot, model, lower_is_open)
    largest = counted.ascending[fitting - 1] if fitting else 0
    context = min(REFERENCE_CONTEXT, model.spec.native_context or REFERENCE_CONTEXT)
    return FoldedLevels(
        summary=f"{len(counted.levels)} other levels" if len(counted.levels) > 1 else "Another level",
        context=figures.tokens(context),
        rows=tuple(_row(snapshot, quant, size, largest) for quant, size in counted.levels),
    )


def _row(snapshot: Snapshot, quant: QuantSpec, size: int, largest: int) -> FoldedRow:
    record = snapshot.quant_of[quant.slug]
    needed = " It is made with an importance matrix." if record.needs_imatrix else ""
    return FoldedRow(record.name, figures.memory(size), size <= largest, f"{record.quality}{needed}")
