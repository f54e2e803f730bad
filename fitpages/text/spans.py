"""The range that stands beside an estimate."""

from fitpages.text import figures

# A narrower range says no more than "about".
WORTH_SAYING = 1.5
# A wider one says that little is known.
TOO_WIDE = 5
NOT_KNOWN_WELL = "not known well enough"


def span(low: float, high: float) -> str:
    """ "31 to 45"; nothing where the ends are near to each other, and words where they are too far apart."""
    if high <= WORTH_SAYING * low:
        return ""
    return NOT_KNOWN_WELL if high > TOO_WIDE * low else f"{figures.expected(low)} to {figures.expected(high)}"
