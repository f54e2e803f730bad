"""What is a machine's own: the mean of its models' errors, drawn towards its class the fewer there are."""

import dataclasses
import math

import pytest

from fit.calibration.machines import machine, machines
from fit.machine import Machine
from fit.observation import Observation
from tests.fit.constants import speed_constants
from tests.fit.observations import as_predicted

CONSTANTS = speed_constants(machines={})


def measured(share: float, model: str, slug: str = "", card: str = "card") -> Observation:
    """So many times as fast as its class."""
    row = as_predicted(CONSTANTS, slug=slug or model, model=model, card=card)
    return dataclasses.replace(row, tokens_s=share * row.tokens_s)


@pytest.mark.parametrize(("models", "power"), [(1, 1 / 3), (2, 1 / 2), (6, 3 / 4)])
def test_the_more_models_the_more_it_counts(models: int, power: float) -> None:
    rows = [measured(1.5, f"model-{index}") for index in range(models)]
    assert machine(rows, CONSTANTS) == Machine(factor=pytest.approx(1.5**power), models=models)


def test_each_model_counts_once_however_often_it_was_measured() -> None:
    rows = [measured(2, "often", f"often-{index}") for index in range(9)] + [measured(1, "once")]
    assert machine(rows, CONSTANTS).factor == pytest.approx(math.exp(math.log(2) / 2 / 2))


def test_a_machine_of_which_nothing_was_measured_is_like_its_class() -> None:
    assert machine([], CONSTANTS) == Machine(factor=1, models=0)


def test_what_was_taken_for_its_own_before_does_not_count() -> None:
    before = speed_constants(machines={"card": Machine(factor=3, models=9)})
    assert machine([measured(1.5, "model")], before) == machine([measured(1.5, "model")], CONSTANTS)


def test_every_card_has_its_own() -> None:
    rows = [measured(2, "one", card="b"), measured(1, "one", card="a")]
    assert list(machines(rows, CONSTANTS)) == ["a", "b"]
    assert machines(rows, CONSTANTS)["b"] == machine(rows[:1], CONSTANTS)
