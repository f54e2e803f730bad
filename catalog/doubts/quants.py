"""A quantization: its order, its bytes and its measured quality against those of the levels beside it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from catalog.doubts.doubt import Doubt, figure, percent_off
from catalog.doubts.near_names import bare
from catalog.doubts.others import Others, but
from catalog.models import Quant
from fit.quant_mixes import AVERAGE_BYTES_PER_PARAMETER, BASE_TYPES, NEEDS_IMPORTANCE_MATRIX

# The rule of thumb is below the whole file's average, more so the lower the level: 2 of 2 bytes, 0.43 of 0.486.
RULE_PERCENT = 5
BYTES_PERCENT = 2
QUALITY = {
    "kl_divergence": "The divergence",
    "perplexity": "The perplexity",
    "perplexity_rise": "The rise of the perplexity",
}
BASE_PERCENT = 0.1


class Beside(NamedTuple):
    """The level before and the level after in some order; None at an end."""

    before: Quant | None
    after: Quant | None


def doubts(row: Quant, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a quantization."""
    levels = but(others.quants, row)
    yield from _mix(row)
    yield from _rule(row, levels)
    yield from _order(row, levels)
    for field in QUALITY:
        yield from _quality(row, field, levels)
    yield from _base(row, levels)
    yield from _without_source(row)


def _beside(row: Quant, levels: list[Quant], field: str) -> Beside:
    """Those next to it by their order that have a figure."""
    having = sorted((level for level in levels if getattr(level, field)), key=lambda level: level.order)
    before = [level for level in having if level.order < row.order]
    after = [level for level in having if level.order > row.order]
    return Beside(before[-1] if before else None, after[0] if after else None)


def _mix(row: Quant) -> Iterator[Doubt]:
    if row.mix and row.mix not in BASE_TYPES:
        yield Doubt(
            "mix",
            "mix",
            f"No rules are known for the mix {row.mix}: nothing can be counted, and pages leave the level out. Take one "
            "of llama.cpp's names, such as Q4_K_M.",
        )
    elif row.mix and bare(row.mix) != bare(row.name) and not _is_another_name(row):
        yield Doubt("mix_of_name", "mix", f"The mix is {row.mix}, but the name is {row.name}. Compare the two.")
    if row.mix in BASE_TYPES and row.needs_imatrix != (row.mix in NEEDS_IMPORTANCE_MATRIX):
        makes = "refuses to make it" if row.mix in NEEDS_IMPORTANCE_MATRIX else "makes it"
        yield Doubt(
            "imatrix_of_mix",
            "needs_imatrix",
            f"llama.cpp {makes} without an importance matrix ({row.mix}). Compare the mark with the mix.",
        )


def _is_another_name(row: Quant) -> bool:
    """FP16 (full) is F16, MXFP4 is MXFP4_MOE: the same numbers, and no name of another mix."""
    return re.findall(r"\d+", row.name) == re.findall(r"\d+", row.mix) and row.name not in BASE_TYPES


def _rule(row: Quant, levels: list[Quant]) -> Iterator[Doubt]:
    """The rule's bytes over the average of whole files: between those of the levels beside it."""
    beside = [_of_rule(level) for level in _beside(row, levels, "bytes_per_weight") if level]
    own, shares = _of_rule(row), [share for share in beside if share]
    if own is None or not shares:
        return
    if min(shares) * (1 - RULE_PERCENT / 100) <= own <= max(shares) * (1 + RULE_PERCENT / 100):
        return
    yield Doubt(
        "bytes_of_mix",
        "bytes_per_weight",
        f"{figure(row.bytes_per_weight or 0)} bytes a weight are {own:.0%} of what whole files at {row.mix} take, "
        f"{figure(AVERAGE_BYTES_PER_PARAMETER[row.mix])}; of the levels beside it "
        f"{' and '.join(f'{share:.0%}' for share in shares)}. Compare it with the founding table.",
    )


def _of_rule(row: Quant) -> float | None:
    average = AVERAGE_BYTES_PER_PARAMETER.get(row.mix)
    return float(row.bytes_per_weight) / average if row.bytes_per_weight and average else None


def _order(row: Quant, levels: list[Quant]) -> Iterator[Doubt]:
    """Where nothing was measured, files shrink from level to level."""
    own = AVERAGE_BYTES_PER_PARAMETER.get(row.mix)
    if row.kl_divergence or own is None or row.order is None:
        return
    beside = _beside(row, levels, "mix")
    larger, smaller = (_average(level) for level in beside)
    room = 1 + BYTES_PERCENT / 100
    if (larger and own > larger * room) or (smaller and own * room < smaller):
        between = " and ".join(f"{level.name} ({figure(_average(level) or 0)})" for level in beside if level)
        yield Doubt(
            "order_of_bytes",
            "order",
            f"Order {row.order} puts {figure(own)} bytes a weight beside {between}. The least order is the best "
            "quality: compare it with the levels beside it.",
        )


def _average(level: Quant | None) -> float | None:
    return AVERAGE_BYTES_PER_PARAMETER.get(level.mix) if level else None


def _quality(row: Quant, field: str, levels: list[Quant]) -> Iterator[Doubt]:
    """What was measured gets worse from level to level."""
    own, beside = getattr(row, field), _beside(row, levels, field)
    if own is None or row.order is None:
        return
    better, worse = (getattr(level, field) if level else None for level in beside)
    if (better and own < better) or (worse and own > worse):
        between = " and ".join(
            f"{level.name} ({level.order}: {figure(getattr(level, field))})" for level in beside if level
        )
        yield Doubt(
            f"order_of_{field}",
            field,
            f"{QUALITY[field]} is {figure(own)} at order {row.order}, beside {between}. Quality falls from level to "
            "level: compare the figure with its source, and the order.",
        )


def _base(row: Quant, levels: list[Quant]) -> Iterator[Doubt]:
    """Perplexity less its rise is that of the unquantized model, the same for every level that was measured on it."""
    own, bases = _unquantized(row), [base for level in levels if (base := _unquantized(level))]
    if own and bases and min(percent_off(own, base) for base in bases) > BASE_PERCENT:
        yield Doubt(
            "perplexity_of_the_whole",
            "perplexity_rise",
            f"Perplexity less its rise is {figure(own)}, that of the unquantized model; by the other levels it is "
            f"{figure(bases[0])}. Compare both figures with the source.",
        )


def _unquantized(row: Quant) -> float | None:
    return float(row.perplexity) - float(row.perplexity_rise) if row.perplexity and row.perplexity_rise else None


def _without_source(row: Quant) -> Iterator[Doubt]:
    measured = [field for field in QUALITY if getattr(row, field)]
    if measured and not (row.quality_source and row.quality_basis):
        yield Doubt(
            "quality_without_source",
            "quality_source" if not row.quality_source else "quality_basis",
            f"{QUALITY[measured[0]]} is {figure(getattr(row, measured[0]))}, and nothing says of what it was measured or "
            "where it is published.",
        )
