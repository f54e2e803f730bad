"""What a desktop takes of a card."""

from fit.displays import TAKEN_MIB, Display


def test_every_display_has_its_figure_and_they_are_in_order() -> None:
    assert list(TAKEN_MIB) == list(Display)
    assert list(TAKEN_MIB.values()) == sorted(TAKEN_MIB.values())
    assert TAKEN_MIB[Display.HEADLESS] == 0


def test_a_desktop_takes_what_idle_ones_were_seen_to_take() -> None:
    assert 211 < TAKEN_MIB[Display.DESKTOP] < 1643
    assert 702 < TAKEN_MIB[Display.WINDOWS] < 1846
