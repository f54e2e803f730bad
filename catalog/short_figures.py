"""The short forms of long figures, for pages of the site and for the desk. Rounding is for the eye."""

from decimal import Decimal

from fit.units import GB

MB = 10**6


def units(amount: Decimal | int, unit: int, per_unit: int = 1) -> int:
    """How many of `unit` (over `per_unit`), half up. Whole numbers throughout, for a page prints dozens of figures."""
    return (int(amount) * per_unit + unit // 2) // unit


def memory(size_bytes: Decimal | int) -> str:
    """Bytes of a file or by the rule: MB under 1 GB, one decimal to 999.9 GB, then whole: 650 MB, 48.9 GB, 1,235 GB."""
    size = int(size_bytes)
    if size < GB - MB // 2:
        return f"{units(size, MB)} MB"
    tenths = units(size, GB, 10)
    return f"{tenths // 10}.{tenths % 10} GB" if tenths < 10_000 else f"{units(size, GB):,} GB"


def parameters(count: int) -> str:
    """M below a billion, one decimal to 99.9B, whole above, T with two decimals: 494M, 72.7B, 406B, 1.57T."""
    if (millions := units(count, 10**6)) < 1000:
        return f"{millions}M"
    if (tenths := units(count, 10**9, 10)) < 1000:
        return f"{tenths // 10}.{tenths % 10}B"
    if (billions := units(count, 10**9)) < 1000:
        return f"{billions}B"
    hundredths = units(count, 10**12, 100)
    return f"{hundredths // 100}.{hundredths % 100:02}T"


def plain(value: Decimal) -> str:
    """Without trailing zeros, with thousands commas: 1638.50 is 1,638.5."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
