"""Prompts made up from constants give those constants again; a card has a factor of its own."""

import pytest

from catalog.management.solver import least_squares_of_prompts
from fit.calibration.prefill import calibrate_prefill, machine_of
from fit.calibration.prefill_values import NO_PREFILL
from fit.prefill_constants import PrefillConstants
from fit.prompt_observation import PromptObservation, prompt_tokens_s
from tests.fit.constants import prefill_constants
from tests.fit.prompts import MODELS, prompt_as_predicted, prompt_observation, prompts_of_cards

TRUE = prefill_constants()
ROWS = list(prompts_of_cards(TRUE, 3))


@pytest.fixture(scope="module")
def constants() -> PrefillConstants:
    return calibrate_prefill(ROWS, least_squares_of_prompts)


def test_what_was_made_up_from_constants_is_predicted_by_the_fit(constants: PrefillConstants) -> None:
    for row in ROWS:
        assert prompt_tokens_s(row, constants) == pytest.approx(row.tokens_s, rel=0.1)
    assert constants.classes["usual"].cards == 3


def test_the_same_observations_in_any_order_give_the_same_constants(constants: PrefillConstants) -> None:
    assert calibrate_prefill(ROWS[::-1], least_squares_of_prompts) == constants


def test_every_row_is_predicted_without_its_card_and_from_its_other_models(constants: PrefillConstants) -> None:
    slugs = sorted(row.slug for row in ROWS)
    assert list(constants.unseen) == list(constants.other_models) == slugs
    for table in (constants.unseen, constants.other_models):
        assert all(0 < low <= tokens_s <= high for tokens_s, low, high in table.values())


def test_a_card_that_is_left_out_is_predicted_as_if_it_had_never_been_there(constants: PrefillConstants) -> None:
    card, kept = ROWS[0].card, ROWS[8:]
    without = calibrate_prefill(kept, least_squares_of_prompts)
    predicted = prompt_tokens_s(ROWS[0], without)
    assert {row.card for row in kept} == {row.card for row in ROWS} - {card}
    assert constants.unseen[ROWS[0].slug][0] == pytest.approx(predicted, rel=0.02)


@pytest.mark.parametrize(
    "other", [{"for_calibration": False}, {"is_old_build": True}, {"offload": "cpu only"}, {"by_units": False}]
)
def test_what_does_not_calibrate_changes_nothing(other: dict[str, object]) -> None:
    few = [row for row in ROWS if row.model == "small"]
    more = [*few, prompt_observation(slug="more", card="more", tokens_s=1, **other)]
    assert calibrate_prefill(more, least_squares_of_prompts) == calibrate_prefill(few, least_squares_of_prompts)


def test_of_fewer_than_two_cards_nothing_is_calibrated() -> None:
    assert calibrate_prefill([], least_squares_of_prompts) is NO_PREFILL
    assert calibrate_prefill(ROWS[:8], least_squares_of_prompts) is NO_PREFILL


def faster(by: dict[str, float]) -> list[PromptObservation]:
    return [prompt_as_predicted(TRUE, MODELS[name], times, model=name) for name, times in by.items()]


def test_a_card_s_factor_is_the_middle_one_of_its_models_and_of_few_models_less() -> None:
    assert machine_of(faster({"small": 2}), TRUE).factor == pytest.approx(2 ** (1 / 3))
    machine = machine_of(faster({"small": 2, "deep": 1.5, "recurrent": 9}), TRUE)
    assert (machine.factor, machine.models) == pytest.approx((2 ** (3 / 5), 3))


def test_many_rows_of_a_model_are_one_model() -> None:
    assert machine_of(faster({"small": 2}) * 5, TRUE) == machine_of(faster({"small": 2}), TRUE)
