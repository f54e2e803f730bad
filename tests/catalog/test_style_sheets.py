"""Style sheets of the desk are whole: a rule that is not closed takes all that follow it along, in silence."""

from pathlib import Path

import pytest

from tests.processes import ROOT

SHEETS = sorted((ROOT / "catalog" / "static" / "catalog").glob("*.css"))
# A rule within a condition such as @media.
DEEPEST = 2


def depths(text: str) -> list[int]:
    """How deep each line of a style sheet ends, in braces."""
    depth, ends = 0, []
    for line in text.splitlines():
        depth += line.count("{") - line.count("}")
        ends.append(depth)
    return ends


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.name))
def test_every_rule_is_closed(sheet: Path) -> None:
    ends = depths(sheet.read_text(encoding="utf-8"))
    assert ends[-1] == 0
    assert min(ends) == 0
    assert max(ends) <= DEEPEST


def test_a_rule_that_is_not_closed_is_seen() -> None:
    assert depths("@media (x) {\n  a {\n  }\nb { c: d; }\n@media (y) {\n  e {\n")[-1] == 3
