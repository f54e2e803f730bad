"""The memory of a card: its bandwidth, its bus, its size, what is reported of it, and what the rule counts on."""

import re
from collections.abc import Iterator

from catalog.doubts.doubt import Doubt, figure, percent_off, spread
from catalog.doubts.others import Others, but
from catalog.models import Gpu

BITS_IN_BYTE = 8
# Bus x rate / 8 is the bandwidth; vendors round one of the three, Apple by 2.4%.
BANDWIDTH_PERCENT = 3
# Of the highest and the lowest rate that another card with this type of memory has: wide stacks (HBM) may be slow.
RATE_TIMES = 2.5
# A chip of memory has a bus of 32 bits; stacks (HBM) are wider, and the same number counts.
CHIP_BITS = 32
# Beyond what others report; where nobody reports the like, those of any system are less near.
REPORTED_PERCENT, UNLIKE_PERCENT = 3, 10
SIZE_IN_NAME = re.compile(r"(?<![\d.])(\d+) ?GB\b")
FEWEST = 3


def doubts(row: Gpu, others: Others) -> Iterator[Doubt]:
    """Each figure of the memory against its partners."""
    yield from _bandwidth(row)
    yield from _rate(row, others)
    yield from _size(row, others)
    yield from _size_in_name(row)
    yield from _reported(row, others)
    yield from _share(row, others)
    yield from _carve_out(row)


def _bandwidth(row: Gpu) -> Iterator[Doubt]:
    """Of one GPU, as all three figures are."""
    if not (row.bus_bits and row.memory_rate_gbps and row.bandwidth_gb_s):
        return
    counted = row.bus_bits * float(row.memory_rate_gbps) / BITS_IN_BYTE
    if percent_off(row.bandwidth_gb_s, counted) > BANDWIDTH_PERCENT:
        yield Doubt(
            "bandwidth_by_bus",
            "bandwidth_gb_s",
            f"Bandwidth is {figure(row.bandwidth_gb_s)} GB/s, but {figure(row.bus_bits)} bits x "
            f"{figure(row.memory_rate_gbps)} Gbit/s / 8 is {figure(counted)} GB/s. Compare all three with the data "
            "sheet; each is of one GPU, not of the board.",
        )


def _rate(row: Gpu, others: Others) -> Iterator[Doubt]:
    if not (row.memory_type and row.memory_rate_gbps):
        return
    alike = but(others.gpus, row, lambda other: other.memory_type == row.memory_type)
    rates = [float(other.memory_rate_gbps) for other in alike if other.memory_rate_gbps]
    if len(rates) < FEWEST:
        return
    if not min(rates) / RATE_TIMES <= float(row.memory_rate_gbps) <= max(rates) * RATE_TIMES:
        yield Doubt(
            "rate_of_memory_type",
            "memory_rate_gbps",
            f"{row.memory_type} at {figure(row.memory_rate_gbps)} Gbit/s a pin: other cards with {row.memory_type} "
            f"have {spread(rates)}. Compare type and rate with the data sheet.",
        )


def _size(row: Gpu, others: Others) -> Iterator[Doubt]:
    """Memory comes in chips of a few sizes, so many of them as the bus has room for."""
    if not (row.bus_bits and row.memory_gb and row.memory_type):
        return
    alike = but(
        others.gpus, row, lambda other: kind_of(other.memory_type) == kind_of(row.memory_type) and bool(other.bus_bits)
    )
    sizes = {_per_chip(other) for other in alike}
    named = _named_gb(row)
    if len(alike) < FEWEST or _per_chip(row) in sizes or named == float(row.memory_gb):
        return
    yield Doubt(
        "memory_by_bus",
        "memory_gb",
        f"{figure(row.memory_gb)} GB on a bus of {figure(row.bus_bits)} bits are {figure(_per_chip(row))} GB for each "
        f"{CHIP_BITS} bits, which no other card with {kind_of(row.memory_type)} memory has. Compare memory and bus with the data sheet.",
    )


def kind_of(memory_type: str) -> str:
    """GDDR6X is a kind of GDDR, HBM2e of HBM, LPDDR5 and DDR5 of DDR."""
    return next((kind for kind in ("GDDR", "HBM", "DDR") if kind in memory_type), memory_type)


