"""Sizes of whole files against the dry run of llama.cpp's quantizer: sizes.csv and sizes_more.csv."""

from collections.abc import Iterator
from pathlib import Path

from tests.truth.models import KEEPS_EXPERTS, Models, lines, more_lines
from tests.truth.row import Row, answered

COLUMNS = ("model", "quant", "file_bytes")
# The mixes of sizes.csv that the accounting knew first; all others are in sizes_more.csv.
FIRST_MIXES = ("F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K", "IQ4_XS")
FIRST_LABELS = {*FIRST_MIXES, *(mix + KEEPS_EXPERTS for mix in FIRST_MIXES)}


def size_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """Whole files: the first models at the first mixes, then every mix of these and more models.

    What both files have is asked once for every mix: their sizes differ by the length of the model's name at most.
    """
    asked = set()
    for line in lines(oracle / "sizes.csv", *COLUMNS):
        if line["quant"] in FIRST_LABELS:
            yield _row("weights", line, models)
        else:
            asked.add((line["model"], line["quant"]))
            yield _row("sizes", line, models)
    for line in more_lines(oracle / "sizes_more.csv", *COLUMNS):
        if (line["model"], line["quant"]) not in asked:
            yield _row("sizes", line, models)


def _row(check: str, line: dict[str, str], models: Models) -> Row:
    row = Row(check, line["model"], line["quant"], None, None, int(line["file_bytes"]))
    return answered(row, lambda: models.weights(row.model, row.quant).file_bytes)
