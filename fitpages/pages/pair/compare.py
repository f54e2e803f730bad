""" "What people compare": the model on other machines, other models on this one."""

from typing import NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.answers import Answer
from fitpages.matching.compared import SHOWN, models_on, on_machines
from fitpages.matching.pairs import Pair
from fitpages.pages.common.answer_words import short_line
from fitpages.pages.pair.about_gpu import about_gpu
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link


class Compared(NamedTuple):
    """A list of pairs, each with its answer in a line: that of a model is the same on most cards, and rendered once."""

    heading: str
    lines: tuple[Link, ...]


def compared(snapshot: Snapshot, pair: Pair) -> tuple[Compared, ...]:
    """Both lists without the pair itself; one that is empty is left out."""
    machines = [line for gpu, line in _on_machines(snapshot, pair.model) if gpu is not pair.gpu]
    models = [line for model, line in _models_on(snapshot, pair.gpu) if model is not pair.model]
    lists = (
        Compared(f"{pair.model.name} on other machines", tuple(machines[:SHOWN])),
        Compared(f"Other models on {about_gpu(snapshot, pair.gpu).card}", tuple(models[:SHOWN])),
    )
    return tuple(of_kind for of_kind in lists if of_kind.lines)


@per_snapshot
def _on_machines(snapshot: Snapshot, model: PublishedModel) -> tuple[tuple[PublishedGpu, Link], ...]:
    answers = on_machines(snapshot, model)
    return tuple((answered.gpu, _line(answered.gpu.name, answered)) for answered in answers)


@per_snapshot
def _models_on(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[tuple[PublishedModel, Link], ...]:
    answers = models_on(snapshot, gpu)
    return tuple((answered.model, _line(answered.model.name, answered)) for answered in answers)


def _line(name: str, answered: Answer) -> Link:
    return Link(name, answered.address, short_line(answered))
