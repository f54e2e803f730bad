"""The constants of decoding: measurements made up from constants give them again, whoever else is among them."""

import dataclasses
from typing import Any

import pytest

from catalog.management.solver import least_squares
from fit.calibration.decode import calibrate, fit_used, without_ranges
from fit.observation import Observation, predicted_tokens_s
from fit.speed_constants import Runtime, SpeedConstants, to_text
from tests.fit.constants import decode_class, speed_constants
from tests.fit.observations import GB, as_predicted, cards, observation, work

TRUE = speed_constants(
    runtimes={"llama.cpp": Runtime(factor=1.0, ms=0.0), "ollama": Runtime(factor=0.9, ms=0.5)},
    classes={"usual": decode_class(efficiency=0.7, layer_ms=0.06), "slow": decode_class(efficiency=0.5, layer_ms=0.06)},
    machines={},
)


def made_up(count: int = 4) -> list[Observation]:
    """Two classes of cards, and a program that is slower on one of them."""
    rows = [*cards(TRUE, count), *cards(TRUE, count, speed_class="slow")]
    other = [
        as_predicted(
            TRUE,
            slug=f"{row.slug}-ollama",
            card=row.card,
            model=row.model,
            work=row.work,
            runtime="ollama",
            bandwidth_gb_s=row.bandwidth_gb_s,
        )
        for row in rows
        if row.speed_class == "usual"
    ]
    return [*rows, *other]


def uneven(rows: list[Observation]) -> list[Observation]:
    """The same, each card a little off in its own way."""
    names = sorted({row.card for row in rows})
    off = {name: 0.85 + 0.3 * index / len(names) for index, name in enumerate(names)}
    return [dataclasses.replace(row, tokens_s=row.tokens_s * off[row.card]) for row in rows]


@pytest.fixture(scope="module")
def fitted() -> SpeedConstants:
    return calibrate(made_up(), least_squares)


@pytest.mark.parametrize("name", ["usual", "slow"])
def test_the_share_of_the_bandwidth_and_the_time_of_a_layer_come_out_again(fitted: SpeedConstants, name: str) -> None:
    true, constants = TRUE.classes[name], fitted.classes[name]
    assert constants.efficiency == pytest.approx(true.efficiency, rel=0.03)
    assert constants.layer_ms == pytest.approx(true.layer_ms, rel=0.05)
    assert (constants.cards, constants.backend) == (4, "CUDA")


def test_every_measurement_is_predicted_as_it_was(fitted: SpeedConstants) -> None:
    for row in made_up():
        assert predicted_tokens_s(row, fitted) == pytest.approx(row.tokens_s, rel=0.01)
        assert fitted.held_out[row.slug][0] == pytest.approx(row.tokens_s, rel=0.02)


def test_the_same_measurements_in_any_order_give_the_same_bytes(fitted: SpeedConstants) -> None:
    assert to_text(calibrate(list(reversed(made_up())), least_squares)) == to_text(fitted)


@pytest.mark.parametrize("change", [{"for_calibration": False}, {"is_old_build": True}, {"offload": "cpu only"}])
def test_what_is_not_for_calibration_changes_no_class(fitted: SpeedConstants, change: dict[str, Any]) -> None:
    odd = observation(slug="odd", tokens_s=3.0, backend="Metal", **change)
    constants = calibrate([*made_up(), odd], least_squares)
    assert constants.classes == fitted.classes
    assert constants.machines == fitted.machines
    assert set(constants.held_out) == {row.slug for row in made_up()}


def test_what_is_predicted_for_a_card_does_not_depend_on_its_measurements() -> None:
    """Near enough: a fit starts from constants that had seen the card, and ends within its tolerance of the same."""
    rows = uneven([*cards(TRUE, 6)])
    changed = [dataclasses.replace(row, tokens_s=row.tokens_s * 1.5) if row.card == "usual-1" else row for row in rows]
    before, after = calibrate(rows, least_squares).held_out, calibrate(changed, least_squares).held_out
    own = [row.slug for row in rows if row.card == "usual-1"]
    assert len(own) == 4
    for slug in own:
        assert after[slug][0] == pytest.approx(before[slug][0], rel=1e-3)
    others = [row.slug for row in rows if row.card == "usual-2"]
    assert all(after[slug][0] > 1.02 * before[slug][0] for slug in others)


def test_the_range_of_a_held_out_prediction_does_not_depend_on_its_card() -> None:
    """Its card is far off, and its own range is as narrow as the others' errors."""
    rows = [*cards(TRUE, 6)]
    far = [dataclasses.replace(row, tokens_s=row.tokens_s / 3) if row.card == "usual-3" else row for row in rows]
    predicted, low, high, *_ = calibrate(far, least_squares).held_out["usual-3-4"]
    assert high / low < 1.3
    assert predicted == pytest.approx(next(row.tokens_s for row in rows if row.slug == "usual-3-4"), rel=0.05)


def test_without_ranges_it_is_the_same_but_for_them(fitted: SpeedConstants) -> None:
    constants = without_ranges(made_up(), *fit_used(made_up(), least_squares))
    same = ("cache_read", "expert_layer", "mixes", "runtimes", "machines", "ram_layers", "card_ms", "old_build_ms")
    assert [getattr(constants, name) for name in same] == [getattr(fitted, name) for name in same]
    assert constants.held_out == {}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [*cards(TRUE, 1)],
        [*cards(TRUE, 3, work=work(GB, mixture=True))],
        [*cards(TRUE, 3, for_calibration=False)],
        [*cards(TRUE, 1), *cards(TRUE, 3, speed_class="slow", work=work(GB, mixture=True))],
    ],
    ids=["none", "one card", "only mixtures", "none trusted", "dense on one card"],
)
def test_too_few_measurements_are_nothing_to_calibrate_on(rows: list[Observation]) -> None:
    with pytest.raises(ValueError, match="There is nothing to calibrate on"):
        calibrate(rows, least_squares)


def test_two_cards_are_enough() -> None:
    assert set(calibrate([*cards(TRUE, 2)], least_squares).held_out) == {row.slug for row in cards(TRUE, 2)}
