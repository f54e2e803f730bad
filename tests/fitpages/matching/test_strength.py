"""Strength of a model: the reference's own score where it has one, else by the line of another board."""

from dataclasses import replace

import pytest

from catalog.snapshot import PublishedModel, PublishedScore, Snapshot
from fit.strength import LEAST_MODELS
from fitpages.matching.strength import REFERENCE, WITHOUT_THINKING, lines, strength
from tests.published import published_model
from tests.published_markets import published_score
from tests.small_catalog import snapshot_of

COUNT = LEAST_MODELS + 2


def model(number: int, **facts: object) -> PublishedModel:
    made = published_model(f"Model {number}", (number + 1) * 10**9, None)
    return replace(made, **facts) if facts else made


def scored(board: str = "Other", **facts: object) -> Snapshot:
    """Models of which the reference says 1,000 and ten for each point of another board; the last is on that alone."""
    models = [model(number) for number in range(COUNT)]
    models.append(model(COUNT, **facts))
    scores: dict[str, tuple[PublishedScore, ...]] = {
        made.slug: (published_score(REFERENCE, f"{1000 + 10 * number}"), published_score(board, f"{number}"))
        for number, made in enumerate(models[:-1])
    }
    scores[models[-1].slug] = (published_score(board, "5", shown=False),)
    return snapshot_of(models=models, scores_of=scores)


def last(snapshot: Snapshot) -> PublishedModel:
    return list(snapshot.models.values())[-1]


def test_a_line_is_fitted_to_the_models_that_both_boards_have() -> None:
    assert {board: line.models for board, line in lines(scored()).items() if board != REFERENCE} == {"Other": COUNT}


def test_a_model_of_the_reference_has_its_score() -> None:
    snapshot = scored()
    own = strength(snapshot, next(iter(snapshot.models.values())))
    assert own is not None
    assert (own.value, own.board, own.sd) == (1000, REFERENCE, 0)


def test_any_other_has_what_the_line_makes_of_its_score_shown_or_not() -> None:
    snapshot = scored()
    other = strength(snapshot, last(snapshot))
    assert other is not None
    assert other.board == "Other"
    assert other.value == pytest.approx(1050, abs=1)


def test_a_model_that_no_board_has_is_of_no_strength() -> None:
    snapshot = scored()
    assert strength(snapshot, model(COUNT + 1)) is None


def test_a_board_without_room_to_think_says_nothing_of_models_that_do() -> None:
    for uses, is_estimated in ((("chat",), True), (("chat", "reasoning"), False)):
        snapshot = scored(WITHOUT_THINKING, uses=uses)
        assert (strength(snapshot, last(snapshot)) is not None) is is_estimated
