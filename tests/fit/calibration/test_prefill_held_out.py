"""Ranges from held-out errors of prompts: of a class, of measured machines, of few."""

import dataclasses
from collections.abc import Sequence

import pytest

from fit.calibration.prefill_held_out import NONE_KNOWN, HeldOut, span_of_errors, spans, table
from fit.prefill_constants import Span
from tests.builders import gpu_spec
from tests.fit.architectures import architecture, mixture
from tests.fit.constants import prefill_class, prefill_constants
from tests.fit.prompts import prompt_observation

EVEN = [0.5, 0.8, 0.9, 1, 1, 1, 1.1, 1.2, 1.25, 3]


def held(ratios: Sequence[float], speed_class: str = "usual", *, mixed: bool = False, models: int = 0) -> list[HeldOut]:
    """A card for each ratio of measured over predicted."""
    gpu = gpu_spec(speed_class=speed_class, compute_tflops=100)
    return [
        HeldOut(
            prompt_observation(
                mixture() if mixed else architecture(),
                slug=f"{speed_class}-{index}-{mixed}",
                card=f"{speed_class}-{index}",
                gpu=gpu,
                tokens_s=100 * ratio,
            ),
            100,
            models,
        )
        for index, ratio in enumerate(ratios)
    ]


def test_four_of_five_errors_lie_in_the_range() -> None:
    span = span_of_errors(held(EVEN))
    assert (span.low, span.high) == pytest.approx((0.5, 1.25))


def test_a_range_is_around_its_estimate_and_without_errors_wide() -> None:
    assert span_of_errors(held([1.5] * 5)).low == 1
    assert span_of_errors([]) == NONE_KNOWN


def test_a_card_with_many_rows_weighs_as_their_square_root() -> None:
    one = held([2.0])[0]
    rows = [*held([0.9, 0.95, 1.0] * 5)[1:], *[one] * 9]
    assert span_of_errors(rows).high == pytest.approx(2)
    assert span_of_errors([*held([0.9, 0.95, 1.0] * 20)[1:], *[one] * 9]).high == pytest.approx(1)


def test_enough_of_llama_cpp_s_own_decide_alone() -> None:
    others = [
        HeldOut(dataclasses.replace(entry.observation, runtime="llamafile"), 100, 0) for entry in held([1.0] * 40)
    ]
    assert span_of_errors([*others, *held([2.0] * 12)]).high == pytest.approx(2)
    assert span_of_errors([*others, *held([2.0] * 4)[:3]]).high == pytest.approx(1)


def test_a_class_of_few_cards_has_the_range_of_all_such_classes_and_mixtures_their_own() -> None:
    unseen = [
        *held([1.0] * 12, "many"),
        *held([0.5, 2.0], "few"),
        *held([4.0], "other"),
        *held([3.0], "few", mixed=True),
    ]
    classes = {name: prefill_class() for name in ("many", "few")}
    ranged = spans(prefill_constants(classes=classes), unseen, [], 5)
    assert (ranged.classes["many"].cards, ranged.classes["few"].cards, ranged.other.cards) == (12, 2, 0)
    assert ranged.classes["many"].dense == Span(low=1, high=1)
    assert (ranged.classes["few"].dense.low, ranged.classes["few"].dense.high) == pytest.approx((0.5, 4))
    assert ranged.other.dense == ranged.classes["few"].dense
    assert ranged.classes["many"].mixture.high == pytest.approx(3)


def test_machines_of_which_others_were_measured_have_a_range_of_their_own() -> None:
    others = [*held([1.5] * 3, models=2), *held([9.0], "usual", models=1)]
    ranged = spans(prefill_constants(), held([1.0]), others, 5)
    assert ranged.measured_dense.high == pytest.approx(1.5)
    assert ranged.measured_mixture == NONE_KNOWN


def test_in_the_table_a_row_s_range_is_that_of_other_cards() -> None:
    unseen = held([5.0, *[1.2] * 12])
    entries = table(unseen, unseen, 5)
    assert entries["usual-0-False"] == pytest.approx([100, 100, 120])
    assert list(entries) == sorted(entries)
