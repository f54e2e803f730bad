"""When the data of a page last changed: that of its records, its files, its measurements, the quantizations."""

import datetime
from dataclasses import replace

import pytest

from catalog.recent_changes import PublicChange
from catalog.snapshot import Snapshot
from fitpages.matching.changed import EVERYTHING, Subject, find, is_of, last_changed, subject_of
from tests.fitpages.changes import load, of_file, of_measurement, of_price, public_change, snapshot_with
from tests.published import CHANGED_AT, published_benchmark, published_file
from tests.small_catalog import five_gpus, four_models, snapshot_of

LATER = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
PAIR, OTHER_PAIR = Subject("small-8b", "rtx-24"), Subject("small-8b", "rtx-8")
MODEL, OTHER_MODEL = Subject(model="small-8b"), Subject(model="large-70b")
CARD, OTHER_CARD = Subject(gpu="rtx-24"), Subject(gpu="rtx-8")
ALL = (PAIR, OTHER_PAIR, MODEL, OTHER_MODEL, CARD, OTHER_CARD, EVERYTHING)


def changed(snapshot: Snapshot) -> set[Subject]:
    """Of which the data changed later than the rest."""
    return {subject for subject in ALL if last_changed(snapshot, subject) == LATER}


def test_nothing_is_newer_than_the_newest_record(small: Snapshot) -> None:
    assert {last_changed(small, subject) for subject in ALL} == {CHANGED_AT}


def test_a_card_and_a_model_are_data_of_their_pages_and_of_their_pairs() -> None:
    card, *cards = five_gpus()
    assert changed(snapshot_of(gpus=[replace(card, updated_at=LATER), *cards])) == {PAIR, CARD}
    model, *models = four_models()
    assert changed(snapshot_of(models=[replace(model, updated_at=LATER), *models])) == {PAIR, OTHER_PAIR, MODEL}


def test_a_file_is_data_of_its_model() -> None:
    files = {"small-8b": (published_file(updated_at=LATER),)}
    assert changed(snapshot_of(files_of=files)) == {PAIR, OTHER_PAIR, MODEL}


def test_a_measurement_is_data_of_its_pair_and_of_both_their_pages() -> None:
    measured = published_benchmark("a", "small-8b", "rtx-24", "127.5", updated_at=LATER)
    assert changed(snapshot_of(benchmarks=[measured])) == {PAIR, MODEL, CARD}
    hidden = replace(measured, hidden_because="Its source has no address.")
    assert changed(snapshot_of(benchmarks=[hidden])) == set()


def test_quantizations_are_data_of_everything() -> None:
    assert changed(snapshot_of(quants_changed_at=LATER)) == set(ALL)


@pytest.mark.parametrize(
    ("gone", "subjects"),
    [
        (of_file(at=LATER), {PAIR, OTHER_PAIR, MODEL}),
        (of_measurement(at=LATER), {PAIR, MODEL, CARD}),
        (public_change(kind="quant", slug="gone", at=LATER), set(ALL)),
        (of_file(model="", at=LATER), set[Subject]()),
    ],
)
def test_what_is_no_longer_there_changed_the_data_too(gone: PublicChange, subjects: set[Subject]) -> None:
    assert changed(snapshot_with(gone)) == subjects
    assert changed(snapshot_with(load(changes=(gone,)))) == subjects


@pytest.mark.parametrize("kind", ["popularity", "boardscore", "price", "pick"])
def test_what_people_run_and_pay_is_told_and_moves_no_date(kind: str) -> None:
    change = of_price(at=LATER) if kind == "price" else of_file(kind=kind, at=LATER)
    snapshot = snapshot_with(change)
    assert changed(snapshot) == changed(snapshot_with(load(changes=(change,)))) == set()
    assert {subject for subject in ALL if is_of(snapshot, change, subject)} == {CARD if kind == "price" else MODEL}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("small-8b", MODEL),
        ("small-8", MODEL),
        ("RTX_24", CARD),
        ("rtx-24-gb", CARD),
        ("small-8-on-rtx-24-gb", PAIR),
        ("", None),
        ("nothing", None),
        ("small-8b-on-nothing", None),
    ],
)
def test_a_name_in_an_address_is_that_of_a_page(small: Snapshot, name: str, expected: Subject | None) -> None:
    assert find(small, name) == expected


def test_a_change_is_of_what_the_record_is_called_today(small: Snapshot) -> None:
    assert subject_of(small, public_change(slug="rtx-24-gb")) == CARD
    assert subject_of(small, of_measurement(model="small-8", gpu="rtx-24-gb")) == PAIR


def test_a_change_of_nothing_that_has_a_page_is_of_no_page(small: Snapshot) -> None:
    nothing = of_measurement(model="", gpu="")
    assert subject_of(small, nothing) is None
    assert [subject for subject in ALL if is_of(small, nothing, subject)] == []
