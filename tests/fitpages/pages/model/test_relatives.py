"""What a successor gains, and each relative once."""

from types import MappingProxyType

from catalog.snapshot import PublishedModel
from fitpages.pages.model.relatives import Relatives, relatives_of
from tests.fitpages.markets import published_score
from tests.published import dense, published_model
from tests.small_catalog import four_models, snapshot_of


def model(name: str, billions: int, **overrides: object) -> PublishedModel:
    layers = dense(layers=32 + billions, width=4096, heads=32, feed_forward=14336)
    return published_model(name, billions * 10**9, layers, **overrides)


def related(old: PublishedModel, *others: PublishedModel, **scores: int) -> Relatives:
    by_model = {slug.replace("_", "-"): (published_score("Arena text", str(score)),) for slug, score in scores.items()}
    return relatives_of(snapshot_of(models=[*four_models(), old, *others], scores_of=MappingProxyType(by_model)), old)


def test_a_successor_is_linked_with_what_it_gains() -> None:
    old, new = model("Old 9B", 9, successor="new-7b", native_context=32768), model("New 7B", 7)
    shown = related(old, new, old_9b=1300, new_7b=1361)
    assert shown.successor
    assert shown.successor.address == "/models/new-7b/"
    assert shown.gains == (
        "stronger by 61 by our estimate, 7.0B parameters instead of 9.0B and 128K of context instead of 32K"
    )


def test_what_is_not_known_is_not_said() -> None:
    old, new = model("Old 9B", 9, successor="new-9b"), model("New 9B", 9)
    assert related(old, new).gains == "as large, 9.0B"
    assert related(old, new, old_9b=1300, new_9b=1250).gains == "weaker by 50 by our estimate and as large, 9.0B"
    assert related(model("Old 9B", 9)).successor is None


def test_each_relative_is_there_once_by_what_it_is_first() -> None:
    old, new, kin = model("Old 9B", 9, successor="old-7b"), model("Old 7B", 7), model("Old 3B", 3)
    rows = related(old, new, kin).rows
    assert [(row.model.text, row.relation) for row in rows] == [
        ("Old 9B", "this model"),
        ("Old 7B", "its successor"),
        ("Old 3B", "family"),
    ]
    assert [bool(row.model.address) for row in rows] == [False, True, True]


def test_a_model_without_relatives_has_no_table() -> None:
    assert related(model("Alone 9B", 9)).rows == ()
