"""The constants of decoding: measurements made up from known constants give them again, whoever else is among them."""

import dataclasses
from typing import Any

import pytest

from catalog.management.solver import least_squares
from fit.calibration.decode import calibrate
from fit.observation import Observation
from fit.speed_constants import SpeedConstants, to_text
from tests.fit.constants import decode_class, speed_constants
from tests.fit.observations import GB, as_predicted, cards, observation, work

TRUE = speed_constants(
    layer_ms=0.02,
    classes={"usual": decode_class(efficiency=0.7, overhead_ms=1.5), "slow": decode_class(efficiency=0.5)},
)


def made_up(count: int = 4) -> list[Observation]:
    """Two classes of cards, and a program that is a tenth slower on one of them."""
    rows = [*cards(TRUE, count), *cards(TRUE, count, speed_class="slow")]
    other = [
        as_predicted(
            TRUE,
            slug=f"{row.slug}-ollama",
            card=row.card,
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
def test_efficiency_and_overhead_are_found_again(fitted: SpeedConstants, name: str) -> None:
    true, constants = TRUE.classes[name], fitted.classes[name]
    assert constants.efficiency == pytest.approx(true.efficiency, rel=0.03)
    of_32_layers = constants.overhead_ms + 32 * fitted.layer_ms
    assert of_32_layers == pytest.approx(true.overhead_ms + 32 * TRUE.layer_ms, rel=0.05)


def test_the_pace_of_another_program_is_found_again(fitted: SpeedConstants) -> None:
    assert fitted.runtimes == pytest.approx({"llama.cpp": 1, "ollama": 0.9}, rel=0.01)


def test_what_a_mixture_does_differently_is_found_again() -> None:
    rows = [
        as_predicted(
            TRUE,
            slug=f"mixture-{size}-{bandwidth}",
            card=f"usual-{size}",
            work=work(size * GB, mixture=True),
            bandwidth_gb_s=bandwidth,
        )
        for size in (1, 3, 8)
        for bandwidth in (200.0, 1000.0)
    ]
    constants = calibrate([*made_up(3), *rows], least_squares)
    assert constants.mixture_efficiency == pytest.approx(0.8, rel=0.05)
    assert constants.mixture_ms == pytest.approx(1, rel=0.15)


def test_old_builds_further_cards_and_ram_are_found_again() -> None:
    old = {"is_old_build": True}
    more = [
        *(as_predicted(TRUE, slug=f"old-{size}", work=work(size * GB), **old) for size in (2, 4, 8)),
        as_predicted(TRUE, slug="three", cards=3, split="layer", **old),
        as_predicted(TRUE, slug="in-ram", offload="-ngl 20 of 41", ram_bytes=2 * GB),
    ]
    constants = calibrate([*made_up(), *more], least_squares)
    assert constants.old_build_ms["CUDA"] == pytest.approx(1.5, abs=0.1)
    assert constants.card_ms == pytest.approx(0.4, abs=0.1)
    assert constants.ram_gb_s == pytest.approx(40, rel=0.05)


def test_a_measurement_quicker_than_without_ram_says_nothing_of_the_pace_of_ram() -> None:
    quick = observation(slug="quick", offload="-ngl 20 of 41", ram_bytes=2 * GB, tokens_s=1000.0)
    assert calibrate([*made_up(2), quick], least_squares).ram_gb_s == 32


def test_the_same_measurements_in_any_order_give_the_same_bytes(fitted: SpeedConstants) -> None:
    assert to_text(calibrate(list(reversed(made_up())), least_squares)) == to_text(fitted)


@pytest.mark.parametrize("change", [{"for_calibration": False}, {"is_old_build": True}, {"offload": "cpu only"}])
def test_what_is_not_for_calibration_changes_no_class(fitted: SpeedConstants, change: dict[str, Any]) -> None:
    odd = observation(slug="odd", tokens_s=3.0, backend="Metal", **change)
    constants = calibrate([*made_up(), odd], least_squares)
    assert constants.classes == fitted.classes
    assert set(constants.held_out) == {row.slug for row in made_up()}


def test_what_is_predicted_for_a_card_does_not_depend_on_its_measurements() -> None:
    """Near enough: a fit starts from constants that had seen the card, and ends within its tolerance of the same."""
    rows = uneven(made_up(3))
    changed = [dataclasses.replace(row, tokens_s=row.tokens_s * 1.5) if row.card == "usual-1" else row for row in rows]
    before, after = calibrate(rows, least_squares).held_out, calibrate(changed, least_squares).held_out
    slugs = [row.slug for row in rows]
    own = [slug for slug in slugs if slug.startswith("usual-1-")]
    assert len(own) == 8
    for slug in own:
        assert after[slug][0] == pytest.approx(before[slug][0], rel=1e-4)
    others = [slug for slug in slugs if slug.startswith("usual-2-")]
    assert all(after[slug][0] > 1.02 * before[slug][0] for slug in others)


def test_the_range_of_a_held_out_prediction_does_not_depend_on_its_card() -> None:
    """Its card is far off, and its own range is as narrow as the others' errors."""
    rows = made_up(4)
    far = [dataclasses.replace(row, tokens_s=row.tokens_s / 3) if row.card == "slow-3" else row for row in rows]
    predicted, low, high = calibrate(far, least_squares).held_out["slow-3-4"]
    assert high / low < 1.3
    assert predicted == pytest.approx(next(row.tokens_s for row in rows if row.slug == "slow-3-4"), rel=0.05)


def test_a_program_of_only_one_card_counts_as_llama_cpp_without_it() -> None:
    lone = as_predicted(TRUE, slug="lone", card="usual-0", bandwidth_gb_s=300.0, runtime="ollama")
    constants = calibrate([*cards(TRUE, 3), lone], least_squares)
    assert constants.held_out["lone"][0] == pytest.approx(lone.tokens_s / 0.9, rel=0.05)


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
