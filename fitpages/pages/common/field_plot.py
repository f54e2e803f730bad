"""A field of points on two logarithmic axes, as a drawing for any width: places are percent, texts keep their size.

Names stand where they have room: a few on a phone, more on a wider screen.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

# Pixels: the narrowest and the usual drawing, what a letter and a line take, and the gap between a point and its name.
NARROW, WIDE, HEIGHT = 250, 640, 300
LETTER, LINE, GAP = 6.8, 16, 8
MOST_NAMES, MOST_ON_A_PHONE = 10, 4
# A name may stand on so many other points: where they are many, none would have one.
MOST_HIDDEN = 3
# Values that ticks stand at, times powers of ten.
STEPS = (1, 3)
BOX = 999
# Beyond the first and the last point, as a factor.
MARGIN = 1.2
# Of a linear axis: the part of its length beyond them, and the steps of its ticks, of which there are so many at most.
LINEAR_ROOM, LINEAR_STEPS, MOST_TICKS = 0.04, (10, 25, 50, 100, 200, 500, 1000, 10**4, 10**6, 10**9), 5


class Point(NamedTuple):
    """`x` and `y` are above zero. Points that come first are named first, as far as there is room."""

    name: str
    x: float
    y: float
    is_hollow: bool = False


class Name(NamedTuple):
    """A name at its point: to the right of it, or to the left where `is_left`. `is_few`: on a phone as well."""

    text: str
    x: str
    y: str
    is_left: bool
    is_few: bool


class Tick(NamedTuple):
    """A value of an axis, and where it stands in percent."""

    text: str
    at: str


class FieldPlot(NamedTuple):
    """The parts of the drawing. Points are paths of strokes without length, which round caps make dots, in groups by
    how they are drawn, in a square of `BOX` by `BOX` that is drawn out to any shape."""

    box: str
    filled: str
    hollow: str
    named: str
    named_hollow: str
    names: tuple[Name, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


class _Axis(NamedTuple):
    low: float
    high: float

    def share(self, value: float) -> float:
        return math.log(value / self.low) / math.log(self.high / self.low)

    def ticks(self) -> list[int]:
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        values = [step * 10**power for power in powers if power >= 0 for step in STEPS]
        return [value for value in values if self.low <= value <= self.high]


class _Linear(NamedTuple):
    low: float
    high: float

    def share(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[int]:
        step = next(step for step in LINEAR_STEPS if (self.high - self.low) / step <= MOST_TICKS)
        return list(range(step * math.ceil(self.low / step), math.floor(self.high) + 1, step))


class _Box(NamedTuple):
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def field_plot(points: Sequence[Point], unit: str = "", *, is_linear: bool = False) -> FieldPlot | None:
    """The drawing, `unit` before each value of the x axis; None of fewer than two points, which make no field.

    `is_linear`: along x equal differences are equal distances, and not equal ratios.
    """
    if len(points) < 2:
        return None
    x, y = (_linear if is_linear else _axis)([point.x for point in points]), _axis([point.y for point in points])
    names = _names(points, x, y)
    texts = {name.text for name in names}
    groups = {(hollow, named): "" for hollow in (False, True) for named in (False, True)}
    for point in sorted(points, key=lambda point: point.x):
        groups[point.is_hollow, point.name in texts] += f"M{_place(x.share(point.x))} {_place(1 - y.share(point.y))}h0"
    return FieldPlot(
        box=f"0 0 {BOX} {BOX}",
        filled=groups[False, False],
        hollow=groups[True, False],
        named=groups[False, True],
        named_hollow=groups[True, True],
        names=names,
        x_ticks=tuple(Tick(f"{unit}{tick:,}", _percent(x.share(tick))) for tick in x.ticks()),
        y_ticks=tuple(Tick(f"{tick:,}", _percent(1 - y.share(tick))) for tick in y.ticks()),
    )


def _linear(values: Iterable[float]) -> _Linear:
    ordered = sorted(values)
    room = max(1, (ordered[-1] - ordered[0]) * LINEAR_ROOM)
    return _Linear(ordered[0] - room, ordered[-1] + room)


def _axis(values: Iterable[float]) -> _Axis:
    ordered = sorted(values)
    return _Axis(ordered[0] / MARGIN, ordered[-1] * MARGIN)


def _place(share: float) -> int:
    return round(share * BOX)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0")


def _names(points: Sequence[Point], x: _Axis | _Linear, y: _Axis) -> tuple[Name, ...]:
    """First those that have room on a phone, which keep their place on a wider screen, then the others."""
    few = _placed(points, x, y, NARROW, {}, MOST_ON_A_PHONE)
    every = _placed(points, x, y, WIDE, few, MOST_NAMES)
    by_name = {point.name: point for point in points}
    return tuple(
        Name(
            name,
            _percent(x.share(by_name[name].x)),
            _percent(1 - y.share(by_name[name].y)),
            is_left,
            name in few,
        )
        for name, is_left in every.items()
    )


def _placed(
    points: Sequence[Point], x: _Axis | _Linear, y: _Axis, width: int, placed: dict[str, bool], most: int
) -> dict[str, bool]:
    """Names with the side that they stand on, those of `placed` on theirs."""
    centres = {point.name: (x.share(point.x) * width, (1 - y.share(point.y)) * HEIGHT) for point in points}
    taken = [_box(name, centres[name], is_left) for name, is_left in placed.items()]
    chosen = dict(placed)
    for place, point in enumerate(points):
        others = [at for name, at in centres.items() if name != point.name]
        for most_hidden, is_left in _sides(place, most) if point.name not in chosen and len(chosen) < most else ():
            box = _box(point.name, centres[point.name], is_left)
            if _has_room(box, taken, others, width, most_hidden):
                taken.append(box)
                chosen[point.name] = is_left
                break
    return chosen


def _sides(place: int, most: int) -> list[tuple[int, bool]]:
    """Where a name may stand: so many points may be hidden by it, and whether to the left. Only those that come first
    may hide others, where there is no better place."""
    free = [(0, False), (0, True)]
    return [*free, (MOST_HIDDEN, False), (MOST_HIDDEN, True)] if place < most else free


def _box(name: str, centre: tuple[float, float], is_left: bool) -> _Box:
    """Of a name beside its point, with the point."""
    across, down = centre
    far = GAP + LETTER * len(name)
    left, right = (across - far, across + GAP / 2) if is_left else (across - GAP / 2, across + far)
    return _Box(left, right, down - LINE / 2, down + LINE / 2)


def _has_room(box: _Box, taken: list[_Box], centres: list[tuple[float, float]], width: int, most_hidden: int) -> bool:
    is_inside = box.left >= -GAP and box.right <= width + GAP
    hidden = sum(box.left < across < box.right and box.top < down < box.bottom for across, down in centres)
    return is_inside and hidden <= most_hidden and not any(box.meets(other) for other in taken)
