"""A model's parameters against the sizes that its name gives: 8B, 8x7B, E4B, and A3B for those that a token uses."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from catalog.doubts.doubt import Doubt, figure
from catalog.models import LanguageModel
from fit.architecture import Architecture

# A name gives whole digits, cut off as often as rounded: besides so many percent one of its last digit is left.
PERCENT = 20
# Of experts that a name multiplies (8x22B) what they share is there once: a fifth of the product, in the catalog.
SHARED_PERCENT = 30
SIZE = re.compile(r"(?<![\w.])(?:(\d+)x|([AE]))?(\d+(?:\.(\d+))?)([BM])\b")
FACTORS = {"B": 1e9, "M": 1e6}


class Named(NamedTuple):
    """A size in a name: its kind ("A" of what a token uses, "E" without tables), how many times, one of its last
    digit."""

    kind: str
    times: int
    size: float
    step: float

    def is_of(self, count: float) -> bool:
        """Whether a count is what the name says."""
        least, most = (SHARED_PERCENT, PERCENT) if self.times > 1 else (PERCENT, PERCENT)
        within = 1 - least / 100 <= count / self.size <= 1 + most / 100
        return within or abs(count - self.size) <= self.step


def doubts(row: LanguageModel, architecture: Architecture | None) -> Iterator[Doubt]:
    """The largest size that the name gives; 1B-7B is 7B. The other is of what a token uses."""
    sizes = list(sizes_in(row.name))
    whole = max((size for size in sizes if size.kind != "A"), key=lambda named: named.size, default=None)
    active = next((size for size in sizes if size.kind == "A"), None)
    if whole and not any(map(whole.is_of, _counts(row, architecture))):
        yield _unlike("size_in_name", "parameters", "Parameters are", row.parameters, whole)
    used = row.active_parameters
    if active and used and not any(map(active.is_of, (used, used - _embedding(architecture)))):
        yield _unlike("active_size_in_name", "active_parameters", "Active parameters are", used, active)


def sizes_in(name: str) -> Iterator[Named]:
    """Every size that a name gives."""
    for times, kind, size, decimals, unit in SIZE.findall(name):
        factor = int(times or 1) * FACTORS[unit]
        yield Named(kind, int(times or 1), float(size) * factor, factor / 10 ** len(decimals))


def _counts(row: LanguageModel, architecture: Architecture | None) -> Iterator[int]:
    """What a maker may have counted: all weights, those with its towers, those without the embedding or tables."""
    yield row.parameters
    yield row.parameters + (row.tower_parameters or 0)
    yield row.parameters - _embedding(architecture)
    tables = (architecture.lookup_tables or {}).values() if architecture else ()
    yield row.parameters - sum(table.rows * table.row_length for table in tables)


def _embedding(architecture: Architecture | None) -> int:
    if architecture is None:
        return 0
    return architecture.vocab_size * (architecture.embed_dim or architecture.hidden_size)


def _unlike(check: str, field: str, words: str, stated: int, named: Named) -> Doubt:
    says = f"{words} {figure(stated)}, but the name says {figure(named.size)}. Compare the two."
    return Doubt(check, field, says)
