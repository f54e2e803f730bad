"""The picks of a machine as its page shows them."""

from collections.abc import Sequence
from typing import NamedTuple

from fitpages.matching.picks import MachinePick
from fitpages.pages.card.lines import ModelLine, range_of, where
from fitpages.pages.common import answer_words
from fitpages.text import figures, wording


class PickLine(NamedTuple):
    """A pick. Figures are bare, for the heads of columns have the units; `slow` says what it lacks, or nothing."""

    use: str
    name: str
    address: str
    level: str
    longest: str
    tokens_s: str
    span: str
    wait: str
    where: str
    released: str
    reason: str
    slow: str


def pick_lines(picks: Sequence[MachinePick]) -> tuple[PickLine, ...]:
    """In the order of the uses."""
    return tuple(map(_line, picks))


def _line(pick: MachinePick) -> PickLine:
    run = pick.run
    return PickLine(
        use=pick.name,
        name=pick.model.name,
        address=pick.answer.address,
        level=answer_words.level(pick.answer),
        longest=figures.tokens(pick.longest),
        tokens_s=figures.expected(run.tokens_s),
        span=range_of(run),
        wait=figures.seconds(pick.wait.seconds) if pick.wait else figures.NOT_SHOWN,
        where=where(ModelLine(pick.answer, run)),
        released=figures.month(pick.model.release_date),
        reason=pick.reason,
        slow="" if pick.is_enough else "short or slow",
    )


def picked_by(picks: Sequence[MachinePick]) -> str:
    """Who picked them: editors, the rule, or both."""
    dates = [pick.picked_on for pick in picks if pick.picked_on]
    ours = "the strongest by our own estimate that leaves 16K of context at 15 tokens per second or more"
    if not any(pick.is_enough for pick in picks):
        return "Nothing in common use leaves 16K of context at 15 tokens per second here: these are the strongest."
    if not dates:
        return f"Chosen by rule: {ours}."
    by_editors = f"icked by editors on {figures.day(max(dates))} for machines of this size"
    if len(dates) == len(picks):
        return f"P{by_editors}."
    of_all = f"{wording.sentence(wording.count(len(dates)))} of {wording.count(len(picks))}"
    return f"{of_all} p{by_editors}; the others are {ours}."