def _per_chip(row: Gpu) -> float:
    return round(float(row.memory_gb) * CHIP_BITS / (row.bus_bits or CHIP_BITS), 4)


def _named_gb(row: Gpu) -> float | None:
    named = SIZE_IN_NAME.search(f"{row.name} {row.full_name}")
    return float(named[1]) if named else None


def _size_in_name(row: Gpu) -> Iterator[Doubt]:
    named = _named_gb(row)
    of_the_board = float(row.memory_gb or 0) * (row.gpus_per_board or 1)
    if named and row.memory_gb and named not in (float(row.memory_gb), of_the_board):
        yield Doubt(
            "memory_in_name",
            "memory_gb",
            f"Memory is {figure(row.memory_gb)} GB, but the name says {figure(named)} GB. Compare the two.",
        )


def _reported(row: Gpu, others: Others) -> Iterator[Doubt]:
    """What a system reports is a share of the nameplate that depends on who reports it, and on error correction."""
    if not (row.reported_memory_mib and row.memory_gb):
        return
    alike = _reported_alike(row, others)
    shares, own = [_share_reported(other) for other in alike], _share_reported(row)
    if not shares:
        return
    is_like = all(_reporting(other) == _reporting(row) for other in alike)
    room = 1 + (REPORTED_PERCENT if is_like and _same_size(row, alike) else UNLIKE_PERCENT) / 100
    if not min(shares) / room <= own <= max(shares) * room:
        yield Doubt(
            "reported_of_nameplate",
            "reported_memory_mib",
            f"{figure(row.reported_memory_mib)} MiB reported are {own:.1%} of {figure(row.memory_gb)} GB; of other "
            f"cards like it {min(shares):.1%} to {max(shares):.1%} are reported. Compare the total, the memory, who "
            "reports it, and whether error correction was on.",
        )


def _reported_alike(row: Gpu, others: Others) -> list[Gpu]:
    """Reported by the same, with error correction or without, of shared memory or of the card's own.

    macOS gives a share that grows with the memory. Where there are too few, all of that memory that reported.
    """
    reported = but(others.gpus, row, lambda other: bool(other.reported_memory_mib))
    alike = [other for other in reported if _reporting(other) == _reporting(row)]
    same_size = [other for other in alike if other.memory_gb == row.memory_gb]
    if row.unified_memory and same_size:
        return same_size
    return alike if len(alike) >= FEWEST else _of_this_memory(row, reported)


def _same_size(row: Gpu, alike: list[Gpu]) -> bool:
    """Whether shares of shared memory are those of machines as large."""
    return not row.unified_memory or all(other.memory_gb == row.memory_gb for other in alike)


def _of_this_memory(row: Gpu, reported: list[Gpu]) -> list[Gpu]:
    return [other for other in reported if other.unified_memory == row.unified_memory]


def _reporting(row: Gpu) -> tuple[object, ...]:
    return row.reported_by, row.vendor, row.unified_memory, row.ecc == Gpu.Ecc.ON


def _share_reported(row: Gpu) -> float:
    return float(row.reported_memory_mib or 0) / 1024 / float(row.memory_gb)


def _share(row: Gpu, others: Others) -> Iterator[Doubt]:
    alike = but(others.gpus, row, lambda other: other.unified_memory == row.unified_memory)
    shares = {float(other.usable_share) for other in alike if other.usable_share}
    if row.usable_share and len(alike) >= FEWEST and shares and float(row.usable_share) not in shares:
        memory = "shared memory" if row.unified_memory else "memory of its own"
        yield Doubt(
            "usable_share",
            "usable_share",
            f"The usable share is {figure(row.usable_share)}; every other card with {memory} has "
            f"{' or '.join(map(figure, sorted(shares)))}. The rule of thumb is the same for all: leave it as theirs.",
        )


def _carve_out(row: Gpu) -> Iterator[Doubt]:
    if row.carve_out_gb and not row.unified_memory:
        yield Doubt(
            "carve_out_of_shared_memory",
            "carve_out_gb",
            f"{figure(row.carve_out_gb)} GB can be set apart, but the memory is the card's own. Tick shared memory, or "
            "leave this empty.",
        )
