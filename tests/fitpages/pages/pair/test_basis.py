"""A page says what its estimate of the speed rests on, and what it takes for granted."""

from dataclasses import replace

import pytest

from catalog.snapshot import Snapshot
from fit.architecture import DraftLayers
from fit.machine import Machine
from fit.speed import Estimate
from fit.speed_constants import load_constants
from fitpages.matching.comparison import speed_comparison
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import basis
from fitpages.pages.pair.assessed import assessed_pair
from tests.small_catalog import five_gpus, snapshot_of

MANY = 46


def estimate(cards: int, models: int = 0) -> Estimate:
    return Estimate(tokens_s=50, low=40, high=60, cards=cards, models=models)


@pytest.mark.parametrize(
    ("of", "class_cards", "mixture", "words"),
    [
        (estimate(25, models=9), MANY, False, "this rests on nine models measured on this card"),
        (estimate(0, models=2), 3, True, "this rests on two models measured on this card"),
        (estimate(0), 0, False, "this rests on no card of its class, so the range is wide"),
        (estimate(0), 3, True, "only three cards of its class were measured, so the range is wide"),
        (estimate(0), 1, False, "only one card of its class was measured, so the range is wide"),
        (estimate(0), 8, True, "no card of its class was measured with mixtures of experts, so the range is wide"),
        (estimate(2), 8, False, "only two cards of its class were measured, so the range is wide"),
        (
            estimate(1),
            8,
            True,
            "only one card of its class was measured with mixtures of experts, so the range is wide",
        ),
        (estimate(3), MANY, False, "this rests on three cards of its class"),
        (estimate(45), MANY, True, "this rests on 45 cards of its class with mixtures of experts"),
        (estimate(9, models=1), 9, False, "this rests on nine cards of its class and one model measured on this card"),
    ],
)
def test_what_a_range_rests_on(of: Estimate, class_cards: int, mixture: bool, words: str) -> None:
    assert basis.rests_on(of, class_cards, mixture) == words


def granted(snapshot: Snapshot, model: str, gpu: str) -> list[str]:
    pair = assessed_pair(snapshot, Pair(snapshot.models[model], snapshot.gpus[gpu]))
    return list(basis.granted(snapshot, pair))


def test_a_laptop_says_which_power_the_estimate_is_for(small: Snapshot) -> None:
    (unstated,) = granted(small, "small-8b", "rx-16-laptop")
    assert unstated.startswith(
        "The estimate is for a laptop that allows this GPU the most power that it may take. A lower limit makes it "
    )
    limited = snapshot_of(gpus=[replace(gpu, power_w=115) for gpu in five_gpus()])
    (stated,) = granted(limited, "small-8b", "rx-16-laptop")
    assert "allows this GPU 115 W, the most it may take. A lower limit" in stated
    assert granted(small, "small-8b", "rtx-24") == []


def test_a_laptop_that_was_measured_says_that_its_limit_is_not_stated(
    small: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    constants = load_constants()
    machines = {**constants.machines, "rx-16-laptop": Machine(factor=0.8, models=2)}
    monkeypatch.setattr(basis, "load_constants", lambda: replace(constants, machines=machines))
    (unknown,) = granted(small, "small-8b", "rx-16-laptop")
    assert unknown.startswith(
        "The estimate counts measurements of this GPU in laptops whose power limits are not stated. A lower limit"
    )
    limited = snapshot_of(gpus=[replace(gpu, power_w=115) for gpu in five_gpus()])
    (stated,) = granted(limited, "small-8b", "rx-16-laptop")
    assert "are not stated; it may take up to 115 W. A lower limit" in stated


def test_a_laptop_says_how_slow_one_was(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    row = speed_comparison(small).predictions[0]
    monkeypatch.setattr(basis, "slowest_laptop", lambda _: replace(row, tokens_s=row.observation.tokens_s * 2))
    (sentence,) = granted(small, "small-8b", "rx-16-laptop")
    assert sentence.endswith("the slowest, an RTX 24, made 50% of what its class led to expect.")
    monkeypatch.setattr(basis, "slowest_laptop", lambda _: replace(row, tokens_s=row.observation.tokens_s / 2))
    assert granted(small, "small-8b", "rx-16-laptop")[0].endswith("reaches down to that.")
    monkeypatch.setattr(basis, "slowest_laptop", lambda _: None)
    assert granted(small, "small-8b", "rx-16-laptop")[0].endswith("reaches down to that.")


def test_a_draft_block_is_said_not_to_be_counted(small: Snapshot) -> None:
    model = small.models["small-8b"]
    assert model.spec.architecture
    drafting = replace(model.spec.architecture, mtp=DraftLayers(blocks=model.spec.architecture.blocks))
    with_draft = replace(model, spec=replace(model.spec, architecture=drafting))
    pair = assessed_pair(small, Pair(with_draft, small.gpus["rtx-24"]))
    (sentence,) = basis.granted(small, pair)
    assert sentence.startswith("Small 8B comes with a draft block (multi-token prediction, MTP). What it gains is not")
    assert granted(small, "small-8b", "rtx-24") == []
