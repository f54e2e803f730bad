"""Figures of what is counted: GiB and MiB, how many decimals, and what the units are to each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.units import GIB, MIB
from fitpages.text import figures

sizes = st.integers(0, 5 * 2**40)
BYTES = {"MiB": MIB, "GiB": GIB}


def gib(count: str) -> int:
    """Bytes in a figure given in GiB."""
    return int(Decimal(count) * GIB)


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 MiB"),
        (650 * MIB, "650 MiB"),
        (1023 * MIB, "1,023 MiB"),
        (GIB - MIB // 2 - 1, "1,023 MiB"),
        (GIB - MIB // 2, "1.0 GiB"),
        (GIB, "1.0 GiB"),
        (gib("1.04"), "1.0 GiB"),
        (gib("22.45") + 1, "22.5 GiB"),
        (gib("99.94"), "99.9 GiB"),
        (gib("99.95") + 1, "100 GiB"),
        (gib("117.6"), "118 GiB"),
        (gib("999.4"), "999 GiB"),
        (gib("999.95"), "1,000 GiB"),
        (gib("1248.5"), "1,249 GiB"),
    ],
)
def test_counted_is_in_mib_below_1_gib_then_with_one_decimal_then_whole_from_100_gib(
    size_bytes: int, text: str
) -> None:
    assert figures.counted(size_bytes) == text


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (650 * MIB, "650 MiB"),
        (gib("7.6"), "7.6 GiB"),
        (gib("9.94"), "9.9 GiB"),
        (gib("9.95") + 1, "10 GiB"),
        (gib("46.2"), "46 GiB"),
        (gib("46.5"), "47 GiB"),
        (gib("999.95"), "1,000 GiB"),
    ],
)
def test_counted_in_prose_is_whole_from_10_gib_on(size_bytes: int, text: str) -> None:
    assert figures.counted_in_prose(size_bytes) == text


@pytest.mark.parametrize(
    ("first", "second", "texts"),
    [
        (gib("37.3"), gib("21.6"), ("37.3 GiB", "21.6 GiB")),
        (gib("22.52"), gib("22.48"), ("22.52 GiB", "22.48 GiB")),
        (gib("118.3"), gib("117.8"), ("118.3 GiB", "117.8 GiB")),
        (650 * MIB, 650 * MIB + 1000, ("0.634766 GiB", "0.634767 GiB")),
        (gib("22.5"), gib("22.5"), ("22.5 GiB", "22.5 GiB")),
    ],
)
def test_two_counted_figures_of_one_sentence_have_as_many_decimals_as_tell_them_apart(
    first: int, second: int, texts: tuple[str, str]
) -> None:
    assert figures.counted_apart(first, second) == texts


@given(sizes, st.integers(1, 2**30))
def test_rounding_never_turns_a_verdict_of_two_counted_figures_round(size: int, difference: int) -> None:
    less, more = figures.counted_apart(size, size + difference)
    assert less != more
    assert _in_bytes(less) < _in_bytes(more)


def _in_bytes(text: str) -> Decimal:
    amount, unit = text.replace(",", "").split()
    return Decimal(amount) * BYTES[unit]


@given(sizes)
def test_a_bare_figure_is_the_counted_one_without_its_unit(size: int) -> None:
    if size >= GIB:
        assert f"{figures.bare_gibibytes(size)} GiB" == figures.counted(size)
    else:
        assert abs(Decimal(figures.bare_gibibytes(size)) * GIB - size) <= Decimal("0.05") * GIB


@pytest.mark.parametrize("nameplate_gib", [0.5, 4, 24, 141, 1024])
def test_a_bare_nameplate_is_the_one_without_its_unit(nameplate_gib: float) -> None:
    assert f"{figures.bare_nameplate(nameplate_gib)} GiB" == figures.gibibytes(nameplate_gib)


@pytest.mark.parametrize(
    ("nameplate", "text"),
    [(1, "1 GiB is 1.1 GB"), (10, "10 GiB are 10.7 GB"), (24.0, "24 GiB are 25.8 GB"), (512, "512 GiB are 549.8 GB")],
)
def test_what_a_gib_is_to_a_gb(nameplate: float, text: str) -> None:
    assert figures.gibibytes_in_gigabytes(nameplate) == text


@pytest.mark.parametrize(("nameplate", "text"), [(24.0, "24 GiB"), (5.5, "5.5 GiB"), (1024.0, "1,024 GiB")])
def test_the_number_on_the_box_is_gib_beside_what_is_counted(nameplate: float, text: str) -> None:
    assert figures.gibibytes(nameplate) == text
