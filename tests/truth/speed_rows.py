"""Measured speeds beside what is predicted of them, a row each, as `make truth JSON=FILE` writes them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fit.calibration.agreement import compare
from fit.calibration.prefill_agreement import predicted_of
from fit.observation import Observation
from fit.prompt_observation import PromptObservation
from fit.speed_constants import SpeedConstants

DECODE, PROMPT = "decode tokens/s", "prompt tokens/s"


def decode_rows(observations: Iterable[Observation], constants: SpeedConstants) -> Iterator[dict[str, Any]]:
    """One for each measurement of generation; `detail` says whether its card was held out."""
    for row in compare(observations, constants):
        measured = row.observation
        yield {
            **_row(DECODE, measured.model, measured.label, row.tokens_s, measured.tokens_s),
            "range": [row.low, row.high],
            "detail": f"{measured.slug}, {'held out' if row.held_out else 'as calibrated'}",
        }


def prompt_rows(observations: Iterable[PromptObservation], constants: SpeedConstants) -> Iterator[dict[str, Any]]:
    """One for each measurement of a prompt."""
    for measured in observations:
        tokens_s, low, high = predicted_of(measured, constants.prefill)
        yield {
            **_row(PROMPT, measured.model, measured.label.rpartition(", ")[0], tokens_s, measured.tokens_s),
            "range": [low, high],
            "detail": f"{measured.slug}, {measured.work.tokens} tokens after {measured.depth}",
        }


def _row(check: str, model: str, label: str, predicted: float, real: float) -> Mapping[str, Any]:
    """The quantization is the last word of a label."""
    return {
        "check": check,
        "model": model,
        "quant": label.rpartition(" ")[2],
        "predicted": predicted,
        "real": real,
        "error": abs(predicted / real - 1),
    }
