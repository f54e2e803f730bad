"""How good and how much taken a model is, as others say it: board scores and counts, each with its source and date."""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.published_markets import PublishedPopularity, PublishedScore
from catalog.snapshot import PublishedModel, Snapshot
from fitpages.matching.prices import as_date
from fitpages.matching.strength import strength
from fitpages.pages.common.sources import Source, as_sources
from fitpages.text import figures


class ScoreShown(NamedTuple):
    """A board's score; `note` says what the board itself says of it."""

    board: str
    score: str
    note: str
    seen: str
    licence: str
    source: Source


class CountShown(NamedTuple):
    """What was counted: downloads, likes, pulls."""

    what: str
    count: str
    seen: str
    source: str


def scores(snapshot: Snapshot, model: PublishedModel) -> tuple[ScoreShown, ...]:
    """Those that readers may see, by board."""
    shown = (score for score in snapshot.scores_of.get(model.slug, ()) if score.shown)
    return tuple(_score(score) for score in sorted(shown, key=lambda score: score.board))


def _score(score: PublishedScore) -> ScoreShown:
    return ScoreShown(
        board=score.board,
        score=figures.exact(score.score),
        note="an estimate of the board" if score.estimated else "",
        seen=seen(score.seen_in),
        licence=score.data_licence or "not stated",
        source=next(iter(as_sources(score.sources)), Source(figures.NOT_KNOWN, "")),
    )


def counts(snapshot: Snapshot, model: PublishedModel) -> tuple[CountShown, ...]:
    """What was counted of the model, or of its family."""
    counted = snapshot.popularity_of.get(model.slug)
    return tuple(_counts(counted)) if counted else ()


def _counts(counted: PublishedPopularity) -> Iterator[CountShown]:
    family = f" of {counted.pulls_family}" if counted.pulls_family else ""
    rows = (
        ("Downloads in 30 days", counted.downloads, counted.downloads_seen_in, counted.downloads_source),
        ("Likes", counted.likes, counted.likes_seen_in, counted.likes_source),
        (f"Pulls{family}, all sizes", counted.pulls, counted.pulls_seen_in, counted.pulls_source),
        (f"Pulls{family} in 90 days", counted.pulls_90_days, counted.pulls_seen_in, counted.pulls_source),
    )
    for what, count, seen_in, source in rows:
        if count is not None:
            yield CountShown(what, f"{count:,}", seen(seen_in), source or figures.NOT_KNOWN)


def seen(text: str) -> str:
    """ "21 August 2026", "Aug 2026" or "2026", as far as it is known."""
    date = as_date(text)
    if date is None:
        return figures.NOT_KNOWN
    return {4: text, 7: figures.month(date)}.get(len(text), figures.day(date))


def strength_words(snapshot: Snapshot, model: PublishedModel) -> tuple[str, str]:
    """Our estimate, and how far it may be off: "± 27", nothing of the reference board's own score."""
    estimated = strength(snapshot, model)
    if estimated is None:
        return figures.NOT_KNOWN, ""
    return f"{round(estimated.value):,}", f"± {estimated.sd:.0f}" if estimated.sd else ""
