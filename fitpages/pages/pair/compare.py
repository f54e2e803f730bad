""" "What people compare": the model on other machines, other models on this one."""

from typing import NamedTuple

from catalog.snapshot import Snapshot
from fitpages.matching.answers import Answer
from fitpages.matching.compared import models_on, on_machines
from fitpages.matching.pairs import Pair
from fitpages.pages.common.answer_words import short_line
from fitpages.pages.pair.about_gpu import about_gpu
from fitpages.site import Link


class Compared(NamedTuple):
    """A list of pairs, each with its answer in a line: that of a model is the same on most cards, and rendered once."""

    heading: str
    lines: tuple[Link, ...]


def compared(snapshot: Snapshot, pair: Pair) -> tuple[Compared, ...]:
    """Both lists, without the pair itself; one that is empty is left out."""
    machines = on_machines(snapshot, pair.model, pair.gpu)
    models = models_on(snapshot, pair.model, pair.gpu)
    lists = (
        Compared(f"{pair.model.name} on other machines", tuple(_line(there.gpu.name, there) for there in machines)),
        Compared(
            f"Other models on {about_gpu(snapshot, pair.gpu).card}",
            tuple(_line(there.model.name, there) for there in models),
        ),
    )
    return tuple(of_kind for of_kind in lists if of_kind.lines)


def _line(name: str, answered: Answer) -> Link:
    return Link(name, answered.address, short_line(answered))
