"""What the estimate says of a measurement: by the program, the build and the place that were measured."""

from decimal import Decimal
from typing import Any

import pytest

from fit.observation import Observation, bandwidth_tokens_s, cards_at_once, own_ms, predicted_tokens_s, range_of
from fit.several_cards import Run
from tests.builders import gpu_spec
from tests.fit.constants import speed_constants
from tests.fit.observations import GB, as_predicted, observation, work


def ms(row: Observation, **changes: Any) -> float:
    return 1000 / predicted_tokens_s(row, speed_constants(), **changes)


LAYERS_MS = 32 * 0.1
PLAIN_MS = 4 / (0.5 * 1000) * 1000 + LAYERS_MS
IN_RAM = {"offload": "-ngl 1", "says_what_is_in_ram": True, "ram_gb_s": 100.0}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PLAIN_MS),
        ({"is_old_build": True}, PLAIN_MS + 1.5),
        ({"is_old_build": True, "backend": ""}, PLAIN_MS + 1.5),
        ({"is_old_build": True, "backend": "Vulkan"}, PLAIN_MS / 0.75),
        ({"backend": "ROCm"}, PLAIN_MS),
        ({"cards": 3}, PLAIN_MS + 2 * 0.4),
        ({"cards": 3, "split": "row"}, PLAIN_MS + 2 * 0.4),
        ({"cards": 3, "backend": "Vulkan"}, PLAIN_MS / 0.75 * 1.2),
        ({"runtime": "ollama"}, PLAIN_MS / 0.9 + 0.5),
        ({"runtime": "llamafile"}, PLAIN_MS),
        ({**IN_RAM, "work": work(4 * GB, ram_layer_bytes=GB)}, PLAIN_MS - 2 + 1000 / 100 / 0.4),
        ({**IN_RAM, "work": work(4 * GB, ram_expert_bytes=4 * GB)}, LAYERS_MS + 4000 / 100 / 0.2),
        ({"speed_class": "unheard of"}, 4 / (0.25 * 1000) * 1000 + 32 * 0.2),
        ({"card": "quick"}, PLAIN_MS / 1.2),
    ],
)
def test_a_prediction_is_of_the_program_build_and_place_measured(changes: dict[str, Any], expected: float) -> None:
    assert ms(observation(**changes)) == pytest.approx(expected)


def test_a_machine_can_be_taken_for_one_that_was_not_measured() -> None:
    assert ms(observation(card="quick"), factor=1) == pytest.approx(PLAIN_MS)


def test_what_a_token_took_by_itself_is_without_the_program_and_the_build() -> None:
    for changes in ({}, {"runtime": "ollama"}, {"is_old_build": True}):
        row = as_predicted(speed_constants(), **changes)
        assert own_ms(row, speed_constants()) == pytest.approx(PLAIN_MS)


def test_the_range_is_that_of_the_class_and_kind_and_of_measured_cards_from_two_models_on() -> None:
    usual = speed_constants().classes["usual"]
    for card, spans in (("card", usual.unseen), ("once", usual.unseen), ("quick", usual.measured)):
        assert range_of(observation(card=card), speed_constants()) == spans.dense
    of_mixture = observation(work=work(GB, mixture=True), speed_class="unheard of")
    assert range_of(of_mixture, speed_constants()) == speed_constants().other.unseen.mixture


def test_cards_add_up_their_bandwidth_unless_they_take_turns() -> None:
    assert bandwidth_tokens_s(observation()) == 250
    assert bandwidth_tokens_s(observation(work=work(2 * GB, cache_bytes=GB, latent_bytes=GB))) == 250
    for split, at_once in (("layer", 1), ("row", 4), ("tensor", 4), ("", 4)):
        assert cards_at_once(observation(cards=4, split=split)) == at_once


def test_it_was_spread_as_the_source_says() -> None:
    assert observation(cards=2, split="tensor", ram_gb_s=50.0).run == Run(2, "tensor", 50.0)
    assert [observation(cards=2, split=split).run.split for split in ("", "row", "layer")] == ["layer"] * 3


def test_its_class_is_that_of_its_chip_where_that_is_apart() -> None:
    chips = {
        chip: observation(gpu=gpu_spec(chip_architecture=chip, bandwidth_gb_s=Decimal(1)), speed_class="nvidia-hbm")
        for chip in ("Pascal", "Volta")
    }
    assert [row.class_name for row in chips.values()] == ["nvidia-hbm, Pascal", "nvidia-hbm"]
    assert observation(speed_class="nvidia-hbm").class_name == "nvidia-hbm"


@pytest.mark.parametrize(
    ("changes", "calibrates"),
    [
        ({}, True),
        ({"for_calibration": False}, False),
        ({"is_old_build": True}, False),
        ({"offload": "some"}, False),
        ({"cards": 2}, False),
    ],
)
def test_only_what_is_plain_trusted_and_of_today_calibrates(changes: dict[str, Any], calibrates: bool) -> None:
    assert observation(**changes).calibrates is calibrates
