"""The rule of thumb in the calculator: its columns, and its answer where nothing can be counted."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.pages.calculator.by_rule import RuleColumns, headline, rule_columns, rule_table, says_yes
from fitpages.pages.common.answer_words import Headline
from tests.fitpages.levels import with_native, with_others
from tests.fitpages.pages.calculator.test_asked import question

OWN = {"parameters": "70.553706496", "bandwidth": "2039"}


def test_its_columns_are_the_rule_s_with_the_memory_of_all_cards_and_the_ceiling_of_one(small: Snapshot) -> None:
    default = small.default_quant.spec
    columns = {
        cards: rule_columns(question(small, model="large-70b", gpu="rtx-24", cards=cards), default) for cards in "123"
    }
    assert columns["1"] == columns["2"] == RuleColumns("47.4", "no", "—")
    assert columns["3"] == RuleColumns("47.4", "yes", "~22")


def test_where_the_rule_has_no_figure_there_are_dashes() -> None:
    snapshot = with_others()
    asked = question(snapshot, model="large-70b", gpu="rtx-24")
    assert rule_columns(asked, snapshot.quant_of["q2-k"].spec) == RuleColumns("—", "—", "—")


def test_without_a_bandwidth_there_is_no_ceiling(small: Snapshot) -> None:
    asked = question(small, parameters="8", memory="24")
    assert [row.columns.ceiling for row in rule_table(asked).rows] == ["—"] * 6
    with_bandwidth = question(small, parameters="8", memory="24", bandwidth="500")
    assert "—" not in {row.columns.ceiling for row in rule_table(with_bandwidth).rows}


def test_own_figures_give_what_the_catalog_gives_for_the_same(small: Snapshot) -> None:
    own, listed = question(small, memory="80", **OWN), question(small, model="large-70b", gpu="h80")
    assert rule_table(own).rows == rule_table(listed).rows
    assert rule_table(own).caption == (
        "A model of 70.6B on a card of 80 GB by the rule of thumb: 76.0 GB usable, nothing counted"
    )


def test_own_active_parameters_change_the_ceiling_alone(small: Snapshot) -> None:
    dense, mixture = (
        rule_table(question(small, parameters="30", gpu="rtx-24", **more)).rows for more in ({}, {"active": "3.3"})
    )
    assert [row.columns[:2] for row in dense] == [row.columns[:2] for row in mixture]
    assert dense[-1].columns.ceiling != mixture[-1].columns.ceiling


@pytest.mark.parametrize(
    ("query", "answer", "yes"),
    [
        (
            {"memory": "80"},
            Headline(
                "Yes, at Q6_K, by the rule of thumb:",
                "A model of 70.6B needs 69 GB, and 76 GB of a card of 80 GB is usable",
            ),
            True,
        ),
        (
            {"memory": "80", "quant": "q8-0"},
            Headline(
                "No, not at Q8_0, by the rule of thumb:",
                "A model of 70.6B needs 90 GB, and 76 GB of a card of 80 GB is usable",
            ),
            False,
        ),
        (
            {"memory": "24"},
            Headline(
                "No, by the rule of thumb:",
                "A model of 70.6B needs 36 GB even at Q3_K_M, and 23 GB of a card of 24 GB is usable",
            ),
            False,
        ),
        (
            {"memory": "24", "cards": "3"},
            Headline(
                "Yes, at Q5_K_M, by the rule of thumb:",
                "A model of 70.6B needs 58 GB, and 68 GB of 3 cards of 24 GB are usable",
            ),
            True,
        ),
    ],
    ids=["yes", "not at this level", "no", "several cards"],
)
def test_its_answer_says_that_it_is_the_rule_s(
    small: Snapshot, query: dict[str, str], answer: Headline, yes: bool
) -> None:
    asked = question(small, **OWN, **query)
    assert (headline(asked), says_yes(asked)) == (answer, yes)


def test_a_level_worth_recommending_goes_before_a_better_one(small: Snapshot) -> None:
    roomy = question(small, parameters="1", memory="80")
    assert [row.columns.fits for row in rule_table(roomy).rows] == ["yes"] * 6
    assert headline(roomy).bold == "Yes, at Q6_K, by the rule of thumb:"


def test_the_rule_speaks_of_its_own_levels_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    asked = question(snapshot, parameters="8", gpu="rtx-24")
    assert [row.name for row in rule_table(asked).rows] == [quant.name for quant in snapshot.quants]
