"""How many machines run a model, in a sentence."""

import pytest

from fit.verdict import Kind
from fitpages.pages.model.counted import how_many

CARD, RAM, SHORT, SLOW, NO = Kind.ON_CARD, Kind.WITH_RAM, Kind.SHORT, Kind.NOT_IN_PRACTICE, Kind.NO


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        (
            [CARD, CARD, RAM, SHORT, SLOW, NO],
            "4 of 6 machines here run it: 2 on the card or in memory, 1 with a part in RAM and 1 only short.",
        ),
        ([RAM, NO], "1 of 2 machines here runs it with a part in RAM."),
        ([SHORT, SHORT], "2 of 2 machines here run it only short."),
        ([SLOW, NO, NO], "None of the 3 machines here runs it."),
    ],
)
def test_kinds_are_counted_the_best_first(kinds: list[Kind], sentence: str) -> None:
    assert how_many(kinds) == sentence
