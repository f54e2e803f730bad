"""The levels that a page does not show in its table: what each takes, and whether it fits."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fit.needs import account
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.folded import FoldedLevels, folded_levels
from fitpages.serving.responses import render
from fitpages.text import figures
from tests.fitpages.levels import with_between, with_native, with_others
from tests.html_page import HtmlPage
from tests.published import published_file


@pytest.fixture
def others() -> Snapshot:
    return with_others()


def folded(snapshot: Snapshot, model: str, gpu: str) -> FoldedLevels | None:
    return folded_levels(snapshot, assessed_pair(snapshot, Pair(snapshot.models[model], snapshot.gpus[gpu])))


@pytest.mark.parametrize(
    ("model", "gpu", "fits"),
    [("small-8b", "rtx-24", [True, True]), ("large-70b", "rtx-24", [False, False]), ("large-70b", "h80", [True, True])],
)
def test_every_level_that_can_be_counted_is_there_best_quality_first(
    others: Snapshot, model: str, gpu: str, fits: list[bool]
) -> None:
    shown = folded(others, model, gpu)
    assert shown
    assert [row.name for row in shown.rows] == ["IQ4_XS", "Q2_K"]
    assert [row.fits for row in shown.rows] == fits
    for row in shown.rows:
        accounting = account(others.models[model].spec, others.quant_of[row.name.lower().replace("_", "-")].spec)
        assert accounting
        assert row.need == figures.counted(accounting.reference_bytes)
        assert row.fits is (accounting.reference_bytes <= others.gpus[gpu].spec.offer.total_bytes)


def test_what_stands_in_the_table_is_not_folded_as_well(others: Snapshot) -> None:
    shown = folded(others, "large-70b", "rtx-32")
    assert shown
    assert [row.name for row in shown.rows] == ["IQ4_XS"]
    assert shown.summary == "Another level"


@pytest.mark.parametrize(
    ("gpu", "left"),
    [
        ("rtx-44", ["Q4_0", "IQ3_XXS", "Q2_K"]),
        ("rtx-30", ["IQ4_XS", "Q4_0"]),
        ("rtx-24", ["IQ4_XS", "Q4_0", "IQ3_XXS", "Q2_K"]),
    ],
)
def test_a_folded_level_that_is_advised_stands_in_the_table_alone(gpu: str, left: list[str]) -> None:
    shown = folded(with_between(), "large-70b", gpu)
    assert shown
    assert [row.name for row in shown.rows] == left


def test_a_level_made_with_an_importance_matrix_says_so(others: Snapshot) -> None:
    shown = folded(others, "small-8b", "rtx-24")
    assert shown
    first, second = shown.rows
    assert first.quality == "The loss of IQ4_XS. It is made with an importance matrix."
    assert second.quality == "The loss of Q2_K."


def test_without_tensors_or_without_other_levels_nothing_is_folded(
    small: Snapshot, others: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folded(others, "closed-100b", "h80") is None
    assert folded(small, "small-8b", "rtx-24") is None
    assert folded(with_native(monkeypatch), "native-30b", "rtx-24") is None


def test_files_whose_labels_are_no_level_are_rows_after_their_mix(others: Snapshot) -> None:
    own = published_file(label="UD-IQ4_XS", level="", publisher="unsloth", size_bytes=4_600_000_000)
    trained = published_file(label="IQ4_XS-QAT", level="", publisher="makers", size_bytes=4_700_000_000)
    exact = published_file(label="Q5_0", level="", publisher="", size_bytes=5_600_000_000)
    level = published_file(label="IQ4_XS", level="iq4-xs", publisher="unsloth", size_bytes=4_500_000_000)
    snapshot = replace(others, files_of=MappingProxyType({"small-8b": (own, exact, level, trained)}))
    shown = folded(snapshot, "small-8b", "rtx-24")
    assert shown
    assert {row.name: row.quality for row in shown.rows} == {
        "IQ4_XS": "The loss of IQ4_XS. It is made with an importance matrix. File of unsloth, 4.5 GB.",
        "UD-IQ4_XS": "Near IQ4_XS, with types of its publisher's own. File of unsloth, 4.6 GB.",
        "IQ4_XS-QAT": "Near IQ4_XS, with types of its publisher's own. File of makers, 4.7 GB.",
        "Q2_K": "The loss of Q2_K.",
        "Q5_0": "File of testers/Small-8B-GGUF, 5.6 GB.",
    }
    assert [row.name for row in shown.rows] == ["IQ4_XS", "IQ4_XS-QAT", "UD-IQ4_XS", "Q2_K", "Q5_0"]
    spec = snapshot.models["small-8b"].spec
    accounting = spec.memory.at("IQ4_XS", 4_600_000_000) if spec.memory else None
    assert accounting
    assert shown.rows[2].need == figures.counted(accounting.reference_bytes)


def test_cards_that_hold_as_many_share_one_list(others: Snapshot) -> None:
    assert folded(others, "small-8b", "rtx-24") is folded(others, "small-8b", "h80")


def test_the_page_says_in_words_whether_each_fits(others: Snapshot) -> None:
    page = pair_page.build(others, Pair(others.models["large-70b"], others.gpus["rtx-32"]))
    shown = HtmlPage(render(page).decode())
    assert [row[2] for row in shown.table("Level").rows] == ["does not fit"]
