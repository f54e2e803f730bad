"""What people compare: a model on machines of the reader's kind, and current models on a machine.

Machines and models of lists are those that people have. Where both ends of a pair are, its lists are its own; else a
list is of one end, and worked out once: there are far more of such pairs than anybody reads.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.advice import advised_bytes
from fit.cards import preference
from fit.units import GIB
from fit.verdict import Kind
from fitpages.matching.answers import Answer, answer, candidates
from fitpages.matching.likeness import current_models, like_machines, like_models, other_machines
from fitpages.matching.machine_kinds import MachineKind, is_had, machine_kind, machines_of
from fitpages.matching.machines import holds, wanted_card, wanted_mac
from fitpages.matching.popularity import by_popularity
from fitpages.matching.worth import worth
from fitpages.per_snapshot import per_snapshot

SHOWN = 6
# Of the reader's kind and near in price; the machines to want for the model come with them.
NEAR = 4
# Of these the examples of a memory class, which readers know from elsewhere.
EXAMPLES = 2
# Of the machines of a kind, those below what a model takes, and those above.
BELOW, ABOVE = 2, 4
# So many models are asked whether they run before a list is left short.
MOST_ASKED = 12
# At a level worth recommending.
RUNNING = (Kind.ON_CARD, Kind.WITH_RAM)


def on_machines(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> tuple[Answer, ...]:
    """The model on others than the machine, the smallest first: of its kind, and the machines to want."""
    if model.common:
        answers = [_answer(snapshot, model, machine) for machine in _near(snapshot, model, gpu)]
    else:
        answers = [there for there in _of_kind(snapshot, model, machine_kind(gpu)) if there.gpu is not gpu][:SHOWN]
    return tuple(sorted(answers, key=lambda there: preference(there.gpu.spec)))


def _near(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> Iterable[PublishedGpu]:
    """Of a common model: of the machine's kind the nearest in price, the machines to want where it does not hold the
    model, then others near in price."""
    wanted = () if holds(snapshot, model, gpu) else (wanted_card(snapshot, model), wanted_mac(snapshot, model))
    chosen = dict.fromkeys((*_like(snapshot, gpu), *wanted, *other_machines(snapshot, gpu)[:SHOWN]))
    return islice((machine for machine in chosen if machine and machine is not gpu), SHOWN)


@per_snapshot
def _like(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[PublishedGpu, ...]:
    """Of its kind the nearest examples of a memory class, then the nearest of all."""
    nearest = like_machines(snapshot, gpu)
    examples = [machine for machine in nearest if machine.class_example][:EXAMPLES]
    return tuple(dict.fromkeys((*examples, *nearest)))[:NEAR]


@per_snapshot
def _of_kind(snapshot: Snapshot, model: PublishedModel, kind: MachineKind) -> tuple[Answer, ...]:
    """Any other model on the sizes around what it takes, those to leave out last; one more than are shown."""
    machines = machines_of(snapshot, kind)
    takes_gib = _takes(snapshot, model) / GIB
    below = [gpu for gpu in machines if gpu.spec.nameplate_gb < takes_gib]
    around = [*below[-BELOW:], *machines[len(below) : len(below) + ABOVE]]
    wanted = (wanted_card(snapshot, model), wanted_mac(snapshot, model))
    chosen = dict.fromkeys(gpu for gpu in (*around, *wanted, *reversed(below[:-BELOW])) if gpu)
    return tuple(_answer(snapshot, model, gpu) for gpu in islice(chosen, SHOWN + 1))


def models_on(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> tuple[Answer, ...]:
    """On the machine other models that run there: current ones like this one, then the strongest of each maker."""
    strongest = _strongest_on(snapshot, gpu)
    like = _like_on(snapshot, model, gpu) if is_had(gpu) else iter(())
    answers = {there.model: there for there in chain(like, strongest) if there.model is not model}
    return tuple(islice(answers.values(), SHOWN))


def _like_on(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> Iterator[Answer]:
    counted = (other for other in like_models(snapshot, model) if other.spec.memory)
    asked = (_answer(snapshot, other, gpu) for other in islice(counted, MOST_ASKED))
    return islice((there for there in asked if there.verdict.kind in RUNNING), SHOWN)


@per_snapshot
def _strongest_on(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[Answer, ...]:
    """One of each maker first; one more than are shown beside another."""
    available = advised_bytes(gpu.spec)
    fitting = [model for model in _strongest(snapshot) if _takes(snapshot, model) <= available]
    first = {model.vendor: model for model in reversed(fitting)}.values()
    ordered = sorted(fitting, key=lambda model: model not in first)
    asked = (answer(snapshot, model, gpu) for model in ordered)
    return tuple(islice((there for there in asked if there.verdict.kind in RUNNING), SHOWN + 1))


@per_snapshot
def _strongest(snapshot: Snapshot) -> tuple[PublishedModel, ...]:
    """Current models that can be counted, the strongest first, those without an estimate by how much they are taken."""
    counted = (model for model in current_models(snapshot) if model.spec.memory)
    return tuple(sorted(counted, key=lambda model: -worth(snapshot, model)))


@per_snapshot
def _answer(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> Answer:
    """On a machine that people have, which several lists name."""
    return answer(snapshot, model, gpu)


@per_snapshot
def _takes(snapshot: Snapshot, model: PublishedModel) -> int:
    """Bytes at the default with the shortest context that advice is for."""
    of_model = candidates(snapshot, model)
    return int(
        of_model.default.size_bytes if of_model.default.accounting is None else of_model.default.exact_bytes or 0
    )


def smaller_model(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> Answer | None:
    """The next smaller model of the family that is on the card at its default or better; None where none is."""
    available = advised_bytes(gpu.spec)
    for smaller in _smaller_of_family(snapshot, model):
        if _takes(snapshot, smaller) <= available:
            there = answer(snapshot, smaller, gpu)
            return there if there.verdict.kind is Kind.ON_CARD else None
    return None


@per_snapshot
def _smaller_of_family(snapshot: Snapshot, model: PublishedModel) -> tuple[PublishedModel, ...]:
    """Those that can be counted, the largest first; of a common model common ones."""
    size = model.spec.parameters
    family = (other for other in by_popularity(snapshot) if other.family == model.family and other.spec.memory)
    smaller = (other for other in family if other.spec.parameters < size and (other.common or not model.common))
    return tuple(sorted(smaller, key=lambda other: (-other.spec.parameters, len(other.slug))))
