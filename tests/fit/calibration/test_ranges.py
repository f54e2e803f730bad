"""Where measurements lie beside what was predicted of them by a calibration that had not seen them."""

import dataclasses
import math
from typing import Any

import pytest

from fit.calibration.held_out import HeldOut
from fit.calibration.ranges import held_out_table, misses_of_measured, misses_of_unseen, spread, widened, with_ranges
from fit.calibration.start import NO_RANGE
from tests.builders import gpu_spec
from tests.fit.constants import decode_class, speed_constants
from tests.fit.observations import GB, observation, work

# What twelve models widen a range by.
WIDER = 1 + 2 / 13
CONSTANTS = speed_constants(classes={"usual": decode_class(), "far": decode_class()})


def off_by(error: float, card: str, *, small: bool = False, others: float | None = None, **overrides: Any) -> HeldOut:
    """A measurement so far above its held-out prediction, as a logarithm; `others` above that after other models."""
    template = observation(card=card, tokens_s=100 * math.exp(error), **overrides)
    row = dataclasses.replace(template, slug=f"{template.speed_class}-{card}-{template.model}-{error}")
    after = None if others is None else row.tokens_s / math.exp(others)
    return HeldOut(observation=row, tokens_s=100.0, of_small_class=small, after_others=after, after_two=after)


def errors(count: int, rows: int, **overrides: Any) -> list[HeldOut]:
    """Of each card this many rows, their errors spread evenly from -0.1 to 0.1."""
    return [
        off_by(-0.1 + 0.2 * (row * count + card) / (count * rows - 1), f"card-{card}", **overrides)
        for row in range(rows)
        for card in range(count)
    ]


def test_few_cards_have_a_wider_range_than_many() -> None:
    ranges = [widened(-0.2, 0.2, count) for count in (0, 1, 2, 3, 10, 50)]
    widths = [span.high / span.low for span in ranges]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[3] > widths[5]


def test_the_spread_leaves_out_a_tenth_at_each_end() -> None:
    misses = misses_of_unseen([off_by(index / 100, f"card-{index}") for index in range(1, 101)])
    assert spread(misses) == pytest.approx((0.10, 0.90), abs=0.011)
    assert spread([]) == (0, 0)


def test_a_range_is_where_measurements_lie_beside_what_was_predicted() -> None:
    """All were quicker than predicted: the range reaches up from the prediction, and not below it."""
    quicker = [off_by(0.2 + index / 1000, f"card-{index}") for index in range(12)]
    span = with_ranges(CONSTANTS, quicker).classes["usual"].unseen.dense
    assert span.low == 1
    assert span.high == pytest.approx(math.exp(0.21 * (1 + 2 / 13)), rel=0.01)


def test_errors_of_mixtures_are_no_errors_of_dense_models() -> None:
    far = [off_by(1.0, f"card-{index}", work=work(GB, mixture=True)) for index in range(12)]
    dense = errors(4, 4)
    usual = with_ranges(CONSTANTS, [*dense, *far]).classes["usual"].unseen
    assert usual.dense == with_ranges(CONSTANTS, dense).classes["usual"].unseen.dense
    assert usual.mixture.high > 2


@pytest.mark.parametrize(("rows", "own"), [(3, False), (4, True)], ids=["eleven rows and less", "twelve rows"])
def test_a_class_has_its_own_range_from_twelve_rows_of_three_cards_on(rows: int, own: bool) -> None:
    near = errors(3, rows)
    far = [off_by(sign, f"far-{index}", speed_class="far") for index in range(40) for sign in (-1.0, 1.0)]
    usual = with_ranges(CONSTANTS, [*near, *far]).classes["usual"]
    assert (usual.unseen.dense.cards, usual.cards) == (3, 3)
    assert (usual.unseen.dense.high < 1.3) is own


def test_a_class_of_two_cards_has_the_range_of_all() -> None:
    far = [off_by(sign, f"far-{index}", speed_class="far") for index in range(40) for sign in (-1.0, 1.0)]
    assert with_ranges(CONSTANTS, [*errors(2, 12), *far]).classes["usual"].unseen.dense.high > 2


