"""The check of the memory accounting is shown as `make truth` wrote it."""

import pytest

from fitpages.pages.accuracy.memory import memory_rows
from fitpages.pages.common.memory_check import memory_checks
from fitpages.text import figures


def test_every_check_is_a_row_with_its_figures() -> None:
    assert len(memory_rows()) == len(memory_checks())
    for row, check in zip(memory_rows(), memory_checks().values(), strict=True):
        assert row.name == check.name
        assert (row.rows, row.models, row.exact) == (f"{check.rows:,}", f"{check.models:,}", f"{check.exact:,}")
        assert (row.median, row.worst) == (figures.error(check.median), figures.error(check.worst))


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (0.0, "0%"),
        (1.903e-06, "0.0002%"),
        (0.004562, "0.4562%"),
        (0.00999, "0.9990%"),
        (0.01, "1.0%"),
        (0.1773, "17.7%"),
    ],
)
def test_errors_of_memory_are_said_with_the_digits_that_tell(error: float, text: str) -> None:
    assert figures.error(error) == text
