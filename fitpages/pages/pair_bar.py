"""The bar: what the model needs beside what the GPU offers, drawn to one scale."""

from dataclasses import dataclass
from decimal import Decimal

from fit.verdict import Row
from fitpages import figures

SCALE = 1000


@dataclass(frozen=True, kw_only=True)
class BarPart:
    """A stretch of the bar, and its entry in the key. `kind` is the class that colours it; lengths are of SCALE."""

    kind: str
    start: int
    length: int
    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class MemoryBar:
    """`text` says the same for those who do not see it."""

    text: str
    parts: tuple[BarPart, BarPart]


def memory_bar(row: Row, quant_name: str, usable_bytes: Decimal) -> MemoryBar:
    """The bar of one row: what it needs and what is left over, or what is usable and what is missing."""
    need, usable = figures.memories_apart(row.need_bytes, usable_bytes)
    if row.fits:
        kinds, labels = ("need", "rest"), (f"Needed at {quant_name}", "Left over")
    else:
        kinds, labels = ("need", "over"), ("Usable", f"Missing at {quant_name}")
    whole = max(row.need_bytes, usable_bytes)
    sizes = min(row.need_bytes, usable_bytes), whole - min(row.need_bytes, usable_bytes)
    border = int(SCALE * sizes[0] / whole)
    first = BarPart(kind=kinds[0], start=0, length=border, label=labels[0], value=figures.memory(sizes[0]))
    second = BarPart(
        kind=kinds[1], start=border, length=SCALE - border, label=labels[1], value=figures.memory(sizes[1])
    )
    return MemoryBar(text=f"{quant_name} needs {need}; {usable} is usable.", parts=(first, second))
