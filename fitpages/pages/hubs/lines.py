"""The lines of a hub, grouped by their verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catalog.snapshot import PublishedQuant
from fit.gpu_memory import nameplate_gib
from fitpages.pages.common.pair_line import PairLine
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class HubLine:
    """A line under the hub of one of its two: the other's name and size."""

    address: str
    name: str
    size: str
    best: str
    by_rule: str
    takes: str
    ceiling: str
    expected: str


@dataclass(frozen=True, kw_only=True)
class LineGroup:
    """Lines with one verdict."""

    anchor: str
    heading: str
    count: str
    lines: tuple[HubLine, ...]


def gpu_line(line: PairLine) -> HubLine:
    """The line as the model's hub shows it."""
    return _hub_line(line, line.gpu.name, figures.gibibytes(nameplate_gib(line.gpu.spec)))


def model_line(line: PairLine) -> HubLine:
    """The line as the GPU's hub shows it."""
    return _hub_line(line, line.model.name, figures.parameters(line.model.spec.parameters))


def _hub_line(line: PairLine, name: str, size: str) -> HubLine:
    return HubLine(
        address=line.address,
        name=name,
        size=size,
        best=line.best,
        by_rule=line.by_rule,
        takes=line.takes,
        ceiling=line.ceiling,
        expected=line.expected,
    )


def grouped(
    lines: Sequence[PairLine], default: PublishedQuant, or_above: str, shown: Callable[[PairLine], HubLine]
) -> tuple[LineGroup, ...]:
    """By verdict, the best first; empty groups are left out. The order within a group is that of `lines`.

    `or_above` are the levels that were asked, in words: a level below them may fit where none of them does.
    """
    fits = [line for line in lines if line.is_at_least_default]
    low = [line for line in lines if line.quant and not line.is_at_least_default]
    no = [line for line in lines if not line.quant]
    groups = (
        ("fits", f"Fits at {default.name} or better", fits),
        ("low", f"Fits only below {default.name}", low),
        ("no", f"Does not fit at {or_above}", no),
    )
    return tuple(
        LineGroup(anchor=anchor, heading=heading, count=f"{len(group):,}", lines=tuple(map(shown, group)))
        for anchor, heading, group in groups
        if group
    )
