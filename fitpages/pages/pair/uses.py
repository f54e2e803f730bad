"""The three uses of a pair as its page says them."""

from typing import NamedTuple

from fit.uses import RUNS, Outcome, Use
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures

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
# From here on nobody waits for an answer at the screen.
LONG_WAIT_S = 1800


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
    held = _held(assessed, use)
    read = f"A full prompt takes {figures.seconds(use.wait.seconds)}" if use.wait else ""
    return f"{held}; {read[0].lower()}{read[1:]}." if held and read else f"{held or read}." if held or read else ""


def _held(assessed: AssessedPair, use: Use) -> str:
    """What lies in RAM, or what is left of a card that is nearly full."""
    if use.offload:
        return f"{figures.counted_in_prose(use.offload.ram_bytes)} in RAM"
    if use.outcome is Outcome.TIGHT:
        return f"{figures.counted(assessed.gpu.spec.offer.total_bytes - use.takes_bytes)} to spare"
    return ""
