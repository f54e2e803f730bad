"""The range that stands beside an estimate."""

from fitpages.text import figures

# A narrower range says no more than "about".
WORTH_SAYING = 1.5
# A wider one says that little is known.
TOO_WIDE = 5
NOT_KNOWN_WELL = "not known well enough"


def span(low: float, high: float) -> str:
    """ "31 to 57"; nothing where the ends are near to each other, and words where they are too far apart.

    The ends decide as they are, not as they are printed; where both print alike there is nothing to say.
    """
    if high > TOO_WIDE * low:
        return NOT_KNOWN_WELL
    first, last = figures.expected(low), figures.expected(high)
    if high <= WORTH_SAYING * low or first == last:
        return ""
    return f"up to {last}" if first.startswith("under") else f"{first} to {last}"
