""" "Every level": what is counted, how fast, and what the rule of thumb says."""

from decimal import Decimal

import pytest

from fit.verdict import Kind
from fitpages.pages.common.level_table import NOT_COUNTED, NOT_MADE, LevelShown, LevelTable, level_table
from fitpages.text import figures
from tests.fitpages.pages.pair.kinds import PAIRS, YES, assessed

USUAL = ["FP16 (full)", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M"]
RULE_8B = ["19.3", "10.2", "7.9", "6.6", "5.4", "4.1"]


def table(name: str) -> LevelTable:
    return level_table(assessed(name))


def marked(name: str) -> list[LevelShown]:
    return [row for row in table(name).rows if row.is_advised]


@pytest.mark.parametrize("name", PAIRS)
def test_one_row_is_marked_where_the_answer_is_yes_and_none_else(name: str) -> None:
    assert [row.name for row in marked(name)] == ([assessed(name).quant.name] if name in YES else [])


@pytest.mark.parametrize("name", PAIRS)
def test_no_row_that_says_no_is_marked(name: str) -> None:
    kind = assessed(name).verdict.kind
    for row in marked(name):
        if kind is Kind.WITH_RAM:
            assert row.expect != "—"
        elif row.counted:
            assert {row.counted[1], row.counted[2]} != {"none"}
        else:
            assert row.rule_fits == "yes"


@pytest.mark.parametrize("name", PAIRS)
def test_the_rule_s_columns_are_whole_for_the_six(name: str) -> None:
    rows = {row.name: row for row in table(name).rows}
    for row in (rows[name] for name in USUAL):
        assert float(row.rule_need.replace(",", "")) > 0
        assert row.rule_fits in ("yes", "no")
        assert row.rule_ceiling == "—" or row.rule_fits == "yes"
    assert {row.rule_need for name, row in rows.items() if name not in USUAL} <= {"—"}


def test_on_the_card_a_row_has_memory_speed_and_rule() -> None:
    asked = assessed("on the card")
    rows = table("on the card").rows
    assert [row.name for row in rows] == USUAL
    assert [row.rule_need for row in rows] == RULE_8B
    assert [row.rule_fits for row in rows] == ["yes"] * 6
    assert [row.rule_ceiling for row in rows] == ["~53", "~101", "~130", "~155", "~191", "~248"]
    for row, level in zip(rows, asked.rows, strict=True):
        assert level.counted
        assert level.counted.speed
        assert row.counted[0] == figures.bare_gibibytes(level.counted.takes_bytes)
        assert row.counted[1:] == (
            figures.tokens(level.counted.longest),
            figures.tokens(level.counted.longest_quantized),
        )
        assert row.expect == figures.expected(level.counted.speed.tokens_s)
        assert row.quality == f"The loss of {row.name.removesuffix(' (full)')}."


@pytest.mark.parametrize(
    ("name", "context"),
    [("on the card", "8K"), ("a model of 2K", "2K"), ("slow with RAM", "8K"), ("not counted, yes", "")],
)
def test_the_heads_say_with_which_context(name: str, context: str) -> None:
    assert table(name).context == context


def test_with_ram_the_level_of_the_answer_alone_has_a_speed() -> None:
    asked = assessed("experts in RAM")
    (row,) = marked("experts in RAM")
    assert asked.verdict.offload
    assert asked.verdict.speed
    assert row.counted == ("17.9", "none", "none")
    assert row.expect == figures.expected(asked.verdict.speed.tokens_s)
    ram = figures.counted_in_prose(asked.verdict.offload.ram_bytes)
    assert f"The speed of Q4_K_M is with {ram} in RAM; others are not on the card." in table("experts in RAM").note
    assert {other.expect for other in table("experts in RAM").rows if not other.is_advised} == {"—"}


def test_with_ram_the_marked_row_says_what_the_headline_says_even_where_the_card_alone_holds_a_little() -> None:
    asked = assessed("layers in RAM for 8K")
    (row,) = marked("layers in RAM for 8K")
    assert asked.verdict.offload
    assert asked.verdict.speed
    assert row.counted[1:] == ("5K", "none")
    assert row.expect == figures.expected(asked.verdict.speed.tokens_s)
    assert not row.span.startswith("at ")


def test_a_shorter_context_stands_before_the_range() -> None:
    (row,) = marked("short")
    assert row.counted == ("4.6", "3K", "5K")
    assert row.span.startswith("at 3K ")
    assert not marked("on the card")[0].span.startswith("at")


def test_a_range_wider_than_five_says_so() -> None:
    asked = assessed("on the card")
    rows = []
    for row in asked.rows:
        assert row.counted
        assert row.counted.speed
        wide = row.counted.speed._replace(low=10, high=50.1)
        rows.append(row._replace(counted=row.counted._replace(speed=wide)))
    object.__setattr__(asked, "rows", tuple(rows))
    assert {row.span for row in level_table(asked).rows} == {"not known well enough"}


def test_what_does_not_fit_has_neither_context_nor_speed() -> None:
    for row in table("no").rows:
        assert row.counted[1:] == ("none", "none")
        assert (row.expect, row.span) == ("—", "")


def test_levels_that_nobody_makes_are_the_rule_s_alone() -> None:
    native, first, *others = table("made in four bits").rows
    assert (native.name, native.rule_need, native.rule_fits, native.rule_ceiling) == ("MXFP4", "—", "—", "—")
    assert (first.not_counted, first.quality, first.counted) == (NOT_MADE, "", ())
    assert {(row.not_counted, row.quality, row.counted) for row in others} == {("", "", ())}


def test_without_tensors_every_row_is_the_rule_s() -> None:
    first, *others = table("not counted, yes").rows
    assert first.not_counted == NOT_COUNTED
    assert {row.not_counted for row in others} == {""}
    assert [row.rule_fits for row in (first, *others)] == ["no"] * 4 + ["yes"] * 2
    assert (
        table("not counted, yes").note
        == "Nothing can be counted, so only the rule of thumb is shown. 80 GiB are 85.9 GB."
    )


def test_the_level_of_the_answer_stands_in_its_place_among_the_six() -> None:
    assert [row.name for row in table("only below").rows] == [*USUAL, "IQ3_XXS"]


@pytest.mark.parametrize(
    ("name", "differs"),
    [
        ("on the card", "at Q6_K it asks for 7.9 GB, where 8K takes 7.4 GB."),
        ("no", "at Q4_K_M it asks for 47.4 GB, where 8K takes 44.8 GB."),
        ("made in four bits", "It knows no context."),
        ("not counted, no", "It knows no context."),
    ],
)
def test_one_note_says_what_the_rule_is_and_by_how_much_it_differs(name: str, differs: str) -> None:
    note = table(name).rule_note
    assert note.startswith("The rule of thumb: parameters × bytes per weight plus 20%, against ")
    assert note.endswith(differs)


def test_the_note_has_the_rule_s_share_of_the_machine_s_memory() -> None:
    assert (
        "against 22.8 GB, 95% of the memory on the box; ceiling: 85% of the bandwidth."
        in table("on the card").rule_note
    )
    assert "against 46.1 GB, 72% of the memory on the box;" in table("in memory").rule_note
    assert table("on the card").note.endswith("24 GiB are 25.8 GB.")


def test_a_need_of_less_than_a_gb_keeps_its_figures() -> None:
    asked = assessed("on the card")
    tiny = [
        row._replace(rule_bytes=need) for row, need in zip(asked.rows, map(Decimal, ("1e9", "132e6")), strict=False)
    ]
    object.__setattr__(asked, "rows", tuple(tiny))
    assert [row.rule_need for row in level_table(asked).rows] == ["1.0", "0.13"]
