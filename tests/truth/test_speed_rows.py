"""The rows of measured speeds that are written for other programs."""

import pytest

from fit.prompt_observation import prompt_tokens_s
from tests.fit.constants import speed_constants
from tests.fit.observations import as_predicted, observation
from tests.fit.prompts import prompt_observation
from tests.truth.speed_rows import DECODE, PROMPT, decode_rows, prompt_rows

CONSTANTS = speed_constants()


def test_a_measurement_of_generation_is_a_row() -> None:
    new = as_predicted(CONSTANTS, slug="new", label="L4, Qwen 8B Q4_K_M")
    held, other = decode_rows([observation(slug="one", tokens_s=9.0), new], CONSTANTS)
    assert (held["predicted"], held["real"], held["range"]) == (10, 9, [8, 12.5])
    assert (held["error"], held["detail"]) == (pytest.approx(1 / 9), "one, held out")
    assert (other["check"], other["model"], other["quant"]) == (DECODE, "model", "Q4_K_M")
    assert (other["error"], other["detail"]) == (pytest.approx(0), "new, as calibrated")


def test_a_measurement_of_a_prompt_is_a_row() -> None:
    rows = [prompt_observation(slug=slug, label="L4, Qwen 8B Q4_K_M, pp512", tokens_s=9.0) for slug in ("one", "new")]
    held, other = prompt_rows(rows, CONSTANTS)
    assert (held["check"], held["quant"], held["real"]) == (PROMPT, "Q4_K_M", 9)
    assert (held["predicted"], held["range"]) in ((10, [8, 12.5]), (11, [9, 13.5]))
    expected = prompt_tokens_s(rows[1], CONSTANTS.prefill, own=True)
    assert (other["predicted"], other["error"]) == pytest.approx((expected, abs(expected / 9 - 1)))
    low, high = other["range"]
    assert low < expected < high
