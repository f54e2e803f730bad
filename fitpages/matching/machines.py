"""Which machine to want for a model: one, and one that can be had."""

from catalog.models import Gpu
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.advice import advised_bytes
from fit.needs import Need
from fit.uses import AGENT
from fitpages.matching.answers import Answer, candidates
from fitpages.per_snapshot import per_snapshot

NOT_TO_BE_HAD = frozenset({Gpu.Segment.LAPTOP, Gpu.Segment.APPLE, Gpu.Segment.APU})


def advised_machine(snapshot: Snapshot, answer: Answer) -> PublishedGpu | None:
    """The smallest common card that holds the model at its default with 32K or its native context; on a Mac's page the
    smallest common Mac. None where there is none, and where the machine itself does: unless it is too slow, and no Mac.
    """
    is_mac = answer.gpu.segment == Gpu.Segment.APPLE
    if holds(snapshot, answer.model, answer.gpu) and (is_mac or answer.verdict.says_yes):
        return None
    wanted = wanted_mac(snapshot, answer.model) if is_mac else wanted_card(snapshot, answer.model)
    return wanted if wanted is not answer.gpu else None


@per_snapshot
def wanted_card(snapshot: Snapshot, model: PublishedModel) -> PublishedGpu | None:
    """Of common cards with memory of their own, one GPU each, the smallest that holds the model."""
    return next((gpu for gpu in _cards(snapshot) if holds(snapshot, model, gpu)), None)


def card_holding(snapshot: Snapshot, need: Need, context: int) -> PublishedGpu | None:
    """The smallest of the same cards that holds a need with so much context."""
    needed = _bytes(need, context)
    return next((gpu for gpu in _cards(snapshot) if needed <= advised_bytes(gpu.spec)), None)


@per_snapshot
def wanted_mac(snapshot: Snapshot, model: PublishedModel) -> PublishedGpu | None:
    """The smallest common Mac that holds the model."""
    macs = (gpu for gpu in snapshot.common_gpus if gpu.segment == Gpu.Segment.APPLE)
    return next((gpu for gpu in macs if holds(snapshot, model, gpu)), None)


@per_snapshot
def _cards(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """In order of preference."""
    return tuple(
        gpu
        for gpu in snapshot.common_gpus
        if gpu.segment not in NOT_TO_BE_HAD and not gpu.spec.unified_memory and gpu.gpus_per_board == 1
    )


def holds(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> bool:
    """At the default with 32K or the native context; by the rule of thumb where nothing is counted."""
    return _needs(snapshot, model) <= advised_bytes(gpu.spec)


@per_snapshot
def _needs(snapshot: Snapshot, model: PublishedModel) -> int:
    return _bytes(candidates(snapshot, model).default, wanted_context(model))


def wanted_context(model: PublishedModel) -> int:
    """What the machine to want leaves, in tokens: 32K, or the native context where that is less."""
    return min(AGENT, model.spec.native_context or AGENT)


def _bytes(need: Need, context: int) -> int:
    """By the rule of thumb, which knows no context, where nothing is counted."""
    return need.accounting.total(context) if need.accounting else int(need.rule_bytes or 0)
