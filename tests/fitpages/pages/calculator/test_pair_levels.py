"""The levels of a pair in the calculator are those of its page."""

import pytest

from fitpages.matching.answers import answer
from fitpages.pages.calculator.pair_levels import PairLevels
from fitpages.pages.common.level_table import level_table
from tests.fitpages.pages.pair.kinds import PAIRS, assessed, catalog


@pytest.mark.parametrize("name", PAIRS)
def test_they_are_made_of_the_same_as_on_the_page(name: str) -> None:
    of_page, snapshot = assessed(name), catalog()
    of_pair = PairLevels(snapshot=snapshot, answer=answer(snapshot, of_page.model, of_page.gpu))
    assert (of_pair.gpu, of_pair.quant, of_pair.verdict) == (of_page.gpu, of_page.quant, of_page.verdict)
    assert of_pair.candidates is of_page.candidates
    assert of_pair.rows == of_page.rows
    assert level_table(of_pair) == level_table(of_page)
