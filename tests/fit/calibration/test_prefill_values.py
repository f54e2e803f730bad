"""The constants of prompts as a list of values, and how far they are from measurements."""

import math

import pytest

from fit.calibration.prefill_values import START_ATTENTION, residuals_of, values_of
from fit.prompt_observation import prompt_tokens_s
from tests.fit.constants import prefill_constants
from tests.fit.prompts import prompt_observation, prompts_of_cards

ROWS = list(prompts_of_cards(prefill_constants(), 2))


def test_each_class_generation_backend_and_other_program_has_its_values() -> None:
    rows = [
        *ROWS,
        prompt_observation(runtime="llamafile", backend="Vulkan"),
        prompt_observation(runtime="llama.cpp server"),
    ]
    values = values_of(rows)
    assert (values.classes, values.deep) == (("usual",), ("usual",))
    assert values.generations == ("usual, ", "usual, New", "usual, Old")
    assert values.backends == ("usual, CUDA", "usual, Vulkan")
    assert values.runtimes == ("llamafile",)
    assert len(values.start({})) == len(values.names) == len(values.highest()) == len(set(values.names))


def test_only_long_prompts_of_llama_cpp_itself_give_a_class_an_attention_of_its_own() -> None:
    assert values_of([prompt_observation(prompt=8191)]).deep == ()
    assert values_of([prompt_observation(prompt=512, depth=7680)]).deep == ("usual",)
    assert values_of([prompt_observation(prompt=8192, runtime="llamafile")]).deep == ()


def test_constants_are_made_of_the_values_by_name() -> None:
    values = values_of([prompt_observation(prompt=9000), prompt_observation(runtime="llamafile")])
    given = dict.fromkeys(values.names, 0.0) | {
        "hidden_passes": math.log(30),
        "attention": math.log(0.25),
        "usual": math.log(0.5),
        "attention of usual": math.log(2),
        "layer_ms of llamafile": math.log(0.7),
    }
    constants = values.constants([given[name] for name in values.names])
    assert constants.terms.hidden_passes == pytest.approx(30)
    assert (constants.classes["usual"].utilization, constants.classes["usual"].attention) == pytest.approx((0.5, 0.5))
    assert (constants.other.utilization, constants.other.attention) == pytest.approx((0.5, 0.25))
    assert constants.programs["llamafile"].layer_ms == pytest.approx(0.7)


def test_a_fit_starts_where_an_earlier_one_ended() -> None:
    values = values_of(ROWS)
    start = dict(zip(values.names, values.start({"usual": -0.5}), strict=True))
    assert (start["usual"], start["attention"]) == pytest.approx((-0.5, math.log(START_ATTENTION)))


def test_attention_and_experts_reach_no_more_than_other_matrices() -> None:
    values = values_of(ROWS)
    highest = dict(zip(values.names, values.highest(), strict=True))
    assert [name for name, value in highest.items() if value < math.inf] == ["mixture_efficiency", "attention"]


def test_a_row_is_off_by_its_error_and_weighs_less_the_more_its_card_has() -> None:
    values = values_of(ROWS)
    start = values.start({})
    constants = values.constants(start)
    first = residuals_of(ROWS, values)(start)[0]
    error = math.log(prompt_tokens_s(ROWS[0], constants) / ROWS[0].tokens_s)
    assert first == pytest.approx(error * 8**-0.25)


def test_what_is_computed_once_is_computed_anew_where_a_value_moved() -> None:
    values = values_of(ROWS)
    residuals, start = residuals_of(ROWS, values), values.start({})
    before = residuals(start)
    moved = [value + (name == "usual, New") for name, value in zip(values.names, start, strict=True)]
    after = residuals(moved)
    changed = [row.gpu.chip_architecture for row, one, two in zip(ROWS, before, after, strict=False) if one != two]
    assert set(changed) == {"New"}
    assert len(changed) == 8
    assert residuals(start) == before


def test_without_measurements_values_are_drawn_to_their_class() -> None:
    values = values_of(ROWS)
    start = values.start({})
    pulled = values.pull([value + (name == "usual, Old") for name, value in zip(values.names, start, strict=True)])
    assert [value for value in pulled if value] == pytest.approx([0.2])
