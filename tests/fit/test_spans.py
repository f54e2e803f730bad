"""Which range stands beside an estimate."""

import pytest

from fit.spans import models_measured, span_of
from tests.fit.constants import speed_constants


@pytest.mark.parametrize(("card", "models"), [("quick", 3), ("once", 1), ("unheard of", 0)])
def test_a_card_has_the_models_that_were_measured_on_it(card: str, models: int) -> None:
    assert models_measured(card, speed_constants()) == models


@pytest.mark.parametrize(("card", "state"), [("quick", "measured"), ("once", "unseen"), ("unheard of", "unseen")])
@pytest.mark.parametrize("mixture", [False, True])
@pytest.mark.parametrize("name", ["usual", "unheard of"])
def test_from_two_models_on_the_errors_of_measured_cards_are_the_guide(
    name: str, card: str, state: str, mixture: bool
) -> None:
    constants = speed_constants()
    spans = getattr(constants.classes.get(name, constants.other), state)
    assert span_of(name, card, mixture, constants) == spans.of(mixture=mixture)
