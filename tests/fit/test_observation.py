"""What the estimate says of a measurement: by the program, the build and the place that were measured."""

from typing import Any

import pytest

from fit.observation import Observation, bandwidth_tokens_s, cards_at_once, predicted_tokens_s, range_of
from tests.fit.constants import speed_constants
from tests.fit.observations import GB, observation, work


def ms(row: Observation) -> float:
    return 1000 / predicted_tokens_s(row, speed_constants())


PLAIN_MS = 4 / (0.5 * 1000) * 1000 + 2 + 32 * 0.1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, PLAIN_MS),
        ({"is_old_build": True}, PLAIN_MS + 1.5),
        ({"is_old_build": True, "backend": "Vulkan"}, PLAIN_MS),
        ({"cards": 3}, PLAIN_MS + 2 * 0.4),
        ({"runtime": "ollama"}, PLAIN_MS / 0.9),
        ({"runtime": "llamafile"}, PLAIN_MS),
        ({"ram_bytes": GB}, PLAIN_MS - 2 + 1000 / 40),
        ({"ram_bytes": 9 * GB}, 2 + 32 * 0.1 + 4000 / 40),
        ({"speed_class": "unheard of"}, 4 / (0.25 * 1000) * 1000 + 4 + 32 * 0.1),
    ],
)
def test_a_prediction_is_of_the_program_build_and_place_measured(changes: dict[str, Any], expected: float) -> None:
    assert ms(observation(**changes)) == pytest.approx(expected)


def test_the_range_is_that_of_the_class_and_kind() -> None:
    assert range_of(observation(), speed_constants()) == speed_constants().classes["usual"].dense
    of_mixture = observation(work=work(GB, mixture=True), speed_class="unheard of")
    assert range_of(of_mixture, speed_constants()) == speed_constants().other.mixture


def test_cards_add_up_their_bandwidth_unless_they_take_turns() -> None:
    assert bandwidth_tokens_s(observation()) == 250
    assert bandwidth_tokens_s(observation(work=work(3 * GB, cache_bytes=GB))) == 250
    for split, at_once in (("layer", 1), ("row", 4), ("tensor", 4), ("", 4)):
        assert cards_at_once(observation(cards=4, split=split)) == at_once
