"""The field: every common model that runs on a machine, by its strength and its speed, as a drawing made here.

Across is our own estimate of strength, on the scale of one board; up are tokens per second, logarithmic. A point is
filled on the card and hollow with a part in RAM. Up to ten have their names, where names have room.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fitpages.matching.picks import MachinePick
from fitpages.matching.runs import Run
from fitpages.matching.strength import strength
from fitpages.text import figures

TICKS = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
STEPS = (25, 50, 100, 200)
# No drawing of fewer says more than the table does.
LEAST_POINTS = 4
# A name may cover so many points that have none.
MOST_COVERED = 1


class Frame(NamedTuple):
    """A drawing: its size, its margins, how wide a letter is, and how many names it has room for."""

    name: str
    width: int
    height: int
    left: int
    letter: float
    names: int

    @property
    def bottom(self) -> int:
        return self.height - 30

    @property
    def right(self) -> int:
        return self.width - 14


FRAMES = (Frame("broad", 1088, 380, 40, 7.8, 10), Frame("narrow", 400, 300, 40, 8.8, 6))
TOP = 14


class Point(NamedTuple):
    """A model that runs: its strength by our estimate and its tokens per second; `rank` orders who has a name."""

    name: str
    strength: float
    tokens_s: float
    in_ram: bool
    rank: int


class Named(NamedTuple):
    """A name beside its point."""

    text: str
    x: int
    y: int
    anchor: str


class Tick(NamedTuple):
    """A figure on an axis."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One size of the picture; paths are of dots: strokes of no length with round caps."""

    name: str
    box: str
    grid: str
    axis: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    filled: str
    hollow: str
    picked: str
    picked_hollow: str
    names: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True)
class Field:
    """The drawings, and the same as rows for those who do not see them."""

    drawings: tuple[Drawing, ...]
    rows: tuple[tuple[str, str, str, str], ...]
    has_hollow: bool


def field(snapshot: Snapshot, runs: Sequence[Run], picks: Sequence[MachinePick]) -> Field | None:
    """Of the models that run and that a board says something of; None where they are few."""
    points = tuple(_points(snapshot, runs, picks))
    if len(points) < LEAST_POINTS:
        return None
    return Field(
        drawings=tuple(_drawing(frame, points) for frame in FRAMES),
        rows=tuple(map(_row, sorted(points, key=lambda point: -point.strength))),
        has_hollow=any(point.in_ram for point in points),
    )


def _points(snapshot: Snapshot, runs: Sequence[Run], picks: Sequence[MachinePick]) -> Iterator[Point]:
    """The picks have their names first, then what is taken most."""
    picked = [pick.model.slug for pick in picks]
    for place, run in enumerate(runs):
        estimate = strength(snapshot, run.model)
        slug = run.model.slug
        if estimate:
            rank = picked.index(slug) if slug in picked else len(picked) + place
            yield Point(run.model.name, estimate.value, run.tokens_s, run.ram is not None, rank)


def _row(point: Point) -> tuple[str, str, str, str]:
    where = "with RAM" if point.in_ram else "alone"
    return point.name, f"{point.strength:.0f}", figures.expected(point.tokens_s), where


class _Scale(NamedTuple):
    """Where on a drawing a strength and a speed are."""

    frame: Frame
    least: float
    most: float
    slowest: float
    fastest: float

    def x(self, value: float) -> int:
        along = (value - self.least) / (self.most - self.least)
        return round(self.frame.left + along * (self.frame.right - self.frame.left))

    def y(self, tokens_s: float) -> int:
        along = math.log(tokens_s / self.slowest) / math.log(self.fastest / self.slowest)
        return round(self.frame.bottom - along * (self.frame.bottom - TOP))


