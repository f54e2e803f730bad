"""What the site offers for every model and every card of the catalog, to be held against the rule that counts it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalog.snapshot import PublishedModel, Snapshot
from fit import placement
from fit.allocation import Allocation, allocate
from fit.kv_cache import CacheType
from fit.memory import CONTEXT_STEP, Accounting
from fit.needs import account
from fit.offer import offer
from fit.placement import Placement
from fit.specs import QuantSpec
from fitpages.matching.levels import default_of, levels

MORE_CONTEXT, LONGEST = 32768, "the longest"


class Setting(NamedTuple):
    """Which level of a model ("default", "best", "lowest" of those worth recommending), at which context (None for the
    reference), with which cache."""

    level: str = "default"
    context: int | str | None = None
    cache_type: CacheType = CacheType.F16


# The usual one, then one thing after the other changed, and two of them together.
SETTINGS = (
    Setting(),
    Setting(level="lowest"),
    Setting(level="best"),
    Setting(context=MORE_CONTEXT),
    Setting(context=LONGEST),
    Setting(cache_type=CacheType.Q8_0),
    Setting(context=LONGEST, cache_type=CacheType.Q8_0),
)


class Offered(NamedTuple):
    """A placement of a model at a level, a context and a type of cache, and the bytes that each of its cards offers."""

    model: str
    accounting: Accounting
    offers: tuple[int, ...]
    placement: Placement
    context: int
    cache_type: CacheType

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
        flags, pipeline = self.placement.flags, self.placement.allocation.pipeline
        return allocate(self.accounting, flags, self.context, self.cache_type, peer_copies=pipeline)


def every_placement(
    snapshot: Snapshot, step: int = 1, settings: Sequence[Setting] = SETTINGS, more_step: int = 4
) -> Iterator[Offered]:
    """Layers and experts in RAM, splits over cards: for each model and each number of bytes that a card offers.

    With a `step`, for every so many of these numbers only; of them the settings after the first take every
    `more_step`-th, each setting others.
    """
    numbers = sorted({offer(gpu.spec).total_bytes for gpu in snapshot.gpus.values()})[::step]
    for model in snapshot.models.values():
        for place, setting in enumerate(settings):
            accounting = account(model.spec, _level(snapshot, model, setting))
            of_setting = numbers if setting == Setting() else numbers[place % more_step :: more_step]
            for offered in of_setting if accounting else ():
                yield from _of_model(model.slug, accounting, offered, setting)


def _level(snapshot: Snapshot, model: PublishedModel, setting: Setting) -> QuantSpec:
    """The level of a setting; the default where none of the model's is worth recommending."""
    default = default_of(snapshot, model).spec
    worth = [quant for quant in levels(snapshot, model).made if quant.worth_recommending] or [default]
    return {"default": default, "best": worth[0], "lowest": worth[-1]}[setting.level]


def _of_model(model: str, accounting: Accounting, offered: int, setting: Setting) -> Iterator[Offered]:
    kept = setting.cache_type
    context = _context(accounting, setting)
    if accounting.total(context, kept) > offered:
        for find in (placement.layers_in_ram, placement.experts_in_ram):
            placed = find(accounting, offered, context, kept)
            if placed:
                yield Offered(model, accounting, (offered,), placed, context, kept)
    for offers in ((offered,) * 2, (offered,) * 3, (offered,) * 4, (offered, offered // 2)):
        held = _longest(accounting, offers, kept) if setting.context == LONGEST else context
        placed = placement.split(accounting, offers, held, kept) if held else None
        if placed:
            yield Offered(model, accounting, offers, placed, held, kept)


def _context(accounting: Accounting, setting: Setting) -> int:
    """Tokens on one card: at most what the model takes, which is its longest."""
    if setting.context is None:
        return accounting.reference_context
    most = accounting.context_limit
    return min(most, setting.context) if isinstance(setting.context, int) else most


def _longest(accounting: Accounting, offers: tuple[int, ...], kept: CacheType) -> int:
    """The most tokens that these cards hold together, in steps; 0 where they hold none."""
    fits, fails = 0, accounting.context_limit // CONTEXT_STEP + 1
    while fails - fits > 1:
        middle = (fits + fails) // 2
        held = placement.holds(accounting, offers, middle * CONTEXT_STEP, kept)
        fits, fails = (middle, fails) if held else (fits, middle)
    return fits * CONTEXT_STEP
