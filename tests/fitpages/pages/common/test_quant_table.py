"""The founding table: what each quantization needs, whether it fits, and what the accounting adds."""

import re

import pytest

from catalog.snapshot import Snapshot
from fit.assessment import Assessment
from fitpages.matching.pairs import Pair
from fitpages.pages.common.quant_table import TableRow, exact_note, lower_rows, table_rows
from fitpages.pages.pair.assessed import AssessedPair, assessed_pair
from tests.fitpages.levels import with_native, with_others
from tests.published import published_file


def facts(small: Snapshot, model: str, gpu: str) -> AssessedPair:
    return assessed_pair(small, Pair(small.models[model], small.gpus[gpu]))


def rows(small: Snapshot, model: str = "small-8b", gpu: str = "rtx-8", *, chosen: str = "") -> dict[str, TableRow]:
    pair = facts(small, model, gpu)
    return {row.name: row for row in table_rows(small, pair.assessment, pair.speeds, chosen=chosen)}


def test_there_is_a_row_of_every_quantization_in_their_order(small: Snapshot) -> None:
    assert list(rows(small)) == [quant.name for quant in small.quants]
    assert [row.quality for row in rows(small).values()] == [quant.quality for quant in small.quants]


def test_what_does_not_fit_has_no_speed(small: Snapshot) -> None:
    table = rows(small)
    assert {name: (row.fits, row.ceiling, row.expected != "") for name, row in table.items()} == {
        "FP16 (full)": (False, "—", False),
        "Q8_0": (False, "—", False),
        "Q6_K": (False, "—", False),
        "Q5_K_M": (True, "~39", True),
        "Q4_K_M": (True, "~48", True),
        "Q3_K_M": (True, "~63", True),
    }


def test_the_recommended_row_is_marked_unless_another_was_chosen(small: Snapshot) -> None:
    assert [name for name, row in rows(small).items() if row.marked] == ["Q5_K_M"]
    chosen = rows(small, chosen="fp16")
    assert [name for name, row in chosen.items() if row.marked] == ["FP16 (full)"]
    assert [name for name, row in chosen.items() if row.recommended] == ["Q5_K_M"]


def test_where_nothing_fits_nothing_is_marked(small: Snapshot) -> None:
    assert not any(row.marked or row.recommended for row in rows(small, "large-70b").values())


def test_without_a_bandwidth_no_speed_is_shown(small: Snapshot) -> None:
    assessment = facts(small, "small-8b", "rtx-24").assessment
    assert {(row.ceiling, row.expected) for row in table_rows(small, assessment, None)} == {("—", "")}


@pytest.mark.parametrize(
    ("by_rule", "longest", "note"),
    [
        (True, 17408, "up to 17K tokens"),
        (True, 0, "exactly: no"),
        (False, 17408, "exactly: up to 17K tokens"),
        (False, 0, ""),
    ],
)
def test_the_note_says_where_the_accounting_and_the_rule_differ(
    small: Snapshot, by_rule: bool, longest: int, note: str
) -> None:
    row = facts(small, "small-8b", "rtx-24").assessment.quants[0]
    assert row.exact
    exact = row.exact._replace(longest_context=longest)
    assert exact_note(row._replace(fits=by_rule, exact=exact)) == note


def test_without_an_accounting_there_is_no_note(small: Snapshot) -> None:
    assessment: Assessment = facts(small, "closed-100b", "h80").assessment
    assert {exact_note(row) for row in assessment.quants} == {""}
    assert not any(row.fits_exactly for row in rows(small, "closed-100b", "h80").values())


def test_a_level_that_the_rule_does_not_know_has_dashes_and_what_was_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    native, *others = rows(with_native(monkeypatch), "native-30b", "rtx-24").values()
    assert (native.name, native.need, native.ceiling) == ("MXFP4", "—", "—")
    assert re.fullmatch(r"1\d\.\d GiB", native.counted)
    assert native.fits
    assert native.recommended
    assert native.exact_note.startswith("up to ")
    assert native.expected.startswith("expect ")
    assert {(row.exact_note, row.recommended, row.advised, row.counted) for row in others} == {
        ("by the rule alone", False, False, "—")
    }
    assert {row.quality for row in others} == {"No files of this model are made at this level."}


def test_under_the_table_stands_what_fits_below_it() -> None:
    snapshot = with_others()
    pair = facts(snapshot, "large-70b", "rtx-32")
    (row,) = lower_rows(snapshot, pair.assessment, pair.speeds)
    assert (row.name, row.need, row.fits, row.recommended) == ("Q2_K", "—", True, False)
    assert re.fullmatch(r"2\d\.\d GiB", row.counted)
    assert row.expected.startswith("expect ")
    pair = facts(snapshot, "large-70b", "rtx-24")
    assert lower_rows(snapshot, pair.assessment, pair.speeds) == ()


def test_a_row_says_which_file_it_is_counted_from(small: Snapshot) -> None:
    pair = facts(small, "small-8b", "rtx-8")
    file = published_file(publisher="ggml-org")
    table = table_rows(small, pair.assessment, pair.speeds, files={"q4-k-m": file})
    assert {row.name: row.file_note for row in table if row.file_note} == {"Q4_K_M": "file of ggml-org"}
    unknown = table_rows(small, pair.assessment, None, files={"q4-k-m": published_file(publisher="")})
    assert [row.file_note for row in unknown if row.file_note] == ["file of testers/Small-8B-GGUF"]
    assert not any(row.file_note for row in table_rows(small, pair.assessment, None))
