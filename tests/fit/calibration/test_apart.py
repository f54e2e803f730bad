"""Constants from measurements of their own: old builds, further cards, RAM; and what moves none of them."""

import dataclasses
from typing import Any

import pytest

from fit.calibration.apart import with_apart
from fit.calibration.start import START
from fit.observation import Observation
from fit.speed_constants import Runtime, SpeedConstants
from tests.fit.constants import speed_constants
from tests.fit.observations import GB, as_predicted, observation, work

TRUE = speed_constants(old_build_ms={"CUDA": 1.5, "Metal": 0.5}, runtimes={"llama.cpp": Runtime(factor=1.0, ms=0.0)})
OLD = {"is_old_build": True}
IN_RAM: dict[str, Any] = {"offload": "some", "says_what_is_in_ram": True, "ram_gb_s": 51.2}
# The constants before: all that is found apart as it starts.
BEFORE = dataclasses.replace(
    TRUE,
    old_build_ms={},
    card_ms=0.0,
    card_share=0.0,
    ram_layers=START.ram_layers,
    ram_experts=START.ram_experts,
)


def measured() -> list[Observation]:
    """Two old builds, several cards on two backends, layers and experts in RAM of a kind that is named."""
    return [
        *(as_predicted(TRUE, slug=f"old-{size}", work=work(size * GB), **OLD) for size in (2, 4, 8)),
        as_predicted(TRUE, slug="old-metal", backend="Metal", **OLD),
        as_predicted(TRUE, slug="three", cards=3, split="layer", **OLD),
        as_predicted(TRUE, slug="two", cards=2, split="layer"),
        as_predicted(TRUE, slug="four", cards=4, split="layer", backend="Vulkan"),
        as_predicted(TRUE, slug="layers", work=work(4 * GB, ram_layer_bytes=2 * GB), **IN_RAM),
        as_predicted(TRUE, slug="experts", work=work(4 * GB, mixture=True, ram_expert_bytes=2 * GB), **IN_RAM),
    ]


@pytest.fixture(scope="module")
def usual() -> SpeedConstants:
    return with_apart(BEFORE, measured())


@pytest.mark.parametrize("name", ["card_ms", "card_share", "ram_layers", "ram_experts"])
def test_each_comes_out_again(usual: SpeedConstants, name: str) -> None:
    assert getattr(usual, name) == pytest.approx(getattr(TRUE, name))


def test_what_old_builds_took_longer_comes_out_again(usual: SpeedConstants) -> None:
    assert usual.old_build_ms == pytest.approx({"CUDA": 1.5, "Metal": 0.5})


@pytest.mark.parametrize(
    "odd",
    [
        {**OLD, "for_calibration": False},
        {**OLD, "offload": "cpu only"},
        {**OLD, "runtime": "ollama"},
        {**OLD, "cards": 2, "split": "tensor"},
        {"cards": 2, "split": "layer", "for_calibration": False},
        {**IN_RAM, "ram_gb_s": None, "work": work(4 * GB, ram_layer_bytes=GB)},
        {**IN_RAM, **OLD, "work": work(4 * GB, ram_layer_bytes=GB)},
        {**IN_RAM, "work": work(4 * GB, mixture=True, ram_layer_bytes=GB, ram_expert_bytes=GB)},
    ],
    ids=lambda odd: ", ".join(odd),
)
def test_what_is_of_another_kind_moves_no_constant(usual: SpeedConstants, odd: dict[str, Any]) -> None:
    assert with_apart(BEFORE, [*measured(), observation(slug="odd", tokens_s=2.0, **odd)]) == usual


def test_without_measurements_all_stays_as_it_was() -> None:
    assert with_apart(BEFORE, []) == BEFORE


def test_a_further_card_costs_no_less_than_nothing() -> None:
    quick = as_predicted(TRUE, slug="quick", cards=3, split="layer")
    quick = dataclasses.replace(quick, tokens_s=10 * quick.tokens_s)
    assert with_apart(BEFORE, [quick]).card_ms == 0


def test_a_further_card_costs_what_all_measurements_agree_with_best() -> None:
    rows = [as_predicted(TRUE, slug=f"right-{index}", cards=2, split="layer") for index in range(3)]
    far = dataclasses.replace(rows[0], slug="far", tokens_s=rows[0].tokens_s / 3)
    assert with_apart(BEFORE, [*rows, far]).card_ms == pytest.approx(TRUE.card_ms)


def test_ram_is_never_faster_than_on_paper() -> None:
    quick = observation(slug="quick", tokens_s=1000.0, work=work(4 * GB, ram_layer_bytes=2 * GB), **IN_RAM)
    assert with_apart(BEFORE, [quick]).ram_layers == 1
