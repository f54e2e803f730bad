"""What is asked about a figure: a sentence at a field, with both figures and what to compare."""

from decimal import Decimal
from typing import NamedTuple

Figure = Decimal | float | int


class Doubt(NamedTuple):
    """`check` names the rule, `field` where its sentence stands; `says` is a whole sentence, with both figures."""

    check: str
    field: str
    says: str


def figure(value: Figure) -> str:
    """With separators, and to four digits where there are decimals: 1,008 and 12.5 and 0.0312."""
    number = float(value)
    if number == int(number) or abs(number) >= 10_000:
        return f"{number:,.0f}"
    return f"{float(f'{number:.4g}'):,}".removesuffix(".0")


def percent_off(value: Figure, other: Figure) -> float:
    """By how many percent of `other` a value differs from it."""
    return 100 * abs(float(value) / float(other) - 1)


def spread(values: list[float]) -> str:
    """The least and the most of some figures, or the only one there is."""
    least, most = min(values), max(values)
    return figure(least) if least == most else f"{figure(least)} to {figure(most)}"
