"""Measured prompts held against the estimate: by backend, by program, with what was copied."""

from typing import Any

import pytest

from fit.bus import copied_gb
from fit.flags import Flags
from fit.prompt_observation import by_card, copied_seconds, prompt_tokens_s
from tests.builders import gpu_spec
from tests.fit.accountings import accounting
from tests.fit.architectures import RECURRENT, architecture, mixture
from tests.fit.constants import prefill_constants
from tests.fit.prompts import prompt_observation

CONSTANTS = prefill_constants()
AMPERE = gpu_spec(speed_class="usual", compute_tflops=100, chip_architecture="Ampere")


def seconds(**overrides: Any) -> float:
    observation = prompt_observation(**overrides)
    return observation.work.tokens / prompt_tokens_s(observation, CONSTANTS)


def test_a_backend_changes_the_utilization() -> None:
    work = prompt_observation().work
    expected = work.dense_tflop / 40 + work.attention_tflop / 20
    assert seconds(backend="Vulkan") - seconds() == pytest.approx(expected)


def test_another_program_has_its_utilization_its_attention_and_time_for_a_layer() -> None:
    work = prompt_observation().work
    matrices = 0.8 * 40
    expected = work.dense_tflop / matrices + work.attention_tflop / (0.1 * matrices)
    expected += 50 * work.hidden_gb / 1000 + 8 * 0.0005
    assert seconds(runtime="llamafile") == pytest.approx(expected)
    assert seconds(runtime="llama.cpp server") == seconds()


def test_its_own_factor_counts_where_that_is_asked_for() -> None:
    measured = prompt_observation(card="measured")
    faster = prompt_tokens_s(measured, CONSTANTS, own=True) / prompt_tokens_s(measured, CONSTANTS)
    assert faster == pytest.approx(1.25)
    other = prompt_observation()
    assert prompt_tokens_s(other, CONSTANTS, own=True) == prompt_tokens_s(other, CONSTANTS)


def test_what_lay_in_ram_was_copied() -> None:
    counted, flags = accounting(mixture()), Flags(cpu_moe_layers=8)
    row = prompt_observation(mixture(), gpu=AMPERE, accounting=counted, flags=flags, offload="--n-cpu-moe 8 of 8")
    assert copied_seconds(row) == pytest.approx(copied_gb(counted.weights, flags, 512, 512) / (0.85 * 31.51))
    assert row.copies
    assert not prompt_observation(accounting=counted, flags=flags).copies, "its bus is not known"
    assert not prompt_observation(mixture(), gpu=AMPERE).copies
    assert copied_seconds(prompt_observation(mixture(), gpu=AMPERE)) == 0


@pytest.mark.parametrize(
    "other",
    [{"for_calibration": False}, {"is_old_build": True}, {"offload": "cpu only"}, {"cards": 2}, {"by_units": False}],
)
def test_what_is_not_plain_does_not_calibrate(other: dict[str, Any]) -> None:
    assert prompt_observation().calibrates
    assert not prompt_observation(**other).calibrates


def test_kinds_of_models_are_told_apart() -> None:
    kinds = [(row.mixture, row.linear) for row in map(prompt_observation, (architecture(), mixture(), RECURRENT))]
    assert kinds == [(False, False), (True, False), (False, True)]


def test_observations_of_a_card_stand_together() -> None:
    rows = [prompt_observation(card=card, slug=slug) for card, slug in (("b", "1"), ("a", "2"), ("b", "3"))]
    assert {card: [row.slug for row in own] for card, own in by_card(rows).items()} == {"b": ["1", "3"], "a": ["2"]}
