"""The uses that picks are for: which models do for each, and which of these are compared by strength."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from catalog.models import Pick
from catalog.models.uses import Use
from catalog.snapshot import Snapshot
from fitpages.matching.runs import Run
from fitpages.matching.worth import worth

LONG_CONTEXT = 64 * 1024
FAST_TOKENS_S = 60
# Where nothing is so fast, the fastest of so many.
FASTEST_OF = 4
# With a part in RAM a pick makes so many tokens per second, where something does.
LEAST_WITH_RAM = 10
# Points of strength by which a model for all may be ahead of one that was made for the use: boards are of all uses.
SPECIALIST = 100

NOTHING, HOLDS = "Nothing", "It holds"
OTHER_USES = frozenset({Use.CODE, Use.REASONING, Use.TRANSLATION, Use.MEDICINE, Use.MODERATION})

Runs = Sequence[Run]


class Narrowed(NamedTuple):
    """What may be picked, and why of these, as a sentence begins."""

    runs: Runs
    because: str


class Wanted(NamedTuple):
    """A use with its name on a page. `narrow` says which of the runs do."""

    use: str
    with_ram: bool
    name: str
    narrow: Callable[[Snapshot, Runs], Narrowed]


def general(runs: Runs) -> Runs:
    """Those of models for all uses; all where there is none."""
    return [run for run in runs if Use.CHAT in run.model.uses] or runs


def _all_round(_: Snapshot, runs: Runs) -> Narrowed:
    return Narrowed([run for run in runs if Use.CHAT in run.model.uses], "The strongest for all uses")


def _vision(_: Snapshot, runs: Runs) -> Narrowed:
    """Not those that were made for something else besides."""
    seeing = [run for run in runs if Use.VISION in run.model.uses]
    plain = [run for run in seeing if OTHER_USES.isdisjoint(run.model.uses)]
    return Narrowed(plain or seeing, "The strongest that reads pictures")


def _made_for(use: Use, what: str) -> Callable[[Snapshot, Runs], Narrowed]:
    """Models made for a use; those for all uses where these are well ahead, and where nothing was made for it."""

    def narrow(snapshot: Snapshot, runs: Runs) -> Narrowed:
        made = [run for run in runs if use in run.model.uses]
        best, best_made = (max((worth(snapshot, run.model) for run in of), default=0) for of in (general(runs), made))
        if made and best_made + SPECIALIST >= best:
            return Narrowed(made, f"The strongest made {what}")
        return Narrowed(general(runs), f"Well ahead of all that was made {what}" if made else f"{NOTHING} made {what}")

    return narrow


def _long(snapshot: Snapshot, runs: Runs) -> Narrowed:
    lengths = {run.model.slug: run.longest(snapshot) for run in general(runs)}
    longest = max(lengths.values(), default=0)
    least = min(LONG_CONTEXT, longest)
    because = "The strongest that holds 64K or more" if longest >= LONG_CONTEXT else f"{HOLDS} the longest context"
    return Narrowed([run for run in general(runs) if lengths[run.model.slug] >= least], because)


def _fast(_: Snapshot, runs: Runs) -> Narrowed:
    fast = [run for run in general(runs) if run.tokens_s >= FAST_TOKENS_S]
    if fast:
        return Narrowed(fast, f"The strongest at {FAST_TOKENS_S} tokens per second or more")
    fastest_first = sorted(general(runs), key=lambda run: -run.tokens_s)
    return Narrowed(fastest_first[: max(1, len(runs) // FASTEST_OF)], "The strongest of the fastest quarter")


def _code(_: Snapshot, runs: Runs) -> Narrowed:
    return Narrowed([run for run in runs if Use.CODE in run.model.uses], "The strongest made for code")


# What it is called in one pool.
LARGE = "Large"


def _largest(_: Snapshot, runs: Runs) -> Narrowed:
    most = max((run.model.spec.parameters for run in general(runs)), default=0)
    large = [run for run in general(runs) if 2 * run.model.spec.parameters >= most]
    return Narrowed(large, "The strongest of the largest that run")


WANTED = (
    Wanted(Pick.Use.ALL_ROUND, False, "All-round", _all_round),
    Wanted(Pick.Use.CODE, False, "Code", _made_for(Use.CODE, "for code")),
    Wanted(Pick.Use.LONG, False, "Long documents", _long),
    Wanted(Pick.Use.VISION, False, "Pictures", _vision),
    Wanted(Pick.Use.REASONING, False, "Reasoning", _made_for(Use.REASONING, "to reason")),
    Wanted(Pick.Use.FAST, False, "Fast", _fast),
    Wanted(Pick.Use.CODE, True, "Code, with RAM", _code),
    Wanted(Pick.Use.ALL_ROUND, True, "Large, with RAM", _largest),
)
