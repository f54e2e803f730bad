"""Style sheets are whole: a brace that a merge lost takes every rule after it along, without a word from browsers."""

import pytest

from tests.processes import ROOT

SHEETS = sorted(ROOT.glob("*/static/**/*.css"))


@pytest.mark.parametrize("name", [str(sheet.relative_to(ROOT)) for sheet in SHEETS])
def test_every_block_is_closed_before_the_next_begins(name: str) -> None:
    depth = 0
    for number, line in enumerate((ROOT / name).read_text().splitlines(), start=1):
        assert depth == 0 or not line or line[0] in " \t})" or not line.endswith("{"), f"line {number} of {name}"
        depth += line.count("{") - line.count("}")
    assert depth == 0


def test_there_are_style_sheets() -> None:
    assert {"desk.css", "site.css"} <= {sheet.name for sheet in SHEETS}
