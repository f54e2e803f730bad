"""The plot of estimates against measurements: both axes logarithmic, one mark a measurement, the diagonal for exact."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fit.calibration.agreement import Prediction

TICKS = (1, 10, 100, 1000)
DECADE = 180
SIDE = DECADE * (len(TICKS) - 1)
LEFT, TOP, RIGHT, BOTTOM = 84, 44, 42, 78
ARM = 4


@dataclass(frozen=True, kw_only=True)
class Gridline:
    """A line at one speed: where it crosses each axis, and what is written there."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Marks:
    """All measurements of one kind as one path. `kind` is the class that draws it; `count` how many there are."""

    kind: str
    label: str
    path: str
    count: str


@dataclass(frozen=True, kw_only=True)
class Plot:
    """`text` says the same for those who do not see it; `beyond` how many marks stand at the edge, if any do.

    `grid` is the path of all lines at the ticks, `marks` are drawn over it.
    """

    text: str
    box: str
    left: int
    right: int
    top: int
    bottom: int
    ticks: tuple[Gridline, ...]
    grid: str
    marks: tuple[Marks, ...]
    beyond: str
    ticks_y: int
    label_y: int
    above_y: int
    middle_x: int


def plot(used: Sequence[Prediction], unused: Sequence[Prediction], text: str) -> Plot:
    """The measurements that the calibration uses as dots, the others as crosses."""
    ticks = tuple(Gridline(text=f"{tick:,}", x=_x(tick), y=_y(tick)) for tick in TICKS)
    return Plot(
        text=text,
        box=f"0 0 {LEFT + SIDE + RIGHT} {TOP + SIDE + BOTTOM}",
        left=LEFT,
        right=LEFT + SIDE,
        top=TOP,
        bottom=TOP + SIDE,
        ticks=ticks,
        grid="".join(f"M{tick.x} {TOP}V{TOP + SIDE}M{LEFT} {tick.y}H{LEFT + SIDE}" for tick in ticks),
        marks=(
            Marks(kind="used", label="Held out", path=_dots(used), count=f"{len(used):,}"),
            Marks(kind="unused", label="Not used", path=_crosses(unused), count=f"{len(unused):,}"),
        ),
        beyond=_beyond([*used, *unused]),
        ticks_y=TOP + SIDE + 32,
        label_y=TOP + SIDE + 68,
        above_y=TOP - 20,
        middle_x=LEFT + SIDE // 2,
    )


def _dots(predictions: Iterable[Prediction]) -> str:
    """Strokes of no length, which round caps make dots."""
    return "".join(f"M{x} {y}h0" for x, y in _places(predictions))


def _crosses(predictions: Iterable[Prediction]) -> str:
    arm, whole = ARM, 2 * ARM
    return "".join(f"M{x - arm} {y - arm}l{whole} {whole}m0-{whole}l-{whole} {whole}" for x, y in _places(predictions))


def _places(predictions: Iterable[Prediction]) -> list[tuple[int, int]]:
    """In order, for a page compresses better so."""
    return sorted((_x(prediction.observation.tokens_s), _y(prediction.tokens_s)) for prediction in predictions)


def _x(tokens_s: float) -> int:
    return LEFT + _along(tokens_s)


def _y(tokens_s: float) -> int:
    return TOP + SIDE - _along(tokens_s)


def _along(tokens_s: float) -> int:
    """How far along an axis; what lies beyond its ends stands at the end."""
    return round(DECADE * math.log10(min(max(tokens_s, TICKS[0]), TICKS[-1])))


def _beyond(predictions: Iterable[Prediction]) -> str:
    count = sum(not _is_on_the_axes(prediction) for prediction in predictions)
    return f"{count:,}" if count else ""


def _is_on_the_axes(prediction: Prediction) -> bool:
    speeds = prediction.observation.tokens_s, prediction.tokens_s
    return all(TICKS[0] <= tokens_s <= TICKS[-1] for tokens_s in speeds)
