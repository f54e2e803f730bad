"""What is left out when a measurement is predicted: its card, or in small classes its model."""

import dataclasses

import pytest

from catalog.management.solver import least_squares
from fit.calibration.fitting import fit
from fit.calibration.held_out import PARTS, SMALL_CLASS, HeldOut, held_out
from fit.observation import Observation
from tests.fit.constants import decode_class, speed_constants
from tests.fit.observations import GB, as_predicted, cards, work

TRUE = speed_constants(
    classes={"usual": decode_class(efficiency=0.7), "small": decode_class(efficiency=0.4)}, machines={}
)
SIZES = (1, 2, 4, 6, 9, 14)


def of_small_class(factor: float = 1) -> list[Observation]:
    """One card of its kind with six models, all so many times as fast as its class."""
    rows = [
        as_predicted(
            TRUE, slug=f"small-{size}", card="small", model=f"model-{size}", speed_class="small", work=work(size * GB)
        )
        for size in SIZES
    ]
    return [dataclasses.replace(row, tokens_s=factor * row.tokens_s) for row in rows]


def by_slug(rows: list[Observation]) -> dict[str, HeldOut]:
    ordered = sorted(rows, key=lambda row: row.slug)
    return {held.observation.slug: held for held in held_out(ordered, fit(ordered, least_squares), least_squares)}


@pytest.fixture(scope="module")
def held() -> dict[str, HeldOut]:
    """A class of five cards, one of them a third faster; and a class of one."""
    usual = [
        dataclasses.replace(row, tokens_s=row.tokens_s * (4 / 3 if row.card == "usual-2" else 1))
        for row in cards(TRUE, SMALL_CLASS)
    ]
    return by_slug([*usual, *of_small_class()])


def test_every_measurement_is_held_out_once(held: dict[str, HeldOut]) -> None:
    assert len(held) == 4 * SMALL_CLASS + len(SIZES)
    assert {entry.observation.card for entry in held.values() if entry.of_small_class} == {"small"}


def test_a_card_of_a_class_of_five_is_predicted_without_itself(held: dict[str, HeldOut]) -> None:
    entry = held["usual-2-9"]
    assert entry.tokens_s == pytest.approx(entry.observation.tokens_s * 3 / 4, rel=0.02)


def test_the_other_models_of_a_measured_card_count_the_more_the_more_they_are(held: dict[str, HeldOut]) -> None:
    entry = held["usual-2-9"]
    assert entry.after_two
    assert entry.after_others
    assert entry.after_two / entry.tokens_s == pytest.approx((4 / 3) ** (2 / 4), rel=0.01)
    assert entry.after_others / entry.tokens_s == pytest.approx((4 / 3) ** (3 / 5), rel=0.01)


def test_of_a_small_class_models_are_left_out_and_the_others_count(held: dict[str, HeldOut]) -> None:
    assert len(SIZES) > PARTS
    for size in SIZES[1:-1]:
        entry = held[f"small-{size}"]
        assert entry.tokens_s == pytest.approx(entry.observation.tokens_s, rel=0.1)


def test_a_card_with_two_models_has_no_two_others() -> None:
    held = by_slug([row for row in cards(TRUE, SMALL_CLASS) if row.work.weights_bytes > 4 * GB])
    assert {(entry.after_two, entry.after_others) for entry in held.values()} == {(None, None)}


def test_a_lone_card_with_one_model_is_left_out_whole() -> None:
    held = by_slug([*cards(TRUE, SMALL_CLASS), *of_small_class()[:1]])
    assert held["small-1"].of_small_class
    assert held["small-1"].tokens_s > held["small-1"].observation.tokens_s
