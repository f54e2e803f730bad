"""The largest common models that a card runs alone: what it is bought for."""

from collections.abc import Iterator

from catalog.snapshot import PublishedGpu, Snapshot
from fit.advice import advised_bytes
from fit.verdict import Kind
from fitpages.matching.answers import Answer, answer, candidates
from fitpages.matching.popularity import common_by_size
from fitpages.per_snapshot import per_snapshot


@per_snapshot
def largest_on_card(snapshot: Snapshot, gpu: PublishedGpu) -> Answer | None:
    """The answer to the largest common model that runs on the card alone; None where none does."""
    return next(on_card(snapshot, gpu), None)


def on_card(snapshot: Snapshot, gpu: PublishedGpu) -> Iterator[Answer]:
    """The answers to the common models that run on the card alone, the largest first."""
    available_bytes = advised_bytes(gpu.spec)
    for model in common_by_size(snapshot):
        asked = candidates(snapshot, model)
        if asked.holds(available_bytes) or not asked.is_counted:
            of_pair = answer(snapshot, model, gpu)
            if of_pair.verdict.kind is Kind.ON_CARD:
                yield of_pair
