"""The three uses of a pair as its page says them."""

from collections.abc import Iterator
from typing import NamedTuple

from fit.kv_cache import CacheType
from fit.uses import RUNS, Outcome, Use
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures, wording

NAMES = ("Chat", "Code agent", "Long document")
STATUS = {
    Outcome.RUNS: "Runs.",
    Outcome.TIGHT: "Runs, tight.",
    Outcome.QUANTIZED: "Runs with a q8_0 cache.",
    Outcome.WITH_RAM: "Runs with RAM.",
    Outcome.TOO_SLOW: "Too slow.",
    Outcome.TOO_MUCH_RAM: "Needs more RAM.",
    Outcome.DOES_NOT_FIT: "Does not fit.",
    Outcome.BEYOND: "Not with this model.",
}


class UseShown(NamedTuple):
    """A use: its speed as a large figure, "" where there is none; whether it runs in a word, and a note."""

    name: str
    context: str
    figure: str
    unit: str
    status: str
    is_yes: bool
    note: str


def uses_shown(assessed: AssessedPair) -> tuple[UseShown, ...]:
    """One for each use; none where nothing is counted. What the model takes at most is said once."""
    shown = [_shown(assessed, name, use) for name, use in zip(NAMES, assessed.uses, strict=False)]
    beyond = [place for place, use in enumerate(assessed.uses) if use.outcome is Outcome.BEYOND]
    for place in beyond[1:]:
        shown[place] = shown[place]._replace(note="")
    return tuple(shown)


def _shown(assessed: AssessedPair, name: str, use: Use) -> UseShown:
    context = figures.tokens(use.context)
    if use.outcome is Outcome.BEYOND:
        return UseShown(name, "", "", "", STATUS[use.outcome], False, f"It takes {context} at most.")
    tokens_s = _tokens_s(assessed, use)
    return UseShown(
        name=name,
        context=f"{context} of context" if name == NAMES[0] else context,
        figure=tokens_s,
        unit="tokens/s" if tokens_s else "",
        status=STATUS[use.outcome],
        is_yes=use.outcome in RUNS,
        note=_note(assessed, use),
    )


def _tokens_s(assessed: AssessedPair, use: Use) -> str:
    """What was measured stands before the estimate, as in the headline."""
    measured = assessed.answer.measured
    if measured and use.context == assessed.verdict.context:
        return figures.expected(float(measured.decode_tokens_s))
    return figures.expected(use.speed.tokens_s) if use.speed else ""


def _note(assessed: AssessedPair, use: Use) -> str:
    if use.outcome is Outcome.DOES_NOT_FIT:
        return f"It takes {figures.counted(use.takes_bytes)}."
    read = f"a full prompt takes {figures.seconds(use.wait.seconds)}" if use.wait else ""
    notes = wording.sentence("; ".join(filter(None, (*_held(assessed, use), read))))
    return f"{notes}." if notes else ""


def _held(assessed: AssessedPair, use: Use) -> Iterator[str]:
    """What it takes besides the card: RAM, rope scaling, a quantized cache; what is left of a card that is nearly full.

    A status that says the cache need not be followed by a note that does.
    """
    if use.offload:
        yield f"{figures.counted_in_prose(use.offload.ram_bytes)} in RAM"
    if use.outcome is Outcome.TIGHT:
        yield f"{figures.counted(assessed.gpu.spec.offer.total_bytes - use.takes_bytes)} to spare"
    if use.outcome is Outcome.TOO_SLOW and use.cache_type is CacheType.Q8_0:
        yield "with a q8_0 cache"
    if use.context > (assessed.model.native_context or use.context):
        yield "with rope scaling"
