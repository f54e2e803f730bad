"""Figures as readers see them. Rounding is for the eye: no verdict is taken from a rounded figure."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

from catalog.short_figures import memory as memory
from catalog.short_figures import parameters as parameters
from catalog.short_figures import plain, units
from fit.units import GB, GIB, MIB

HALF = Decimal("0.5")
# In tables of figures, where a column of words would be wide.
NOT_SHOWN = "—"
# Everywhere else: an empty place would leave open whether the catalog or the page forgot it.
NOT_KNOWN = "not known"


def rounded(value: Decimal | int, places: int = 0) -> Decimal:
    """Half up, as people round."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _tenths(value: float) -> str:
    """One decimal, half up: 4.2."""
    tenths = int(value * 10 + 0.5)
    return f"{tenths // 10}.{tenths % 10}"


def memory_in_prose(size_bytes: Decimal | int) -> str:
    """Whole GB for a sentence: 49 GB. Under 10 GB one decimal stays, for there 7.6 is not 8; MB under 1 GB."""
    return memory(size_bytes) if units(size_bytes, GB, 10) < 100 else f"{units(size_bytes, GB):,} GB"


def memories_apart(first_bytes: Decimal | int, second_bytes: Decimal | int) -> tuple[str, str]:
    """Two figures of `memory_in_prose` for one sentence, with as many decimals as it takes to tell them apart."""
    pair = memory_in_prose(first_bytes), memory_in_prose(second_bytes)
    if pair[0] != pair[1] or first_bytes == second_bytes:
        return pair
    return _apart(first_bytes, second_bytes, GB, "GB")


def counted(size_bytes: Decimal | int) -> str:
    """What is counted: MiB under 1 GiB, one decimal to 99.9 GiB, then whole: 650 MiB, 22.5 GiB, 118 GiB, 1,249 GiB."""
    size = int(size_bytes)
    return f"{units(size, MIB):,} MiB" if size < GIB - MIB // 2 else f"{bare_gibibytes(size)} GiB"


def counted_in_prose(size_bytes: Decimal | int) -> str:
    """Whole GiB for a sentence: 46 GiB. Under 10 GiB one decimal stays; MiB under 1 GiB."""
    return counted(size_bytes) if units(size_bytes, GIB, 10) < 100 else f"{units(size_bytes, GIB):,} GiB"


def counted_apart(first_bytes: Decimal | int, second_bytes: Decimal | int) -> tuple[str, str]:
    """Two figures of `counted` for one sentence, with as many decimals as it takes to tell them apart."""
    pair = counted(first_bytes), counted(second_bytes)
    if pair[0] != pair[1] or first_bytes == second_bytes:
        return pair
    return _apart(first_bytes, second_bytes, GIB, "GiB")


def _apart(first_bytes: Decimal | int, second_bytes: Decimal | int, unit: int, name: str) -> tuple[str, str]:
    """Two figures that differ, in `unit`, with the fewest decimals that tell them apart."""
    sizes, places = (Decimal(first_bytes) / unit, Decimal(second_bytes) / unit), 1
    while rounded(sizes[0], places) == rounded(sizes[1], places) and places < 12:
        places += 1
    first, second = (f"{rounded(size, places):,} {name}" for size in sizes)
    return first, second


def bare_gibibytes(size_bytes: Decimal | int) -> str:
    """GiB without the unit, for a table whose caption names it: 0.6, 21.3, 118, 1,341."""
    tenths = units(size_bytes, GIB, 10)
    return f"{tenths // 10}.{tenths % 10}" if tenths < 1000 else f"{units(size_bytes, GIB):,}"


def bare_gigabytes(size_bytes: Decimal | int) -> str:
    """GB without the unit, for a column whose head names it, in hundredths under one: 0.13, 48.9, 1,235."""
    if (hundredths := units(size_bytes, GB, 100)) < 100:
        return f"0.{hundredths:02}"
    tenths = units(size_bytes, GB, 10)
    return f"{tenths // 10}.{tenths % 10}" if tenths < 10_000 else f"{units(size_bytes, GB):,}"


def mebibytes(count: int) -> str:
    """MiB as drivers report them: 24,080 MiB."""
    return f"{count:,} MiB"


def gigabytes(nameplate_gb: Decimal) -> str:
    """The number on the box: 24 GB."""
    return f"{plain(nameplate_gb)} GB"


