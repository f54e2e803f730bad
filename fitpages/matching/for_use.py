"""Which models serve a use, strongest first, and which of them to run on a machine."""

from collections.abc import Iterator

from catalog.models import Pick
from catalog.models.uses import Use
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.answers import Answer, answer
from fitpages.matching.picks import usual_picks
from fitpages.matching.popularity import by_popularity
from fitpages.matching.worth import worth
from fitpages.per_snapshot import per_snapshot

# A use that is none of a model's own: its context decides.
LONG = "long"
# A context that holds long documents, in tokens.
LONG_TOKENS = 131_072
# Of models that nobody calls common, so many of the most taken are asked on a machine.
MOST_ASKED = 12
PICKED_FOR = {
    "": Pick.Use.ALL_ROUND,
    Use.CHAT: Pick.Use.ALL_ROUND,
    Use.CODE: Pick.Use.CODE,
    Use.VISION: Pick.Use.VISION,
    Use.REASONING: Pick.Use.REASONING,
    LONG: Pick.Use.LONG,
}


def serves(model: PublishedModel, use: str) -> bool:
    """Whether a model is for a use; of long documents, whether its context holds them."""
    if use == LONG:
        return (model.extended_context or model.native_context or 0) >= LONG_TOKENS
    return not use or use in model.uses


@per_snapshot
def models_for(snapshot: Snapshot, use: str) -> tuple[PublishedModel, ...]:
    """Common models for a use, the strongest first by our own estimate; the most taken where none is common."""
    serving = [model for model in by_popularity(snapshot) if serves(model, use)]
    common = [model for model in serving if model.common]
    return tuple(sorted(common or serving[:MOST_ASKED], key=lambda model: -worth(snapshot, model)))


def to_run(snapshot: Snapshot, gpu: PublishedGpu, use: str, most: int = 6) -> tuple[Answer, ...]:
    """What to run on a machine for a use: what is picked for it, then the strongest others that run there.

    Without a use what is picked for each.
    """
    answers = (answer(snapshot, model, gpu) for model in dict.fromkeys(_models(snapshot, gpu, use)))
    running = (of_pair for of_pair in answers if of_pair.verdict.says_yes)
    return tuple(of_pair for _, of_pair in zip(range(most), running, strict=False))


def _models(snapshot: Snapshot, gpu: PublishedGpu, use: str) -> Iterator[PublishedModel]:
    picks = [pick for pick in usual_picks(snapshot, gpu) if not pick.with_ram]
    yield from (pick.model for pick in picks if not use or pick.use == PICKED_FOR.get(use))
    if use:
        yield from models_for(snapshot, use)
