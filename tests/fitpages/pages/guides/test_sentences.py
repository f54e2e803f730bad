"""The sentences of the guides are whole, whatever the figures are."""

import pytest

from fitpages.pages.guides import sentences


@pytest.mark.parametrize(
    ("enough", "sentence"),
    [
        (2, "It takes two, with 46 GB."),
        (3, "Of two such cards 23 GB is usable, still too little; it takes three, with 46 GB."),
    ],
)
def test_cards_that_do_not_hold_a_model_are_named_where_they_are_several(enough: int, sentence: str) -> None:
    assert sentences.cards_by_rule(enough, "23 GB", "46 GB") == sentence


@pytest.mark.parametrize(
    ("enough", "end"),
    [
        (1, "already one holds it."),
        (2, "already two hold it."),
        (3, "it takes three as well."),
        (4, "only four hold it."),
    ],
)
def test_the_accounting_may_ask_for_fewer_cards_or_for_more_than_the_rule(enough: int, end: str) -> None:
    start = "Counted exactly, layer by layer and with 8K tokens of context, "
    assert sentences.cards_exactly(enough, 3, "8K") == start + end


def test_models_are_named_with_their_sizes() -> None:
    assert sentences.sizes({}) == ""
    assert sentences.sizes({"Small": 8_030_000_000}) == "Small has 8.0B parameters."
    assert sentences.sizes({"Small": 8_030_000_000, "Large": 405_900_000_000}) == (
        "Small has 8.0B parameters and Large has 406B parameters."
    )
