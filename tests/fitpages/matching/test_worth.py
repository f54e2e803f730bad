"""The low end of our estimate, and what stands in for it."""

import pytest

from catalog.snapshot import PublishedModel
from fitpages.matching.worth import worth
from tests.published import published_model
from tests.scored import scores
from tests.small_catalog import snapshot_of


def model(name: str, parameters: int = 8_000_000_000, **facts: str) -> PublishedModel:
    return published_model(name, parameters, None, **facts)


def test_of_a_model_on_the_reference_board_it_is_its_score() -> None:
    listed = model("Listed 8B")
    snapshot = snapshot_of(models=[listed], scores_of=scores(listed_8b=1300))
    assert worth(snapshot, listed) == 1300


def test_of_one_that_no_board_lists_it_is_the_weakest_with_just_as_many_weights() -> None:
    tuned = model("Tuned 8B")
    models = [tuned, model("Base 8B"), model("Better 8B"), model("Other 9B", 9_000_000_000)]
    snapshot = snapshot_of(models=models, scores_of=scores(base_8b=1300, better_8b=1350, other_9b=1200))
    assert worth(snapshot, tuned) == 1300


def test_it_is_nothing_where_no_board_lists_any() -> None:
    tuned = model("Tuned 8B")
    assert worth(snapshot_of(models=[tuned]), tuned) == 0


@pytest.mark.parametrize(("of_successor", "expected"), [(1250, 1300), (1400, 1400)])
def test_a_successor_is_no_weaker_than_what_it_succeeds(of_successor: int, expected: int) -> None:
    old, new = model("Old 8B", successor="new-9b"), model("New 9B", 9_000_000_000)
    snapshot = snapshot_of(models=[old, new], scores_of=scores(old_8b=1300, new_9b=of_successor))
    assert worth(snapshot, new) == expected
