"""What the sections of a page are made from: one answer, its level, its rows."""

import pytest

from fit.level_rows import level_rows
from fit.uses import uses
from fit.verdict import assess
from fitpages.matching.answers import answer, candidates
from tests.fitpages.pages.pair.kinds import PAIRS, assessed, catalog


@pytest.mark.parametrize("name", PAIRS)
def test_all_of_it_is_of_the_one_answer(name: str) -> None:
    asked, snapshot = assessed(name), catalog()
    assert asked.answer == answer(snapshot, asked.model, asked.gpu)
    assert asked.verdict == assess(candidates(snapshot, asked.model), asked.gpu.spec)
    assert asked.quant is snapshot.quant_of[asked.verdict.quant.slug]
    assert asked.rows == level_rows(asked.candidates, asked.verdict, asked.gpu.spec)
    assert asked.uses == uses(asked.candidates, asked.verdict, asked.gpu.spec)
    assert (asked.accounting is not None) is asked.verdict.is_counted


def test_the_accounting_is_at_the_level_of_the_answer() -> None:
    asked = assessed("on the card")
    assert asked.quant.name == "Q6_K"
    assert asked.accounting is asked.candidates.need(asked.verdict.quant).accounting
    assert asked.accounting is not asked.candidates.default.accounting


@pytest.mark.parametrize(
    ("name", "machine"),
    [("on the card", None), ("slow with RAM", "h80"), ("no", "mac-64"), ("too much RAM", None), ("short", "rtx-24")],
)
def test_the_machine_to_want_is_none_where_this_will_do_or_there_is_none(name: str, machine: str | None) -> None:
    wanted = assessed(name).machine
    assert (wanted.slug if wanted else None) == machine


def test_files_are_those_of_the_model() -> None:
    assert set(assessed("on the card").files) == {"q4-k-m"}
    assert not assessed("no").files


def test_names_are_short_and_the_card_has_its_article() -> None:
    asked = assessed("on the card")
    assert [asked.short_name(row) for row in asked.rows][:2] == ["FP16", "Q8_0"]
    assert asked.card == "an RTX 24"
