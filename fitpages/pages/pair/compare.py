""" "What people compare": the model on other machines, other models on this one."""

from collections.abc import Iterable
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fitpages.matching.answers import Answer
from fitpages.matching.compared import on_other_machines, other_models
from fitpages.matching.pairs import Pair
from fitpages.pages.common.answer_words import short_line
from fitpages.pages.pair.about_gpu import about_gpu
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link


class Compared(NamedTuple):
    """A list of pairs, each with its answer in a line."""

    heading: str
    lines: tuple[Link, ...]


def compared(snapshot: Snapshot, pair: Pair) -> tuple[Compared, ...]:
    """Both lists; one that is empty is left out."""
    machines = on_other_machines(snapshot, pair.model, pair.gpu)
    models = other_models(snapshot, pair.model, pair.gpu)
    lists = (
        Compared(f"{pair.model.name} on other machines", _lines(snapshot, machines, by_machine=True)),
        Compared(f"Other models on {about_gpu(snapshot, pair.gpu).card}", _lines(snapshot, models, by_machine=False)),
    )
    return tuple(of_kind for of_kind in lists if of_kind.lines)


def _lines(snapshot: Snapshot, answers: Iterable[Answer], *, by_machine: bool) -> tuple[Link, ...]:
    return tuple(_line(snapshot, answered, by_machine) for answered in answers)


@per_snapshot
def _line(_: Snapshot, answered: Answer, by_machine: bool) -> Link:
    name = answered.gpu.name if by_machine else answered.model.name
    return Link(name, answered.address, short_line(answered))
