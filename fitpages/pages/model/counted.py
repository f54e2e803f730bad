"""On how many machines a model runs, in a sentence."""

from collections import Counter
from collections.abc import Sequence

from fit.verdict import YES, Kind
from fitpages.text import wording

WHERE = {Kind.ON_CARD: "on the card or in memory", Kind.WITH_RAM: "with a part in RAM", Kind.SHORT: "only short"}


def how_many(kinds: Sequence[Kind]) -> str:
    """ "356 of 445 machines here run it: 310 on the card or in memory, 40 with a part in RAM and 6 only short." """
    run = Counter(kind for kind in kinds if kind in YES)
    if not run:
        return f"None of the {len(kinds):,} machines here runs it."
    first = f"{run.total():,} of {len(kinds):,} machines here run{'s' if run.total() == 1 else ''} it"
    many = [f"{run[kind]:,} {where}" for kind, where in WHERE.items() if run[kind]]
    return f"{first} {WHERE[next(iter(run))]}." if len(many) == 1 else f"{first}: {wording.listed(many)}."
