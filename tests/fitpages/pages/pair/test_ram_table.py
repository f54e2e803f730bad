""" "How fast is your RAM?": only where the answer has a part there."""

import pytest

from fit import speed
from fit.speed import Estimate
from fit.verdict import Kind
from fitpages.pages.pair.ram_table import ram_table
from fitpages.text import figures
from tests.fitpages.pages.pair.kinds import PAIRS, assessed


@pytest.mark.parametrize("name", PAIRS)
def test_only_an_answer_with_ram_has_the_table(name: str) -> None:
    asked = assessed(name)
    assert (ram_table(asked) is not None) is (asked.verdict.kind is Kind.WITH_RAM)


@pytest.mark.parametrize(("name", "what"), [("experts in RAM", "the experts"), ("layers in RAM", "the layers")])
def test_the_note_says_what_waits_and_with_which_context(name: str, what: str) -> None:
    table = ram_table(assessed(name))
    assert table
    assert table.note == (
        f"Every token waits for {what} in RAM, so its speed decides. Tokens per second with 8K of context."
    )


def test_the_row_of_the_usual_ram_is_marked_and_says_what_the_headline_says() -> None:
    for name in ("experts in RAM", "layers in RAM", "made in four bits, with RAM"):
        asked, table = assessed(name), ram_table(assessed(name))
        assert table
        assert asked.verdict.speed
        (marked,) = [row for row in table.rows if row.marked]
        assert (marked.name, marked.gb_s) == ("DDR5-5600, two channels", "90")
        assert marked.expect == figures.expected(asked.verdict.speed.tokens_s)
        speeds = [float(row.expect) for row in table.rows]
        assert speeds == sorted(set(speeds))
        assert [row.gb_s for row in table.rows] == ["51", "90", "307"]


def test_a_range_stands_beside_each_and_one_wider_than_five_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, estimate = assessed("experts in RAM"), Estimate(tokens_s=20, low=10, high=50, cards=1)
    for high, span in ((50, "10 to 50"), (50.1, "not known well enough"), (15, "")):
        monkeypatch.setattr(speed, "decode_offloaded", lambda *_, high=high, **__: estimate._replace(high=high))
        table = ram_table(asked)
        assert table
        assert [row.span for row in table.rows] == [span] * 3