def test_measured_cards_have_a_range_of_what_was_left_after_their_other_models() -> None:
    rows = [off_by(1.0, "card", model=f"model-{index}", others=-0.1 + index / 55) for index in range(12)]
    usual = with_ranges(CONSTANTS, rows).classes["usual"]
    assert usual.unseen.dense.high > 2
    assert (usual.measured.dense.low, usual.measured.dense.high) == pytest.approx(
        (math.exp((-0.1 + 1 / 55) * WIDER), math.exp((0.1 - 1 / 55) * WIDER))
    )
    assert usual.measured.dense.cards == 1


def test_measured_cards_of_a_class_with_few_rows_have_the_range_of_all_measured() -> None:
    few = [off_by(0.0, "card", model=f"model-{index}", others=0.0) for index in range(11)]
    far = [off_by(0.0, f"far-{index}", speed_class="far", others=sign) for index in range(40) for sign in (-1.0, 1.0)]
    classes = with_ranges(CONSTANTS, [*few, *far]).classes
    assert classes["usual"].measured.dense.high == pytest.approx(classes["far"].measured.dense.high, rel=0.02)
    assert classes["usual"].measured.dense.high > 2


def test_only_whole_cards_left_out_say_how_cards_are_that_nobody_measured() -> None:
    rows = [off_by(0.1, "card"), off_by(0.2, "small", small=True, others=0.3)]
    assert [miss.error for miss in misses_of_unseen(rows)] == pytest.approx([0.1])
    assert [miss.error for miss in misses_of_measured(rows)] == pytest.approx([0.3])


def test_the_range_of_a_held_out_prediction_is_that_of_the_other_cards() -> None:
    rows = [*errors(4, 4), *(off_by(2.0, "odd") for _ in range(4))]
    predicted, low, high = held_out_table(rows)["usual-odd-model-2.0"]
    assert predicted == 100
    others = with_ranges(CONSTANTS, errors(4, 4)).classes["usual"].unseen.dense
    assert (low, high) == pytest.approx((100 * others.low, 100 * others.high))


def test_in_a_small_class_it_is_that_of_the_other_models_and_what_two_others_gave_stands_beside() -> None:
    models = [off_by(0.0, "card", small=True, model=f"model-{index}", others=0.01 * index) for index in range(13)]
    odd = off_by(0.0, "card", small=True, model="odd", others=2.0)
    predicted, low, high, after_two = held_out_table([*models, odd])[odd.observation.slug]
    assert (predicted, low, after_two) == (100, 100, pytest.approx(100 / math.exp(2)))
    assert high == pytest.approx(100 * math.exp(0.11 * (1 + 2 / 14)))


def test_many_rows_of_one_card_weigh_as_the_square_root_of_their_number() -> None:
    """Of a hundred rows of one card and 40 cards with one each, the card weighs 10 and the others 40."""
    often = [off_by(-1.0, "often")] * 100
    seldom = [off_by(index / 40, f"card-{index}") for index in range(40)]
    low, high = spread(misses_of_unseen([*often, *seldom]), covered=0.5)
    assert low == pytest.approx((0.25 * 50 - 10) / 40, abs=0.026)
    assert high == pytest.approx((0.75 * 50 - 10) / 40, abs=0.026)


def test_a_range_holds_the_prediction_itself() -> None:
    for low, high in ((0.1, 0.2), (-0.2, -0.1)):
        span = widened(low, high, 10)
        assert span.low <= 1 <= span.high


def test_laptops_have_a_range_of_their_own_that_widens_theirs() -> None:
    slow = [off_by(-0.5 - index / 100, f"laptop-{index}", gpu=gpu_spec(laptop=True)) for index in range(5)]
    constants = with_ranges(CONSTANTS, [*errors(4, 4), *slow])
    assert constants.laptops.low < math.exp(-0.5)
    assert (constants.laptops.high, constants.laptops.cards) == (1, 5)
    table = held_out_table([*errors(4, 4), *slow])
    assert table[slow[0].observation.slug][1] < 100 * math.exp(-0.5)
    apart = held_out_table([*errors(4, 4, speed_class="far"), *slow])
    assert apart["far-card-0-model--0.1"][1] > 80


def test_without_laptops_nothing_is_widened() -> None:
    assert with_ranges(CONSTANTS, errors(4, 4)).laptops == NO_RANGE
