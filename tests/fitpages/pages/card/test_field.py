"""The field of a machine: who is in it, who is named first, what is hollow."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.beside import USUAL, Ram
from fitpages.matching.picks import picks
from fitpages.matching.runs import runs
from fitpages.pages.card.field import Field, field
from tests.fitpages.pages.card.catalogs import scored_catalog


@pytest.fixture
def scored() -> Snapshot:
    return scored_catalog()


def drawn(snapshot: Snapshot, gpu: str, ram: Ram | None = USUAL) -> Field | None:
    card = snapshot.gpus[gpu]
    return field(snapshot, runs(snapshot, card, ram), picks(snapshot, card, ram))


def test_common_models_that_run_and_are_scored_stand_in_it_the_strongest_first(scored: Snapshot) -> None:
    of_card = drawn(scored, "rtx-24")
    assert of_card
    assert [(row.model.text, row.strength) for row in of_card.rows] == [
        ("Mixture 30B", "1,300"),
        ("Coder 8B", "1,250"),
        ("Small 8B", "1,200"),
    ]


def test_what_has_a_part_in_ram_is_hollow(scored: Snapshot) -> None:
    of_card, alone = drawn(scored, "rtx-8"), drawn(scored, "rtx-24")
    assert of_card
    assert alone
    assert of_card.has_hollow
    assert of_card.plot.hollow + of_card.plot.named_hollow
    assert {row.where for row in of_card.rows} == {"alone", "with RAM"}
    assert not alone.has_hollow
    assert alone.plot.hollow + alone.plot.named_hollow == ""


def test_fewer_than_three_make_no_field(scored: Snapshot) -> None:
    assert drawn(scored, "rtx-8", ram=None) is None


def test_picks_are_named_before_others(scored: Snapshot) -> None:
    of_card = drawn(scored, "rtx-24")
    assert of_card
    assert "Mixture 30B" in {name.text for name in of_card.plot.names}
