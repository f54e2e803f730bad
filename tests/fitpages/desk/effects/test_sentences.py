"""How many pages change, in whole sentences."""

import pytest

from fitpages.desk.effects import sentences


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ((0, 0, 0), ""),
        ((427, 0, 0), "No answer on a page of a pair would change."),
        ((427, 12, 0), "12 of 427 pages of pairs would give another answer. No verdict flips."),
        ((1, 1, 1), "1 of 1 page of pairs would give another answer, and its verdict flips."),
        ((2000, 1200, 1), "1,200 of 2,000 pages of pairs would give another answer; on 1 of them the verdict flips."),
    ],
)
def test_answers(numbers: tuple[int, int, int], sentence: str) -> None:
    assert sentences.of_answers(*numbers) == sentence


def test_pages_that_come_and_go() -> None:
    assert sentences.of_vanishing(1) == "1 page would leave the site."
    assert sentences.of_appearing(1204) == "1,204 pages would be new."
    assert sentences.no_longer_indexed(2) == "Search engines would not be told of 2 pages any more."
    assert sentences.newly_indexed(2) == "Search engines would newly be told of 2 pages."
    assert sentences.of_vanishing(0) == sentences.of_appearing(0) == ""
    assert sentences.no_longer_indexed(0) == sentences.newly_indexed(0) == ""
