"""Picks as rows, and who picked them."""

import datetime

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.beside import USUAL
from fitpages.matching.picks import picks
from fitpages.pages.card.by_use import pick_lines, picked_by
from tests.fitpages.pages.card.catalogs import scored_catalog

DAY = datetime.date(2026, 11, 2)


@pytest.fixture
def scored() -> Snapshot:
    return scored_catalog()


def test_a_row_has_the_figures_of_the_pair(scored: Snapshot) -> None:
    of_card = picks(scored, scored.gpus["rtx-8"], USUAL)
    for pick, line in zip(of_card, pick_lines(of_card), strict=True):
        assert line.address == pick.answer.address
        assert line.level == pick.answer.quant.short_name
        assert line.where == ("on the card" if not pick.with_ram else line.where)
        assert line.wait.endswith((" s", " min"))
    assert pick_lines(of_card)[-1].where.endswith(" GiB in RAM")


def test_without_its_arithmetic_a_machine_has_no_wait(scored: Snapshot) -> None:
    assert {line.wait for line in pick_lines(picks(scored, scored.gpus["mac-64"], None))} == {"—"}


def test_editors_are_named_with_the_day_of_their_last_pick(scored: Snapshot) -> None:
    ours = [pick._replace(is_enough=True) for pick in picks(scored, scored.gpus["rtx-24"], None)]
    theirs = [pick._replace(picked_on=DAY) for pick in ours]
    assert picked_by(theirs) == "Picked by editors on 2 November 2026 for machines of this size."
    assert picked_by(ours).startswith("Chosen by rule: the strongest by our own estimate")
    mixed = picked_by([theirs[0], *ours[1:]])
    assert mixed.startswith(
        "One of six picked by editors on 2 November 2026 for machines of this size; the others are "
    )


def test_that_all_are_short_or_slow_is_said_instead(scored: Snapshot) -> None:
    slow = [pick._replace(is_enough=False) for pick in picks(scored, scored.gpus["rtx-24"], None)]
    assert picked_by(slow).startswith("Nothing in common use leaves 16K")
    assert {line.slow for line in pick_lines(slow)} == {"short or slow"}
