"""How strong models are, by our own estimate on the scale of one board: it orders lists and is labelled where shown."""

from collections.abc import Iterator, Mapping

from catalog.models.uses import Use
from catalog.snapshot import PublishedModel, Snapshot
from fit.strength import Line, Score, Strength, fit_lines
from fit.strength import strength as estimated
from fitpages.per_snapshot import per_snapshot

REFERENCE = "Arena text"
# It gives no room to think at length: too low for models that do.
WITHOUT_THINKING = "Open LLM Leaderboard v2 average"


@per_snapshot
def strength(snapshot: Snapshot, model: PublishedModel) -> Strength | None:
    """Of a model; None where no board that can be compared knows it."""
    return estimated(REFERENCE, lines(snapshot), _scores(snapshot, model))


@per_snapshot
def lines(snapshot: Snapshot) -> Mapping[str, Line]:
    """Each board's line to the reference, fitted to the models that both have."""
    return fit_lines(REFERENCE, (_scores(snapshot, model) for model in snapshot.models.values()))


def _scores(snapshot: Snapshot, model: PublishedModel) -> Iterator[Score]:
    for score in snapshot.scores_of.get(model.slug, ()):
        if not (score.board == WITHOUT_THINKING and Use.REASONING in model.uses):
            yield Score(score.board, float(score.score), model.spec.parameters)
