"""Figures in sentences."""

import pytest

from catalog.doubts.doubt import figure, percent_off, spread


@pytest.mark.parametrize(
    ("value", "text"),
    [(300_000, "300,000"), (1008.0, "1,008"), (12.504, "12.5"), (0.031273, "0.03127"), (1_228.8, "1,229"), (2, "2")],
)
def test_a_figure_has_separators_and_four_digits(value: float, text: str) -> None:
    assert figure(value) == text


def test_percent_are_of_the_other() -> None:
    assert percent_off(110, 100) == pytest.approx(10)


def test_figures_are_given_from_the_least_to_the_most() -> None:
    assert (spread([3, 1, 2]), spread([2, 2])) == ("1 to 3", "2")
