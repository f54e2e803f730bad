"""How prompts are calibrated: class by class, llama.cpp's own measurements first, a new generation apart."""

from decimal import Decimal
from typing import Any

import pytest

from fit.calibration.prefill import with_prefill
from fit.calibration.start import START
from fit.observation import Observation
from fit.speed import prompt_tflop
from tests.builders import gpu_spec
from tests.fit.architectures import architecture
from tests.fit.observations import GB, observation, work

ARCHITECTURE = architecture()


PARAMETERS, PROMPT = 8_000_000_000, 512


def read_at(share: float, card: str = "card", chip: str = "Old", **overrides: Any) -> Observation:
    """A prompt read with this share of 100 TFLOPS."""
    seconds = prompt_tflop(ARCHITECTURE, PARAMETERS, PROMPT) / (share * 100)
    gpu = gpu_spec(compute_tflops=Decimal(100), chip_architecture=chip, speed_class="usual")
    values = {
        "slug": f"{card}-{share}",
        "card": card,
        "gpu": gpu,
        "architecture": ARCHITECTURE,
        "parameters_per_token": PARAMETERS,
        "prefill_tokens": PROMPT,
        "prefill_tokens_s": PROMPT / seconds,
    }
    return observation(**{**values, **overrides})


def test_a_class_has_the_median_of_its_cards() -> None:
    rows = [read_at(0.3, "a"), read_at(0.3, "a"), read_at(0.3, "a"), read_at(0.4, "b"), read_at(0.5, "c")]
    constants = with_prefill(START, rows)
    assert constants.prefill["usual"].utilization == pytest.approx(0.4)
    assert constants.prefill["usual"].range.cards == 3
    assert constants.prefill_other.utilization == pytest.approx(0.4)
    assert constants.prefill_other.range.cards == 0


def test_another_program_is_asked_only_where_llama_cpp_says_nothing() -> None:
    slow = [read_at(0.1, card, runtime="llamafile") for card in "abc"]
    assert with_prefill(START, slow).prefill["usual"].utilization == pytest.approx(0.1)
    assert with_prefill(START, [*slow, read_at(0.4, "d")]).prefill["usual"].utilization == pytest.approx(0.4)


def test_of_mixtures_another_program_is_asked_where_llama_cpp_measured_dense_models_only() -> None:
    mixture = read_at(0.1, "b", runtime="llamafile", work=work(4 * GB, mixture=True))
    assert with_prefill(START, [read_at(0.4, "a"), mixture]).mixture_prefill == pytest.approx(0.25)


@pytest.mark.parametrize(
    "other", [{"for_calibration": False}, {"is_old_build": True}, {"offload": "cpu only"}, {"cards": 2}]
)
def test_what_does_not_calibrate_decoding_does_not_calibrate_prompts(other: dict[str, Any]) -> None:
    rows = [read_at(0.3, card) for card in "ab"]
    assert with_prefill(START, [*rows, read_at(0.5, "c", **other)]) == with_prefill(START, rows)


def test_a_class_of_two_cards_is_as_uncertain_as_all_are() -> None:
    def in_class(name: str, shares: tuple[float, ...]) -> list[Observation]:
        return [read_at(share, f"{name}-{share}", speed_class=name) for share in shares]

    wide = in_class("wide", (0.1, 0.2, 0.4, 0.8))
    classes = with_prefill(START, [*wide, *in_class("two", (0.3, 0.31)), *in_class("three", (0.3, 0.31, 0.32))]).prefill
    assert [classes[name].range.cards for name in ("two", "three", "wide")] == [2, 3, 4]
    assert classes["two"].range.high > 2 > 1.2 > classes["three"].range.high


def test_a_generation_far_above_its_class_stands_apart() -> None:
    old = [read_at(0.3, card) for card in "ab"]
    constants = with_prefill(START, [*old, read_at(0.9, "new", "New")])
    assert constants.prefill["usual"].utilization == pytest.approx(0.3)
    assert constants.prefill["usual, New"].utilization == pytest.approx(0.9)
    assert "usual, New" not in with_prefill(START, [*old, read_at(0.5, "new", "New")]).prefill


def test_a_generation_is_held_against_its_own_class() -> None:
    slow = [read_at(0.1, f"slow-{index}", speed_class="slow") for index in range(9)]
    constants = with_prefill(START, [*slow, read_at(0.3, "old"), read_at(0.5, "new", "New")])
    assert set(constants.prefill) == {"slow", "usual"}


def test_mixtures_have_a_factor_on_top_of_their_class() -> None:
    mixture = read_at(0.1, "a", work=work(4 * GB, mixture=True))
    constants = with_prefill(START, [read_at(0.4, "a"), mixture])
    assert constants.mixture_prefill == pytest.approx(0.25)


@pytest.mark.parametrize(
    "missing", ["prefill_tokens_s", "prefill_tokens", "parameters_per_token", "architecture", "gpu"]
)
def test_what_says_too_little_is_left_out(missing: str) -> None:
    assert with_prefill(START, [read_at(0.4, **{missing: None})]).prefill == {}


def test_a_card_whose_arithmetic_nobody_published_is_left_out() -> None:
    assert with_prefill(START, [read_at(0.4, gpu=gpu_spec(speed_class="usual"))]).prefill == {}


def test_without_any_prompt_nothing_changes() -> None:
    assert with_prefill(START, []) is START
