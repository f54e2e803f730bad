"""The levels that a page does not show in its table: what each takes, and whether it fits."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fit.needs import account
from fitpages.matching.fits import bytes_of_others
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
    ("model", "gpu", "fitting"),
    [
        ("small-8b", "rtx-24", "All of them fit an RTX 24."),
        ("large-70b", "rtx-24", "None of them fits an RTX 24."),
        ("large-70b", "h80", "All of them fit an H80."),
    ],
)
def test_every_level_that_can_be_counted_is_there_best_quality_first(
    others: Snapshot, model: str, gpu: str, fitting: str
) -> None:
    shown = folded(others, model, gpu)
    assert shown
    assert [row.name for row in shown.table.rows] == ["IQ4_XS", "Q2_K"]
    assert shown.fitting == fitting
    for row in shown.table.rows:
        accounting = account(others.models[model].spec, others.quant_of[row.name.lower().replace("_", "-")].spec)
        assert accounting
        assert row.need == figures.counted(accounting.reference_bytes)


@pytest.mark.parametrize("of_four", [1, 2, 3])
def test_of_several_that_fit_the_largest_is_named(of_four: int) -> None:
    snapshot = with_between()
    sizes = sorted((size, quant.mix) for quant, size in bytes_of_others(snapshot, snapshot.models["large-70b"]).items())
    offered, name = sizes[of_four - 1]
    pair = assessed_pair(snapshot, Pair(snapshot.models["large-70b"], snapshot.gpus["rtx-24"]))
    for given, fitting in ((offered, of_four), (offered - 1, of_four - 1)):
        verdict = replace(pair.verdict, available_bytes=given)
        shown = folded_levels(snapshot, replace(pair, verdict=verdict))
        assert shown
        assert len(shown.table.rows) == 4
        assert shown.fitting.startswith(f"{fitting or 'None'} of them ")
        if given == offered:
            verb = "fits" if of_four == 1 else "fit"
            assert shown.fitting.endswith(f"{verb} an RTX 24, the largest {name}.")


def test_what_stands_in_the_table_is_not_folded_as_well(others: Snapshot) -> None:
    shown = folded(others, "large-70b", "rtx-32")
    assert shown
    assert [row.name for row in shown.table.rows] == ["IQ4_XS"]
    assert shown.summary == "Another level"


@pytest.mark.parametrize(
    ("gpu", "left"),
    [
        ("rtx-44", ["Q4_0", "IQ3_XXS", "Q2_K"]),
        ("rtx-30", ["IQ4_XS", "Q4_0", "Q2_K"]),
        ("rtx-24", ["IQ4_XS", "Q4_0", "IQ3_XXS", "Q2_K"]),
    ],
)
def test_a_folded_level_that_is_advised_stands_in_the_table_alone(gpu: str, left: list[str]) -> None:
    shown = folded(with_between(), "large-70b", gpu)
    assert shown
    assert [row.name for row in shown.table.rows] == left


def test_a_level_made_with_an_importance_matrix_says_so(others: Snapshot) -> None:
    shown = folded(others, "small-8b", "rtx-24")
    assert shown
    first, second = shown.table.rows
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
    assert {row.name: row.quality for row in shown.table.rows} == {
        "IQ4_XS": "The loss of IQ4_XS. It is made with an importance matrix. File of unsloth, 4.5 GB.",
        "UD-IQ4_XS": "Near IQ4_XS, with types of its publisher's own. File of unsloth, 4.6 GB.",
        "IQ4_XS-QAT": "Near IQ4_XS, with types of its publisher's own. File of makers, 4.7 GB.",
        "Q2_K": "The loss of Q2_K.",
        "Q5_0": "File of testers/Small-8B-GGUF, 5.6 GB.",
    }
    assert [row.name for row in shown.table.rows] == ["IQ4_XS", "IQ4_XS-QAT", "UD-IQ4_XS", "Q2_K", "Q5_0"]
    spec = snapshot.models["small-8b"].spec
    accounting = spec.memory.at("IQ4_XS", 4_600_000_000) if spec.memory else None
    assert accounting
    assert shown.table.rows[2].need == figures.counted(accounting.reference_bytes)


def test_all_cards_of_a_model_share_one_table(others: Snapshot) -> None:
    tables = [shown.table for gpu in ("rtx-24", "h80") if (shown := folded(others, "small-8b", gpu))]
    assert len(tables) == 2
    assert tables[0] is tables[1]


def test_the_page_says_in_words_which_of_them_fit(others: Snapshot) -> None:
    page = pair_page.build(others, Pair(others.models["large-70b"], others.gpus["rtx-32"]))
    html = render(page).decode()
    (table,) = [table for table in HtmlPage(html).tables if table.caption.startswith("Further levels")]
    assert [row[0] for row in table.rows] == ["IQ4_XS"]
    assert "It does not fit an RTX 32." in html