def _drawing(frame: Frame, points: Sequence[Point]) -> Drawing:
    scale = _scale(frame, points)
    up = [tick for tick in TICKS if scale.slowest <= tick <= scale.fastest]
    by_rank = sorted(points, key=lambda point: point.rank)
    names = tuple(islice(_names(scale, points, by_rank[: 2 * frame.names]), frame.names))
    chosen = {name.text for name in names}
    return Drawing(
        name=frame.name,
        box=f"0 0 {frame.width} {frame.height}",
        grid="".join(f"M{frame.left} {scale.y(tick)}H{frame.right}" for tick in up),
        axis=f"M{frame.left} {frame.bottom}H{frame.right}",
        across=tuple(Tick(str(value), scale.x(value), frame.bottom + 20) for value in _across(scale)),
        up=tuple(Tick(f"{tick:g}", frame.left - 8, scale.y(tick) + 4) for tick in up),
        filled=_dots(scale, points, chosen, picked=False, in_ram=False),
        hollow=_dots(scale, points, chosen, picked=False, in_ram=True),
        picked=_dots(scale, points, chosen, picked=True, in_ram=False),
        picked_hollow=_dots(scale, points, chosen, picked=True, in_ram=True),
        names=names,
    )


def _dots(scale: _Scale, points: Sequence[Point], named: set[str], *, picked: bool, in_ram: bool) -> str:
    """Strokes of no length, which round caps make dots; in order, for a page compresses better so."""
    chosen = (point for point in points if point.in_ram is in_ram and (point.name in named) is picked)
    places = sorted((scale.x(point.strength), scale.y(point.tokens_s)) for point in chosen)
    return "".join(f"M{x} {y}h0" for x, y in places)


def _scale(frame: Frame, points: Sequence[Point]) -> _Scale:
    strengths, speeds = [point.strength for point in points], [point.tokens_s for point in points]
    room = max(5.0, 0.03 * (max(strengths) - min(strengths)))
    slowest = max((tick for tick in TICKS if tick <= min(speeds)), default=TICKS[0] / 10)
    fastest = min((tick for tick in TICKS if tick >= max(speeds)), default=10 * TICKS[-1])
    if slowest == fastest:
        fastest = 2 * slowest
    return _Scale(frame, min(strengths) - room, max(strengths) + room, slowest, fastest)


def _across(scale: _Scale) -> Iterator[int]:
    """Round strengths, with room for each between its neighbours."""
    most_steps = (scale.frame.right - scale.frame.left) / 70
    step = next((step for step in STEPS if (scale.most - scale.least) / step <= most_steps), STEPS[-1])
    first = step * math.ceil(scale.least / step)
    yield from range(first, math.floor(scale.most) + 1, step)


Box = tuple[float, float, float, float]


def _names(scale: _Scale, points: Sequence[Point], named: Sequence[Point]) -> Iterator[Named]:
    """Each right of its point, else left of, above or below it, where it covers the fewest other points; one that would
    cover another name has none."""
    dots = [_dot(scale, point) for point in points]
    taken: list[Box] = [_dot(scale, point) for point in named]
    for point in named:
        own = _dot(scale, point)
        free = [
            (sum(_meet(box, dot) for dot in dots), name, box)
            for name, box in _places(scale, point)
            if _is_inside(scale.frame, box) and not any(_meet(box, other) for other in taken if other != own)
        ]
        covered, name, box = min(free, key=lambda place: place[0], default=(MOST_COVERED + 1, None, own))
        if name and covered <= MOST_COVERED:
            taken.append(box)
            yield name


def _dot(scale: _Scale, point: Point) -> Box:
    x, y = scale.x(point.strength), scale.y(point.tokens_s)
    return x - 4, y - 4, x + 4, y + 4


def _places(scale: _Scale, point: Point) -> Iterator[tuple[Named, Box]]:
    x, y, wide = scale.x(point.strength), scale.y(point.tokens_s), scale.frame.letter * len(point.name)
    yield Named(point.name, x + 9, y + 4, "start"), (x + 7, y - 8, x + 9 + wide, y + 7)
    yield Named(point.name, x - 9, y + 4, "end"), (x - 9 - wide, y - 8, x - 7, y + 7)
    for above in (-11, 20):
        box = (x - wide / 2, y + above - 12, x + wide / 2, y + above + 3)
        yield Named(point.name, x, y + above, "middle"), box


def _is_inside(frame: Frame, box: Box) -> bool:
    return frame.left <= box[0] and box[2] <= frame.right + 6 and box[1] >= 0 and box[3] <= frame.bottom


def _meet(first: Box, other: Box) -> bool:
    return first[0] < other[2] and other[0] < first[2] and first[1] < other[3] and other[1] < first[3]
