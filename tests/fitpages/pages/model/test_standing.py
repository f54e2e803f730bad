"""Board scores that may be shown, counts with their sources, and our own estimate of strength."""

from types import MappingProxyType

import pytest

from fitpages.pages.model.standing import counts, scores, seen, strength_words
from tests.fitpages.markets import published_popularity, published_score
from tests.small_catalog import snapshot_of


def test_scores_have_their_board_date_and_licence_and_hidden_ones_are_not_there() -> None:
    of_model = (
        published_score("Board Z", "11.50", data_licence="", seen_in="2026-06", estimated=True),
        published_score("Board A", "1347.00"),
        published_score("Board H", "5", shown=False),
    )
    snapshot = snapshot_of(scores_of=MappingProxyType({"small-8b": of_model}))
    shown = scores(snapshot, snapshot.models["small-8b"])
    assert [(score.board, score.score, score.seen, score.licence, score.note) for score in shown] == [
        ("Board A", "1,347", "21 August 2026", "CC BY 4.0", ""),
        ("Board Z", "11.5", "Jun 2026", "not stated", "an estimate of the board"),
    ]
    assert shown[0].source.address == "https://www.example.org/datasheet"
    assert scores(snapshot, snapshot.models["large-70b"]) == ()


def test_counts_say_of_when_and_from_where() -> None:
    counted = published_popularity(pulls=32_200_000, pulls_family="small", pulls_seen_in="2026-07-15", likes=0)
    snapshot = snapshot_of(popularity_of=MappingProxyType({"small-8b": counted}))
    assert [tuple(count) for count in counts(snapshot, snapshot.models["small-8b"])] == [
        ("Downloads in 30 days", "3,854,978", "5 October 2026", "A list of downloads"),
        ("Likes", "0", "not known", "not known"),
        ("Pulls of small, all sizes", "32,200,000", "15 July 2026", "not known"),
    ]
    assert counts(snapshot, snapshot.models["large-70b"]) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [("2026-08-21", "21 August 2026"), ("2026-08", "Aug 2026"), ("2026", "2026"), ("", "not known")],
)
def test_dates_are_as_far_as_known(text: str, words: str) -> None:
    assert seen(text) == words


def test_strength_is_the_reference_s_score_or_not_known() -> None:
    of_board = MappingProxyType({"small-8b": (published_score("Arena text", "1301.4"),)})
    snapshot = snapshot_of(scores_of=of_board)
    assert strength_words(snapshot, snapshot.models["small-8b"]) == ("1,301", "")
    assert strength_words(snapshot, snapshot.models["large-70b"]) == ("not known", "")
