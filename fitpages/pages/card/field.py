"""The field: every common model that runs on a machine, by its strength, which is our own estimate, and its speed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fitpages.matching.picks import MachinePick
from fitpages.matching.runs import Run
from fitpages.matching.strength import strength
from fitpages.pages.common.field_plot import FieldPlot, Point, field_plot
from fitpages.site import Link
from fitpages.text import figures

# A drawing of fewer says no more than the table of picks.
LEAST_POINTS = 3


class FieldRow(NamedTuple):
    """A point as a row."""

    model: Link
    strength: str
    tokens_s: str
    where: str


class Field(NamedTuple):
    """The drawing, `text` for those who do not see it, and its rows, the strongest first."""

    plot: FieldPlot
    text: str
    rows: tuple[FieldRow, ...]
    has_hollow: bool


class _Placed(NamedTuple):
    run: Run
    strength: float


def field(snapshot: Snapshot, runs: Sequence[Run], picks: Sequence[MachinePick]) -> Field | None:
    """Of the models that run and of which a board says something; None where they are few."""
    placed = sorted(_placed(snapshot, runs), key=lambda point: -point.strength)
    plot = field_plot([_point(point) for point in _by_rank(placed, runs, picks)], is_linear=True)
    if plot is None or len(placed) < LEAST_POINTS:
        return None
    return Field(
        plot=plot,
        text=f"{len(placed)} common models by our estimate of their strength across and their tokens per second "
        "upwards; the table below has the same figures",
        rows=tuple(map(_row, placed)),
        has_hollow=any(point.run.ram for point in placed),
    )


def _placed(snapshot: Snapshot, runs: Sequence[Run]) -> Iterator[_Placed]:
    for run in runs:
        estimate = strength(snapshot, run.model)
        if estimate:
            yield _Placed(run, estimate.value)


def _by_rank(placed: Sequence[_Placed], runs: Sequence[Run], picks: Sequence[MachinePick]) -> list[_Placed]:
    """The picks first, then what is taken most, as the runs are: these have names before others."""
    first = [pick.model.slug for pick in picks]
    order = {slug: place for place, slug in enumerate(dict.fromkeys((*first, *(run.model.slug for run in runs))))}
    return sorted(placed, key=lambda point: order[point.run.model.slug])


def _point(placed: _Placed) -> Point:
    return Point(placed.run.model.name, placed.strength, placed.run.tokens_s, placed.run.ram is not None)


def _row(placed: _Placed) -> FieldRow:
    answer = placed.run.answer
    return FieldRow(
        model=Link(answer.model.name, answer.address),
        strength=f"{placed.strength:,.0f}",
        tokens_s=figures.expected(placed.run.tokens_s),
        where="with RAM" if placed.run.ram else "alone",
    )
