"""Why a pair runs as it does, and the question that a reader came with."""

import pytest

from fit.verdict import Kind
from fitpages.pages.pair.reason import ANSWERS, HEADINGS, can_it, reason
from tests.fitpages.pages.pair.kinds import PAIRS, assessed

FIRST = {
    "on the card": "A token reads every weight, 6.2 GB, at 1,008 GB/s of bandwidth at the most.",
    "experts in RAM": (
        "A token reads the weights that it uses, 1.9 GB; experts in RAM are read at a fraction of the card's pace."
    ),
    "layers in RAM": (
        "A token reads every weight, 4.6 GB; what does not fit is read at a fraction of the card's pace."
    ),
    "short": "Weights of 8.0B parameters come first; the cache of a longer context does not fit beside them.",
    "only below": "Weights of 70.6B parameters leave no room for a context at any level worth recommending.",
    "slow in memory": "A token reads every weight, 33.7 GB, at 89 GB/s of bandwidth at the most.",
    "no": "70.6B parameters have to lie in memory for every token.",
    "no, of a mixture": "600B parameters have to lie in memory, whatever part of them a token uses.",
}


@pytest.mark.parametrize("name", FIRST)
def test_it_begins_with_what_decides(name: str) -> None:
    assert reason(assessed(name)).paragraphs[0] == FIRST[name]


@pytest.mark.parametrize("name", PAIRS)
def test_the_heading_is_of_the_answer(name: str) -> None:
    asked = assessed(name)
    expected = HEADINGS[asked.verdict.kind] if asked.verdict.is_counted else "Why nothing is counted"
    assert reason(asked).heading == expected


def test_the_estimate_says_what_it_is_for_and_rests_on() -> None:
    assert reason(assessed("on the card")).paragraphs[1] == (
        "The estimate is for llama.cpp with CUDA, one request at a time; this rests on 46 cards of its class."
    )
    assert reason(assessed("no GPU")).paragraphs[1].startswith("The estimate is for llama.cpp, one request at a time; ")
    assert "laptop" in reason(assessed("on a laptop")).paragraphs[1]


def test_without_a_speed_no_estimate_is_spoken_of() -> None:
    for name in ("no", "no, of a mixture", "not counted, yes", "not counted, no"):
        assert len(reason(assessed(name)).paragraphs) == 1


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (
            "on the card",
            "Yes. At Q6_K it takes 6.8 GiB with 8K and 9.9 GiB with 32K of context; an RTX 24 leaves 22.5 GiB.",
        ),
        (
            "experts in RAM",
            "Yes, with RAM. At Q4_K_M it takes 17.9 GiB with 8K of context; an RTX 8 leaves 6.8 GiB, so 12 GiB stay in "
            "RAM.",
        ),
        (
            "short",
            "Yes, but short. At Q3_K_M it takes 4.0 GiB with 3K of context; a Pool 4 leaves 4.3 GiB.",
        ),
        (
            "only with a q8_0 cache",
            "Yes, but short. At Q3_K_M it takes 3.8 GiB with 2K of context and a q8_0 cache; a Pool 3 leaves 4.0 GiB.",
        ),
        ("no", "No. At Q4_K_M it takes 41.7 GiB with 8K of context; a Mac 8 leaves 5.2 GiB."),
        ("not counted, yes", "Yes, by the rule of thumb, which is all that there is for this model."),
    ],
)
def test_the_question_is_answered_with_what_it_takes(name: str, answer: str) -> None:
    asked = assessed(name)
    assert can_it(asked) == (f"Can {asked.card} run {asked.model.name}?", answer)


@pytest.mark.parametrize("name", PAIRS)
def test_the_answer_begins_as_the_kind_says(name: str) -> None:
    asked = assessed(name)
    yes = ANSWERS[asked.verdict.kind]
    only = "Yes, but only at IQ3_XXS. " if asked.verdict.is_below else f"{yes}. "
    assert can_it(asked)[1].startswith((only, f"{yes}, by the rule of thumb"))
    assert yes.startswith("Yes") is asked.verdict.says_yes


def test_every_kind_has_a_heading_and_an_answer() -> None:
    assert HEADINGS.keys() == ANSWERS.keys() == set(Kind)
