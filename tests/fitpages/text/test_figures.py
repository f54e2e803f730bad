"""Figures as readers see them: which unit, how many decimals, and what happens where one form ends."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.units import GB
from fitpages.text import figures

MB = 10**6
sizes = st.integers(0, 5 * 10**12)


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 MB"),
        (499_999, "0 MB"),
        (500_000, "1 MB"),
        (650 * MB, "650 MB"),
        (999_400_000, "999 MB"),
        (999_499_999, "999 MB"),
        (999_500_000, "1.0 GB"),
        (1 * GB, "1.0 GB"),
        (1_049_999_999, "1.0 GB"),
        (1_050_000_000, "1.1 GB"),
        (Decimal("48858568851.456"), "48.9 GB"),
        (100 * GB, "100.0 GB"),
        (999_940_000_000, "999.9 GB"),
        (999_949_999_999, "999.9 GB"),
        (999_950_000_000, "1,000 GB"),
        (1000 * GB, "1,000 GB"),
        (1_234_499_999_999, "1,234 GB"),
        (1_234_500_000_000, "1,235 GB"),
    ],
)
def test_memory_is_in_mb_below_1_gb_then_with_one_decimal_then_whole_from_1_000_gb(
    size_bytes: Decimal | int, text: str
) -> None:
    assert figures.memory(size_bytes) == text


@given(sizes)
def test_a_bare_figure_is_that_of_a_file_without_its_unit(size: int) -> None:
    if size >= GB:
        assert f"{figures.bare_gigabytes(size)} GB" == figures.memory(size)
    else:
        assert abs(Decimal(figures.bare_gigabytes(size)) * GB - size) <= Decimal("0.05") * GB


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (132 * MB, "132 MB"),
        (999_500_000, "1.0 GB"),
        (7_600_000_000, "7.6 GB"),
        (9_949_999_999, "9.9 GB"),
        (9_950_000_000, "10 GB"),
        (48_499_999_999, "48 GB"),
        (48_500_000_000, "49 GB"),
        (174_494_888_755, "174 GB"),
        (999_499_999_999, "999 GB"),
        (999_500_000_000, "1,000 GB"),
        (6_670_755_513_096, "6,671 GB"),
    ],
)
def test_memory_in_prose_is_whole_from_10_gb_on(size_bytes: int, text: str) -> None:
    assert figures.memory_in_prose(size_bytes) == text


@pytest.mark.parametrize(
    ("first", "second", "texts"),
    [
        (37_516_401_082, 22_800_000_000, ("38 GB", "23 GB")),
        (22_800_000_000, 22_900_000_000, ("22.8 GB", "22.9 GB")),
        (22_850_000_000, 22_800_000_000, ("22.9 GB", "22.8 GB")),
        (22_810_000_000, 22_800_000_000, ("22.81 GB", "22.80 GB")),
        (121_642_580_398, 121_600_000_000, ("121.64 GB", "121.60 GB")),
        (7_597_783_351, 7_600_000_000, ("7.598 GB", "7.600 GB")),
        (9_960_000_000, 10_040_000_000, ("9.96 GB", "10.04 GB")),
        (650_100_000, 650_200_000, ("0.6501 GB", "0.6502 GB")),
        (1_234_100_000_000, 1_234_200_000_000, ("1,234.1 GB", "1,234.2 GB")),
        (22_800_000_001, 22_800_000_000, ("22.800000001 GB", "22.800000000 GB")),
        (22_800_000_000, 22_800_000_000, ("23 GB", "23 GB")),
    ],
)
def test_two_figures_of_one_sentence_have_as_many_decimals_as_tell_them_apart(
    first: int, second: int, texts: tuple[str, str]
) -> None:
    assert figures.memories_apart(Decimal(first), Decimal(second)) == texts


@given(sizes, st.integers(1, 10**9))
def test_two_figures_that_differ_never_look_the_same(size: int, difference: int) -> None:
    less, more = figures.memories_apart(Decimal(size), Decimal(size + difference))
    assert less != more
    assert _in_bytes(less) < _in_bytes(more)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (134_515_008, "135M"),
        (494_032_768, "494M"),
        (999_400_000, "999M"),
        (999_499_999, "999M"),
        (999_500_000, "1.0B"),
        (1_000_000_000, "1.0B"),
        (8_030_261_248, "8.0B"),
        (72_706_203_648, "72.7B"),
        (99_940_000_000, "99.9B"),
        (99_949_999_999, "99.9B"),
        (99_950_000_000, "100B"),
        (405_853_388_800, "406B"),
        (999_499_999_999, "999B"),
        (999_500_000_000, "1.00T"),
        (999_705_328_640, "1.00T"),
        (1_026_408_232_448, "1.03T"),
        (1_572_997_179_491, "1.57T"),
        (1_574_999_999_999, "1.57T"),
        (1_575_000_000_000, "1.58T"),
    ],
)
def test_parameters_are_in_m_below_a_billion_then_b_with_a_decimal_below_a_hundred_then_t(
    count: int, text: str
) -> None:
    assert figures.parameters(count) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1"),
        (1023, "1023"),
        (1024, "1K"),
        (4095, "3K"),
        (4096, "4K"),
        (17_152, "16K"),
        (17_408, "17K"),
        (131_072, "128K"),
        (1_000_000, "976K"),
        (1_047_552, "1,023K"),
        (1_048_576, "1M"),
        (1_049_600, "1,025K"),
        (10_485_760, "10M"),
    ],
)
def test_tokens_are_in_k_of_1_024_rounded_down_and_in_m_where_those_are_whole(count: int, text: str) -> None:
    assert figures.tokens(count) == text


CEILINGS = [
    (None, "—"),
    ("0.4", "under 1"),
    ("0.999", "under 1"),
    ("1", "~1"),
    ("1.49", "~1"),
    ("1.5", "~2"),
    ("129.4", "~129"),
    ("129.5", "~130"),
    ("129.9", "~130"),
    ("999.4", "~999"),
    ("999.5", "~1,000"),
    ("1000", "~1,000"),
    ("1000.1", "over 1,000"),
    ("25000", "over 1,000"),
]


@pytest.mark.parametrize(("tokens_s", "text"), CEILINGS)
def test_a_ceiling_is_whole_and_over_1_000_just_that(tokens_s: str | None, text: str) -> None:
    assert figures.ceiling(Decimal(tokens_s) if tokens_s else None) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ("0", "0%"),
        ("0.004", "0%"),
        ("0.005", "1%"),
        ("0.2", "20%"),
        ("0.7249", "72%"),
        ("0.725", "73%"),
        ("0.735", "74%"),
        ("0.95", "95%"),
        ("1", "100%"),
    ],
)
def test_percent_are_whole_and_halves_go_up(share: str, text: str) -> None:
    assert figures.percent(Decimal(share)) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("24", "24 GB"),
        ("24.00", "24 GB"),
        ("0.50", "0.5 GB"),
        ("100", "100 GB"),
        ("512.00", "512 GB"),
        ("1536", "1,536 GB"),
        ("1E+2", "100 GB"),
    ],
)
def test_the_number_on_the_box_is_shown_as_it_is_without_empty_decimals(figure: str, text: str) -> None:
    assert figures.gigabytes(Decimal(figure)) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [("300", "300 GB/s"), ("1008.00", "1,008 GB/s"), ("136.50", "136.5 GB/s"), ("1638.5", "1,638.5 GB/s")],
)
def test_bandwidth_is_shown_as_it_is_with_thousands_apart(figure: str, text: str) -> None:
    assert figures.bandwidth(Decimal(figure)) == text


@pytest.mark.parametrize(
    ("value", "places", "result"),
    [("0.5", 0, "1"), ("1.5", 0, "2"), ("2.5", 0, "3"), ("2.449", 1, "2.4"), ("2.45", 1, "2.5"), ("7", 2, "7.00")],
)
def test_rounding_takes_halves_up_as_people_do(value: str, places: int, result: str) -> None:
    assert str(figures.rounded(Decimal(value), places)) == result


@given(sizes, sizes)
def test_more_memory_never_looks_like_less(first: int, second: int) -> None:
    less, more = sorted((first, second))
    assert _in_bytes(figures.memory(less)) <= _in_bytes(figures.memory(more))


def _in_bytes(text: str) -> Decimal:
    figure, unit = text.replace(",", "").split()
    return Decimal(figure) * {"MB": MB, "GB": GB}[unit]
