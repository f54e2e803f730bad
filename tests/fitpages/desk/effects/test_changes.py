"""Of many changes the first and the largest are shown."""

from catalog.snapshot import Snapshot
from fitpages.desk.effects.affected import Both, Sides
from fitpages.desk.effects.changes import OF_A_MODEL, Change, First, Largest
from fitpages.matching.answers import answer


def changes(small: Snapshot, *models: str) -> list[Change]:
    """Of each model on every card."""
    sides = [Sides(small.models[slug], small.models[slug]) for slug in models]
    cards = [Sides(card, card) for card in small.gpus.values()]
    return [Change(Both(model, card), None, None) for model in sides for card in cards]


def test_the_first_are_of_several_models(small: Snapshot) -> None:
    first = First(6)
    for change in changes(small, "small-8b", "large-70b"):
        first.add(change)
    names = [change.name for change in first.changes()]
    assert names[: 2 * OF_A_MODEL] == [
        *("Small 8B on RTX 24", "Small 8B on RTX 8"),
        *("Large 70B on RTX 24", "Large 70B on RTX 8"),
    ]
    assert names[4:] == ["Small 8B on H80", "Small 8B on RX 16 Laptop"]


def test_the_first_of_one_model_fill_the_list(small: Snapshot) -> None:
    first = First(4)
    for change in changes(small, "small-8b"):
        first.add(change)
    assert [change.name.removeprefix("Small 8B on ") for change in first.changes()] == [
        *("RTX 24", "RTX 8", "H80", "RX 16 Laptop"),
    ]


def test_the_largest_stand_in_their_order_and_of_those_alike_the_first(small: Snapshot) -> None:
    largest, some = Largest(3), changes(small, "small-8b")
    for times, change in zip((1.0, 3.0, 0.0, 3.0, 2.0), some, strict=True):
        largest.add(times, change)
    assert largest.changes() == (some[1], some[3], some[4])


def test_what_does_not_change_is_no_largest_change(small: Snapshot) -> None:
    largest = Largest(3)
    largest.add(0, changes(small, "small-8b")[0])
    assert largest.changes() == ()


def test_a_change_says_both_sides(small: Snapshot) -> None:
    model, card = small.models["small-8b"], small.gpus["rtx-24"]
    of_pair = answer(small, model, card)
    change = Change(Both(Sides(model, model), Sides(card, None)), of_pair, None)
    assert change.lines[1] == change.speeds[1] == change.needs[1] == "no page"
    assert change.lines[0].startswith("on the card, ")
    assert change.address == "/run/small-8b-on-rtx-24/"
    assert Change(change.pair, None, None).address == ""
