"""The range beside an estimate."""

import pytest

from fitpages.text.spans import NOT_KNOWN_WELL, span


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (31, 45, ""),
        (30, 45, ""),
        (30, 45.01, "30 to 45"),
        (31, 57.4, "31 to 57"),
        (3.14, 9.97, "3.1 to 9.9"),
        (820, 1310, "820 to 1,310"),
        (10, 50, "10 to 50"),
        (0.04, 0.16, "up to 0.2"),
        (10, 10, ""),
    ],
)
def test_a_range_is_said_where_its_ends_are_far_apart(low: float, high: float, text: str) -> None:
    assert span(low, high) == text


@pytest.mark.parametrize(("low", "high"), [(10, 50.01), (0, 3), (0.01, 400)])
def test_a_very_wide_range_is_not_known_well_enough(low: float, high: float) -> None:
    assert span(low, high) == NOT_KNOWN_WELL == "not known well enough"


@pytest.mark.parametrize(("low", "high"), [(0.06, 0.1), (0.01, 0.04), (0, 0)])
def test_ends_that_print_alike_are_no_range(low: float, high: float) -> None:
    assert span(low, high) == ""
