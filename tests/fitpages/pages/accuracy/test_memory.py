"""The check of the memory accounting is shown as `make truth` wrote it."""

import json

import pytest

from fitpages.pages.accuracy import memory


def test_every_check_of_the_file_is_a_row_in_the_order_of_its_names() -> None:
    checks = [line["check"] for line in json.loads(memory.PATH.read_text(encoding="utf-8"))]
    assert sorted(checks) == sorted(memory.NAMES)
    assert [row.name for row in memory.memory_rows()] == list(memory.NAMES.values())


def test_figures_are_those_of_the_file() -> None:
    lines = {memory.NAMES[line["check"]]: line for line in json.loads(memory.PATH.read_text(encoding="utf-8"))}
    for row in memory.memory_rows():
        line = lines[row.name]
        assert (row.rows, row.models, row.exact) == tuple(f"{line[name]:,}" for name in ("rows", "models", "exact"))
        assert (row.median, row.worst) == (memory.share(line["median"]), memory.share(line["worst"]))


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
    assert memory.share(error) == text
