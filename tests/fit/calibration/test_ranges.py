"""Where measurements lie beside what was predicted of them by a calibration that had not seen their card."""

import dataclasses
import math
from typing import Any

import pytest

from catalog.management.solver import least_squares
from fit.calibration.decode import calibrate
from fit.calibration.ranges import HeldOut, held_out_table, spread, widened, with_ranges
from fit.observation import Observation
from tests.fit.constants import decode_class, speed_constants
from tests.fit.observations import GB, cards, observation, work

TRUE = speed_constants(
    layer_ms=0.02,
    classes={"usual": decode_class(efficiency=0.7, overhead_ms=1.5), "slow": decode_class(efficiency=0.5)},
)


def uneven(rows: list[Observation]) -> list[Observation]:
    """The same, each card a little off in its own way."""
    names = sorted({row.card for row in rows})
    off = {name: 0.85 + 0.3 * index / len(names) for index, name in enumerate(names)}
    return [dataclasses.replace(row, tokens_s=row.tokens_s * off[row.card]) for row in rows]


def test_few_cards_have_a_wider_range_than_many() -> None:
    ranges = [widened(-0.2, 0.2, count) for count in (0, 1, 2, 3, 10, 50)]
    widths = [span.high / span.low for span in ranges]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[3] > widths[5]
    rows = uneven([*cards(TRUE, 6), *cards(TRUE, 1, speed_class="slow")])
    classes = calibrate(rows, least_squares).classes
    many, few = classes["usual"].dense, classes["slow"].dense
    assert (many.cards, few.cards) == (6, 1)
    assert few.low < many.low < 1 < many.high < few.high


def test_the_spread_leaves_out_a_tenth_at_each_end() -> None:
    errors = [(index / 100, f"card-{index}") for index in range(1, 101)]
    assert spread(errors) == pytest.approx((0.10, 0.90), abs=0.011)
    assert spread([]) == (0, 0)


def off_by(error: float, card: str, **overrides: Any) -> HeldOut:
    """A measurement so far above its held-out prediction, as a logarithm."""
    template = observation(card=card, tokens_s=100 * math.exp(error), **overrides)
    return HeldOut(
        observation=dataclasses.replace(template, slug=f"{template.speed_class}-{card}-{error}"), tokens_s=100.0
    )


def errors(count: int, rows: int, **overrides: Any) -> list[HeldOut]:
    """Of each card this many rows, their errors spread evenly from -0.1 to 0.1."""
    return [
        off_by(-0.1 + 0.2 * (row * count + card) / (count * rows - 1), f"card-{card}", **overrides)
        for row in range(rows)
        for card in range(count)
    ]


def test_a_range_is_where_measurements_lie_beside_what_was_predicted() -> None:
    """All were quicker than predicted: the range reaches up from the prediction, and not below it."""
    quicker = [off_by(0.2 + index / 1000, f"card-{index}") for index in range(12)]
    span = with_ranges(speed_constants(), quicker).classes["usual"].dense
    assert span.low == 1
    assert span.high == pytest.approx(math.exp(0.21 * (1 + 2 / 13)), rel=0.01)


def test_of_mixtures_more_is_covered() -> None:
    dense, mixtures = errors(40, 1), errors(40, 1, work=work(GB, mixture=True))
    usual = with_ranges(speed_constants(), [*dense, *mixtures]).classes["usual"]
    wider = 1 + 2 / 41
    assert math.log(usual.dense.high) / wider == pytest.approx(0.08, abs=0.006)
    assert math.log(usual.mixture.high) / wider == pytest.approx(0.09, abs=0.006)


def test_errors_of_mixtures_are_no_errors_of_dense_models() -> None:
    far = [off_by(1.0, f"card-{index}", work=work(GB, mixture=True)) for index in range(12)]
    dense = errors(4, 4)
    assert with_ranges(speed_constants(), [*dense, *far]).classes["usual"].dense == (
        with_ranges(speed_constants(), dense).classes["usual"].dense
    )


@pytest.mark.parametrize(("rows", "own"), [(3, False), (4, True)], ids=["eleven rows and less", "twelve rows"])
def test_a_class_has_its_own_range_from_twelve_rows_of_three_cards_on(rows: int, own: bool) -> None:
    near = errors(3, rows)
    far = [off_by(sign, f"far-{index}", speed_class="far") for index in range(40) for sign in (-1.0, 1.0)]
    span = with_ranges(speed_constants(), [*near, *far]).classes["usual"].dense
    assert span.cards == 3
    assert (span.high < 1.3) is own


def test_two_cards_are_too_few_for_a_range_of_their_own() -> None:
    near = errors(2, 20)
    far = [off_by(sign, f"far-{index}", speed_class="far") for index in range(40) for sign in (-1.0, 1.0)]
    assert with_ranges(speed_constants(), [*near, *far]).classes["usual"].dense.high > 2


def test_the_range_of_a_held_out_prediction_is_that_of_the_other_cards() -> None:
    rows = [*errors(4, 4), *(off_by(2.0, "odd") for _ in range(4))]
    predicted, low, high = held_out_table(rows)["usual-odd-2.0"]
    assert predicted == 100
    others = with_ranges(speed_constants(), errors(4, 4)).classes["usual"].dense
    assert (low, high) == pytest.approx((100 * others.low, 100 * others.high))


def test_many_rows_of_one_card_weigh_as_the_square_root_of_their_number() -> None:
    """Of a hundred rows of one card and 40 cards with one each, the card weighs 10 and the others 40."""
    often = [(-1.0, "often")] * 100
    seldom = [(index / 40, f"card-{index}") for index in range(40)]
    low, high = spread([*often, *seldom], covered=0.5)
    assert low == pytest.approx((0.25 * 50 - 10) / 40, abs=0.026)
    assert high == pytest.approx((0.75 * 50 - 10) / 40, abs=0.026)


def test_a_range_holds_the_prediction_itself() -> None:
    for low, high in ((0.1, 0.2), (-0.2, -0.1)):
        span = widened(low, high, 10)
        assert span.low <= 1 <= span.high
