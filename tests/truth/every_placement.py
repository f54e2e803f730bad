"""What the site offers for every model and every card of the catalog, to be held against the rule that counts it."""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fit import placement
from fit.allocation import Allocation, allocate
from fit.memory import Accounting
from fit.needs import account
from fit.offer import offer
from fit.placement import Placement
from fitpages.matching.levels import default_of

CARDS = (2, 4)


class Offered(NamedTuple):
    """A placement of a model at its default level, and the bytes that each of its cards offers."""

    model: str
    accounting: Accounting
    offers: tuple[int, ...]
    placement: Placement

    @property
    def fault(self) -> str:
        """What is wrong with it, in words; empty where nothing is."""
        allocation = self.placement.allocation
        if any(part < 0 for device in (*allocation.cards, allocation.ram) for part in device):
            return "a part is negative"
        if self._again != allocation:
            return "its flags lead elsewhere"
        return "" if allocation.fits(self.offers) else "it is above what a card offers"

    @property
    def _again(self) -> Allocation:
        """What the rule makes of its flags alone."""
        pipeline = self.placement.allocation.pipeline
        return allocate(self.accounting, self.placement.flags, self.accounting.reference_context, peer_copies=pipeline)


def every_placement(snapshot: Snapshot, step: int = 1) -> Iterator[Offered]:
    """Layers and experts in RAM, two and four cards: for each model and each number of bytes that a card offers.

    With a `step`, for every so many of these numbers only.
    """
    offers = sorted({offer(gpu.spec).total_bytes for gpu in snapshot.gpus.values()})[::step]
    for model in snapshot.models.values():
        accounting = account(model.spec, default_of(snapshot, model).spec)
        if accounting:
            for offered in offers:
                yield from _of_model(model.slug, accounting, offered)


def _of_model(model: str, accounting: Accounting, offered: int) -> Iterator[Offered]:
    context = accounting.reference_context
    if accounting.total(context) > offered:
        for find in (placement.layers_in_ram, placement.experts_in_ram):
            placed = find(accounting, offered, context)
            if placed:
                yield Offered(model, accounting, (offered,), placed)
    for count in CARDS:
        offers = (offered,) * count
        placed = placement.split(accounting, offers, context)
        if placed:
            yield Offered(model, accounting, offers, placed)
