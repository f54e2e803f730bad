"""A figure that nothing in its own row answers for, held against those of the cards that are most like it."""

from collections.abc import Iterator
from math import log

from catalog.doubts.doubt import Doubt, figure
from catalog.doubts.others import Others, but
from catalog.models import Gpu

# Figures by which cards are like one another: by how many times each differs. What is missing counts as twice as much.
COMPARED = ("memory_gb", "bandwidth_gb_s", "fp32_tflops", "power_w")
MISSING = log(2)
SAME = ("vendor", "segment", "chip_architecture")
# Six cards and 2.5 times what the least and the most of them have tell a slip of the point in 97 of 100 cases and ask
# about three cards of the catalog; five, or twice, ask about more.
NEAREST, TIMES = 6, 2.5
NAMED = 3

UNITS = {"power_w": "{} W", "launch_price_usd": "${}", "fp32_tflops": "{} TFLOPS"}
WORDS = {"power_w": "Power", "launch_price_usd": "The price at launch", "fp32_tflops": "FP32"}


def doubts(row: Gpu, others: Others) -> Iterator[Doubt]:
    """Power, price and arithmetic that are far from those of similar cards."""
    for field in UNITS:
        if getattr(row, field):
            yield from _held(row, field, others)


def _held(row: Gpu, field: str, others: Others) -> Iterator[Doubt]:
    near = nearest(row, but(others.gpus, row, lambda other: _is_comparable(row, other, field)), field)
    if len(near) < NAMED:
        return
    figures, own = sorted(float(getattr(other, field)) for other in near), float(getattr(row, field))
    if figures[0] / TIMES <= own <= figures[-1] * TIMES:
        return
    names = ", ".join(other.name for other in near[:NAMED])
    least, most = (UNITS[field].format(figure(value)) for value in (figures[0], figures[-1]))
    yield Doubt(
        f"{field}_of_similar_cards",
        field,
        f"{WORDS[field]} is {UNITS[field].format(figure(own))}, but the cards most like it ({names} and so on) have "
        f"{least} to {most}. Compare with the data sheet.",
    )


def _is_comparable(row: Gpu, other: Gpu, field: str) -> bool:
    """Machines with shared memory are sold and powered as a whole."""
    return bool(getattr(other, field)) and other.unified_memory == row.unified_memory


def nearest(row: Gpu, cards: list[Gpu], field: str) -> list[Gpu]:
    """The cards most like a row, whatever `field` is, the nearest first."""
    return sorted(cards, key=lambda other: (_distance(row, other, field), other.slug))[:NEAREST]


def _distance(row: Gpu, other: Gpu, field: str) -> float:
    """The sum of how many times each figure differs, as logarithms, and one for every different word."""
    figures = sum(_times(getattr(row, name), getattr(other, name)) for name in COMPARED if name != field)
    return figures + sum(getattr(row, name) != getattr(other, name) for name in SAME)


def _times(value: float | None, other: float | None) -> float:
    return abs(log(float(value) / float(other))) if value and other else MISSING
