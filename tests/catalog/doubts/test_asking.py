"""What is asked and answered."""

import pytest

from catalog.doubts import answered, doubts, unanswered
from catalog.doubts.asking import CHECKS
from catalog.models import RECORD_MODELS
from tests.catalog.doubts.beside import card, others

OTHERS = others(gpus=[card(name=f"L{n}", slug=f"l{n}", pk=n) for n in range(1, 4)])


def test_an_answer_is_of_a_sentence_and_not_of_another_figure() -> None:
    row = card(bandwidth_gb_s="2008")
    asked = doubts(row, OTHERS)
    assert [doubt.check for doubt in asked] == ["bandwidth_by_bus"]
    row.saved_anyway = answered(row, asked, {asked[0]: "The sheet says so."})
    assert unanswered(row, OTHERS) == []
    row.bandwidth_gb_s = 3008  # type: ignore[assignment]
    assert len(unanswered(row, OTHERS)) == 1


def test_a_reason_is_kept_while_its_question_is_asked_and_goes_with_it() -> None:
    row = card(bandwidth_gb_s="2008")
    asked = doubts(row, OTHERS)
    row.saved_anyway = answered(row, asked, {asked[0]: "The sheet says so."})
    assert answered(row, asked, {}) == row.saved_anyway
    row.bandwidth_gb_s = 1008  # type: ignore[assignment]
    assert answered(row, doubts(row, OTHERS), {}) == []


def test_every_kind_of_record_has_its_checks() -> None:
    assert set(CHECKS) == set(RECORD_MODELS)


def test_nothing_is_asked_of_what_agrees() -> None:
    assert unanswered(card(), OTHERS) == []


@pytest.mark.parametrize("value", ["0.01", "99999999.99"])
def test_no_figure_is_too_odd_to_be_asked_about(value: str) -> None:
    assert unanswered(card(memory_gb=value, bandwidth_gb_s=value, power_w=2**62), OTHERS)
