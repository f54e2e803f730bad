"""Speeds and waits as readers see them."""

import pytest

from fitpages.text import figures


@pytest.mark.parametrize(
    ("tokens_s", "text"),
    [
        *(
            (0.01, "under 0.1"),
            (0.05, "0.1"),
            (1.999, "1.9"),
            (4.24, "4.2"),
            (4.97, "4.9"),
            (9.94, "9.9"),
            (9.96, "9.9"),
        ),
        *((10, "10"), (98.4, "98"), (1203.6, "1,204")),
    ],
)
def test_expected_speed(tokens_s: float, text: str) -> None:
    assert figures.expected(tokens_s) == text
    assert figures.expected_range(tokens_s, tokens_s) == f"{text}–{text}"


@pytest.mark.parametrize(
    ("duration_s", "text"),
    [
        (0.01, "under 0.1 s"),
        (0.44, "0.4 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (119.4, "119 s"),
        (119.6, "2 min"),
        (5399, "90 min"),
        (7560, "2.1 h"),
    ],
)
def test_seconds(duration_s: float, text: str) -> None:
    assert figures.seconds(duration_s) == text
