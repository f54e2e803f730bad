"""The table of prompts: three kinds, held out as the goals say, then by whole cards, then by other models."""

from fit.calibration.prefill_agreement import PromptAgreement, prompt_report, prompt_table
from fit.flags import Flags
from fit.prefill_constants import PrefillConstants
from fit.prompt_observation import PromptObservation
from tests.builders import gpu_spec
from tests.fit.accountings import accounting
from tests.fit.architectures import RECURRENT, architecture, mixture
from tests.fit.constants import prefill_class, prefill_constants
from tests.fit.prompts import prompt_observation

ROWS = [
    prompt_observation(of, slug=slug, card=slug, tokens_s=100)
    for slug, of in (
        ("dense", architecture()),
        ("hybrid", RECURRENT),
        ("mixture", mixture()),
        ("second", architecture()),
    )
]
UNSEEN = {row.slug: [120.0, 90.0, 130.0] for row in ROWS} | {"second": [60.0, 50.0, 70.0]}
OTHERS = {"dense": [110.0, 105.0, 115.0]}


def lines(cards: int) -> dict[str, PromptAgreement]:
    return {line.name: line for line in prompt_table(ROWS, constants(cards))}


def constants(cards: int) -> PrefillConstants:
    classes = {"usual": prefill_class(cards=cards)}
    return prefill_constants(classes=classes, unseen=UNSEEN, other_models=OTHERS)


def test_errors_have_their_median_sign_and_coverage_and_are_held_to_goals() -> None:
    dense = lines(5)["dense"]
    assert (dense.rows, dense.cards, dense.coverage) == (2, 2, 0.5)
    assert [round(value, 3) for value in (dense.median, dense.p90, dense.bias)] == [0.3, 0.4, -0.1]
    assert dense.met is False
    assert lines(5)["mixtures"].met is True
    assert lines(5)["hybrids with linear attention"].met is None


def test_in_a_class_of_few_cards_the_other_models_of_the_card_are_seen() -> None:
    assert round(lines(4)["dense"].bias, 3) == -0.15
    assert round(lines(4)["dense, card never seen"].bias, 3) == -0.1
    assert lines(5)["dense, other models seen"].rows == 1


def test_the_report_names_what_was_not_calibrated_on() -> None:
    gpu = gpu_spec(speed_class="usual", compute_tflops=100, chip_architecture="Ampere")
    in_ram = {"accounting": accounting(mixture()), "flags": Flags(cpu_moe_layers=8), "offload": "--n-cpu-moe 8 of 8"}
    rows: list[PromptObservation] = [
        *ROWS,
        prompt_observation(mixture(), slug="ram", label="In RAM", gpu=gpu, **in_ram),
        prompt_observation(slug="units", label="By units", by_units=False),
    ]
    text = prompt_report(rows, constants(5))
    assert "MISSED" in text
    assert "copied from RAM, not calibrated on" in text
    assert "  In RAM: " in text
    assert "  By units: " in text
    assert "copied from RAM" not in prompt_report(ROWS, constants(5))