def gibibytes(nameplate_gib: float) -> str:
    """The number on the box as the GiB that it is, beside what is counted: 24 GiB."""
    return f"{bare_nameplate(nameplate_gib)} GiB"


def bare_nameplate(nameplate_gib: float) -> str:
    """`gibibytes` for a column whose head names the unit: 24."""
    return plain(Decimal(str(nameplate_gib)))


def gibibytes_in_gigabytes(nameplate_gib: float) -> str:
    """What the two units are to each other: "24 GiB are 25.8 GB"."""
    verb = "is" if nameplate_gib == 1 else "are"
    return f"{gibibytes(nameplate_gib)} {verb} {memory(round(nameplate_gib * GIB))}"


def bandwidth(bandwidth_gb_s: Decimal) -> str:
    """1,008 GB/s."""
    return f"{plain(bandwidth_gb_s)} GB/s"


def tokens(count: int) -> str:
    """Tokens of context in K of 1,024, rounded down: 4K, 17K, 128K; whole M of 1,024K where they are whole."""
    thousands = count // 1024
    if thousands and thousands % 1024 == 0:
        return f"{thousands // 1024}M"
    return f"{thousands:,}K" if thousands else str(count)


def ceiling(tokens_s: Decimal | None) -> str:
    """The rule's ceiling in tokens per second, whole: ~130; a dash where there is none."""
    if tokens_s is None:
        return NOT_SHOWN
    if tokens_s > 1000:
        return "over 1,000"
    return f"~{int(tokens_s + HALF):,}" if tokens_s >= 1 else "under 1"


def expected(tokens_s: float) -> str:
    """A speed to expect, or one measured: one decimal under 10, whole from there: 4.2, 98, 1,204.

    Under 10 rounding does not reach the next whole number, for there verdicts turn: 4.97 is 4.9.
    """
    if tokens_s >= 10:
        return f"{int(tokens_s + 0.5):,}"
    return _tenths(min(tokens_s, int(tokens_s) + 0.9)) if tokens_s >= 0.05 else "under 0.1"


def expected_range(low: float, high: float) -> str:
    """72–119."""
    return f"{expected(low)}–{expected(high)}"


def seconds(duration_s: float) -> str:
    """How long one waits: 0.4 s, 45 s, 3 min, 2.1 h."""
    if duration_s < 0.05:
        return "under 0.1 s"
    if duration_s < 9.95:
        return f"{_tenths(duration_s)} s"
    if duration_s < 119.5:
        return f"{int(duration_s + 0.5)} s"
    if duration_s < 5400:
        return f"{int(duration_s / 60 + 0.5)} min"
    return f"{rounded(Decimal(duration_s / 3600), 1):,} h"


def percent(share: Decimal) -> str:
    """Whole percent: 72%."""
    return f"{rounded(share * 100)}%"


def error(share: float) -> str:
    """Percent with one decimal; where that hides all of it, with four: 17.7%, 0.0002%, 0%."""
    if share == 0:
        return "0%"
    return f"{share:.1%}" if share >= 0.01 else f"{share:.4%}"


def day(date: datetime.date | None, missing: str = NOT_KNOWN) -> str:
    """A day in full: 6 August 2026."""
    return f"{date:%-d %B %Y}" if date else missing


def month(date: datetime.date | None, missing: str = NOT_KNOWN) -> str:
    """A month, short: Aug 2026."""
    return f"{date:%b %Y}" if date else missing


def power(power_w: int | None, missing: str = NOT_KNOWN) -> str:
    """350 W."""
    return f"{power_w} W" if power_w else missing


def price(price_usd: Decimal | None, missing: str = NOT_KNOWN) -> str:
    """Whole dollars: $1,599."""
    return f"${rounded(price_usd):,}" if price_usd else missing


def bytes_per_weight(value: Decimal) -> str:
    """With two decimals, or as many as it takes: 2.00, 0.56, 0.565."""
    return f"{value:.2f}" if value == round(value, 2) else f"{value.normalize():f}"


def times(ratio: Decimal) -> str:
    """How many times as much, with one decimal: 3.3."""
    return f"{rounded(ratio, 1)}"


def exact(value: Decimal | int) -> str:
    """Every digit that there is, with thousands commas: 8,030,261,248, 0.0312."""
    return plain(Decimal(value))
