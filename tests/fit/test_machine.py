"""A machine has a factor and the models that it rests on, and nothing else."""

import dataclasses

import pytest

from fit.machine import Machine


def test_a_machine_is_named_by_what_it_holds_and_does_not_change() -> None:
    machine = Machine(factor=1.2, models=3)
    assert dataclasses.asdict(machine) == {"factor": 1.2, "models": 3}
    with pytest.raises(dataclasses.FrozenInstanceError):
        machine.factor = 1.0  # type: ignore[misc]  # refused, as tested
